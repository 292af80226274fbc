/**
 * `compare-denied.ts RELEASE ANSWERS`: asks the double, with TLS and users on, what each line of the recorded answers of a real server names,
 * as the client asks it and as raw calls, and compares. Exit code 1 when one differs.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CertificateAuthority } from './certificates.js';
import { DeniedQuestions } from './denied-questions.js';
import type { Release } from './releases.js';

const [release = '', answers = ''] = process.argv.slice(2);
interface Line {
  readonly operation: string;
  readonly credentials: string;
}

/** HTTP/2 says how it compresses with every answer of ours, and .NET's server does not; the rest stands on both. Ports and times are each run's. */
function comparable(line: object): object {
  const text = JSON.stringify(line, (key, value: unknown) =>
    key.startsWith('grpc-') || key === 'date' ? undefined : value,
  );
  return JSON.parse(text.replace(/127\.0\.0\.1:\d+/g, 'HOST').replace(/\(\d{4}-[^)]*Z\)/g, '(TIME)')) as object;
}

const folder = await mkdtemp(join(tmpdir(), 'denied-'));
const questions = await DeniedQuestions.begin(release as Release, new CertificateAuthority(folder));
let differences = 0;
const lines = (await readFile(answers, 'utf8'))
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);
for (const line of lines) {
  const got = {
    operation: line.operation,
    credentials: line.credentials,
    ...(await questions.ask(line.operation, line.credentials)),
  };
  const [server, double] = [comparable(line), comparable(got)];
  if (isDeepStrictEqual(server, double)) continue;
  differences++;
  process.stdout.write(`server ${JSON.stringify(server)}\ndouble ${JSON.stringify(double)}\n`);
}
process.stdout.write(`${release}: ${lines.length} denied answers, ${differences} differences\n`);
questions.end();
await rm(folder, { recursive: true });
process.exit(differences === 0 ? 0 : 1);
