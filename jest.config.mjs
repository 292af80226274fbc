import { SWC_OPTIONS, SWC_TSX_OPTIONS } from './test/support/swc-options.mjs';

/**
 * Which tests: `npm test` runs all but those named `*.long.spec.ts` (kill rounds, the fault tables of the doubles, whole
 * processes over and over), `npm run test:long` runs those, `npm run test:all` both.
 */
const LONG = '\\.long\\.spec\\.ts$';
const chosen = {
  short: { testMatch: ['**/*.spec.ts', '**/*.spec.tsx'], testPathIgnorePatterns: ['/node_modules/', LONG] },
  long: { testMatch: ['**/*.long.spec.ts'] },
  all: { testMatch: ['**/*.spec.ts', '**/*.spec.tsx'] },
}[process.env.TESTS ?? 'short'];
if (!chosen) throw new Error(`TESTS is short, long or all, not ${process.env.TESTS}`);

/** Jest runs our TypeScript as ES modules (swc strips the types; `npm run typecheck` checks them). */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  ...chosen,
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  reporters: ['default', '<rootDir>/test/support/skipped-reporter.mjs'],
  globalSetup: '<rootDir>/test/support/begin-run.mjs',
  globalTeardown: '<rootDir>/test/support/end-run.mjs',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', SWC_OPTIONS], '^.+\\.tsx$': ['@swc/jest', SWC_TSX_OPTIONS] },
  // The suite waits for processes and disks as often as it computes: every core gets a worker.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '600MB',
  // On a busy machine a worker with nothing left to do may take longer than half a second to give back its memory.
  workerGracefulExitTimeout: 10_000,
  testTimeout: 60000,
};
