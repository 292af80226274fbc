import { randomBytes } from 'node:crypto';

/** Jest's globalSetup: gives the run a name, which all its workers see. */
export default function nameTheRun() {
  process.env['TEST_RUN'] = randomBytes(4).toString('hex');
}
