/** Who may import whom. A rule that is broken fails `npm run imports`, and with it .ci/run. */
const SPECS = '\\.spec(-helper)?\\.ts$';

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'Two files that need each other are one idea in two places.', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'kernel-knows-no-home-care',
      comment: 'The kernel can be read without knowing what the register is about.',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { path: '^src/(features|views|compliance-rules|audit|simulation|register|cli)/' },
    },
    {
      name: 'rules-are-pure',
      comment: 'A rule must give the same answer in ten years: no framework, no clock, no ids, no input or output.',
      severity: 'error',
      from: { path: '^src/compliance-rules/', pathNot: SPECS },
      to: { path: ['^src/(features|views|audit|simulation|register|cli)/', '^src/kernel/(?!time/day)', '^node:', '@nestjs'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'Deciders decide from what they are given.',
      severity: 'error',
      from: { path: '^src/features/[^/]+/domain/', pathNot: SPECS },
      to: { path: ['^src/(views|audit|simulation|register|cli)/', '^src/kernel/(http|event-store|view-store|privacy|integrity|projections|config|observability|sqlite)/', '^node:', '@nestjs'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'one-sqlite-driver',
      comment: 'Which SQLite is used is decided in one file.',
      severity: 'error',
      from: { pathNot: '^src/kernel/sqlite/' },
      to: { path: ['@photostructure/sqlite', 'node:sqlite'] },
    },
    {
      name: 'eventstoredb-client-behind-its-adapter',
      comment: 'So that its successor can replace it in a day.',
      severity: 'error',
      from: { pathNot: '^src/kernel/event-store/eventstoredb/' },
      to: { path: '@eventstore/db-client' },
    },
    { name: 'mongodb-behind-its-adapter', severity: 'error', from: { pathNot: '^src/kernel/(view-store/mongodb|privacy|mongodb)/' }, to: { path: 'node_modules/mongodb' } },
    { name: 'no-test-code-in-the-product', severity: 'error', from: { path: '^src/', pathNot: SPECS }, to: { path: [SPECS, '^test/'] } },
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
