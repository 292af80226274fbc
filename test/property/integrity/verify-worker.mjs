/** The worker that verifies, run from its TypeScript source. */
import '../../support/run-typescript.mjs';

await import('../../../src/audit/verify/verify-worker.ts');
