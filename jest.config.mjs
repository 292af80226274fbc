import { SWC_OPTIONS } from './test/support/swc-options.mjs';

/** Jest runs our TypeScript as ES modules (swc strips the types; `npm run typecheck` checks them). */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  reporters: ['default', '<rootDir>/test/support/skipped-reporter.mjs'],
  globalSetup: '<rootDir>/test/support/begin-run.mjs',
  globalTeardown: '<rootDir>/test/support/end-run.mjs',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', SWC_OPTIONS] },
  // The suite waits for processes and disks as often as it computes: every core gets a worker.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '600MB',
  testTimeout: 60000,
};
