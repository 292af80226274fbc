/** Who may import whom. A rule that is broken fails `npm run imports`, and with it .ci/run. */
const SPECS = '(\\.spec(-helper)?|\\.harness)\\.tsx?$';

/**
 * The rooms of the house, lowest first: each may import what stands before it, and nothing that stands after it, types
 * included.
 * Two rooms on one line know nothing of each other.
 */
const LAYERS = [
  ['kernel'],
  ['facts', 'documents'],
  ['compliance-rules', 'simulation'],
  ['stores'],
  ['judgement'],
  ['access'],
  ['recording'],
  ['steps', 'import'],
  ['answers'],
  ['audit'],
  ['access-log'],
  ['app'],
  ['pages'],
  ['sign-in'],
  ['server'],
  ['cli'],
];

const layerRules = LAYERS.flatMap((rooms, floor) =>
  rooms.map((room) => ({
    name: `${room}-imports-only-what-stands-below`,
    comment: 'The place of a thing follows from what it needs; see docs/explanation/architecture.md.',
    severity: 'error',
    from: { path: `^src/${room}/`, pathNot: SPECS },
    to: { path: `^src/(${[...LAYERS.slice(floor).flat()].filter((one) => one !== room).join('|')})/` },
  })),
).filter(({ to }) => to.path !== '^src/()/');

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one idea in two places, even if they only need types.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'rules-are-pure',
      comment: 'A rule must give the same answer in ten years: no framework, clock, ids, input or output.',
      severity: 'error',
      from: { path: '^src/compliance-rules/', pathNot: SPECS },
      to: { path: ['^src/kernel/(?!time/day)', '^node:', '@nestjs'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'Deciders decide from what they are given.',
      severity: 'error',
      from: { path: '^src/steps/[^/]+/domain/', pathNot: SPECS },
      to: {
        path: [
          '^src/judgement/',
          '^src/kernel/(http|event-store|view-store|privacy|integrity|projections|config|observability|sqlite)/',
          '^node:',
          '@nestjs',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pages-only-ask-and-command',
      comment: 'What a page says is what the API says: it asks the query bus, and records by the command bus.',
      severity: 'error',
      from: { path: '^src/pages/', pathNot: SPECS },
      to: {
        path: [
          '^src/kernel/(event-store|view-store|privacy|integrity|projections|sqlite|mongodb)/',
          '^src/(stores|app|audit|import|simulation)/',
          '^src/judgement/(read-side|read-model|index/|assessments/|running/|person/)',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'one-sqlite-driver',
      comment: 'One file decides which SQLite driver is used.',
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
    {
      name: 'mongodb-behind-its-adapter',
      severity: 'error',
      from: { pathNot: '^src/kernel/(view-store/mongodb|privacy|sessions|integrity/mongodb|mongodb)/' },
      to: { path: 'node_modules/mongodb' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: SPECS },
      to: { path: [SPECS, '^test/'] },
    },
    {
      name: 'one-maker-of-pdfs',
      comment: 'It is a native program: it runs in one thread, and never in that which answers.',
      severity: 'error',
      from: { pathNot: '^src/documents/print-worker\\.mjs$' },
      to: { path: '@myriaddreamin/' },
    },
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
