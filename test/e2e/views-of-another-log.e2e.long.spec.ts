import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest } from '@jest/globals';
import { FakeMongoDB } from '../doubles/mongodb/fake-mongodb.js';
import { runVerb, type Told } from '../support/cli-in-process.js';
import { Program } from '../support/program.js';
import { ofFiles } from '../support/stores.js';
import { runProgram } from '../support/verb.js';

jest.setTimeout(240_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const lines = readFileSync(EXAMPLE, 'utf8').trim().split('\n');
const REPORT = ['report', '--on', '2024-02-01', '--format', 'json'];

let folder: string;
let beginning: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fok-whose-'));
  beginning = join(folder, 'beginning.ndjson');
  writeFileSync(beginning, `${lines.slice(0, 60).join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One line that says why, nothing else, and exit code 1. */
function refused(
  { code, stdout, stderr }: Pick<Told, 'stdout' | 'stderr'> & { readonly code: unknown },
  says: RegExp,
): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(says);
}

describe('a data folder', () => {
  ofFiles.it('with the views of another one shows none of them, until they are removed', async () => {
    const [ours, other] = [join(folder, 'ours'), join(folder, 'other')];
    for (const [data, file] of [
      [ours, EXAMPLE],
      [other, beginning],
    ] as const)
      expect(await runVerb(['--data', data, 'import', file])).toMatchObject({ code: 0 });
    const before = await runVerb(['--data', ours, ...REPORT]);
    const viewsOfOther = join(other, 'views');
    rmSync(join(ours, 'views'), { recursive: true });
    cpSync(viewsOfOther, join(ours, 'views'), { recursive: true });
    const whose = new RegExp(
      `views in ${join(ours, 'views')} belong to register [0-9a-f-]{36}, this is register [0-9a-f-]{36}`,
    );
    for (const verb of [
      REPORT,
      ['import', EXAMPLE],
      ['projections', 'status'],
      ['projections', 'rebuild', 'assessments'],
    ])
      refused(await runVerb(['--data', ours, ...verb]), whose);
    expect(await runProgram(['--data', ours, 'check'])).toMatchObject({
      code: 4,
      stdout: expect.stringContaining('VIEWS_OF_ANOTHER_REGISTER'),
    });
    refused(await new Program('main', [], { environment: { DATA_DIR: ours, PORT: '0' } }).ended, whose);
    rmSync(join(ours, 'views'), { recursive: true });
    expect(withoutInstant(await runVerb(['--data', ours, ...REPORT]))).toEqual(withoutInstant(before));
  });

  ofFiles.it('keeps its views when somebody tries something out in memory', async () => {
    const data = join(folder, 'kept');
    expect(await runVerb(['--data', data, 'import', EXAMPLE])).toMatchObject({ code: 0 });
    const before = await runVerb(['--data', data, ...REPORT]);
    expect(await runVerb(['--data', data, 'import', beginning], { EVENT_STORE: 'memory' })).toMatchObject({ code: 0 });
    refused(
      await runVerb(['--data', data, 'import', beginning], { EVENT_STORE: 'memory', VIEW_STORE: 'sqlite' }),
      /belong to register/,
    );
    expect(withoutInstant(await runVerb(['--data', data, ...REPORT]))).toEqual(withoutInstant(before));
  });

  ofFiles.it.each([{ grown: false }, { grown: true }])(
    'with an older log put back is not answered from the views of the newer one, also when it has grown since: $grown',
    async ({ grown }) => {
      const data = join(folder, `older-${grown}`);
      expect(await runVerb(['--data', data, 'import', beginning])).toMatchObject({ code: 0 });
      const [log, older] = [join(data, 'events.sqlite'), join(folder, `older-${grown}.sqlite`)];
      cpSync(log, older);
      if (grown) cpSync(join(data, 'views'), join(folder, 'older-views'), { recursive: true });
      expect(await runVerb(['--data', data, 'import', EXAMPLE])).toMatchObject({ code: 0 });
      const before = await runVerb(['--data', data, ...REPORT]);
      for (const aside of ['', '-wal', '-shm']) rmSync(log + aside, { force: true });
      cpSync(older, log);
      // The seals would not let it start either; what is at stake here are the views of a register that never sealed.
      rmSync(join(data, 'seals'), { recursive: true, force: true });
      if (grown) {
        cpSync(join(data, 'views'), join(folder, 'newer-views'), { recursive: true });
        rmSync(join(data, 'views'), { recursive: true });
        expect(await runVerb(['--data', data, 'import', EXAMPLE])).toMatchObject({ code: 0 });
        rmSync(join(data, 'views'), { recursive: true });
        cpSync(join(folder, 'newer-views'), join(data, 'views'), { recursive: true });
      }
      const says = grown
        ? /another entry there.*fok projections rebuild/
        : /the log ends before that.*fok projections rebuild/;
      for (const verb of [REPORT, ['import', EXAMPLE], ['projections', 'status']])
        refused(await runVerb(['--data', data, ...verb]), says);
      refused(await new Program('main', [], { environment: { DATA_DIR: data, PORT: '0' } }).ended, says);
      expect(await runProgram(['--data', data, 'projections', 'rebuild', 'assessments'])).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/assessments: version .*\nindex: version /),
      });
      expect(await runVerb(['--data', data, 'projections', 'status'])).toMatchObject({
        code: 0,
        stdout: expect.not.stringContaining('also there'),
      });
      expect(await runVerb(['--data', data, 'import', EXAMPLE])).toMatchObject({ code: 0 });
      expect(withoutInstant(await runVerb(['--data', data, ...REPORT]))).toEqual(withoutInstant(before));
      expect(await runProgram(['--data', data, 'check', '--all'])).toMatchObject({ code: 0 });
    },
  );
});

describe.each([{ kind: 'replica set' as const }, { kind: 'standalone' as const }])(
  'a database of a MongoDB $kind',
  ({ kind }) => {
    let double: FakeMongoDB;
    beforeEach(async () => {
      double = await FakeMongoDB.start(kind);
    });
    afterEach(() => double.stop());

    ofFiles.it('is that of one register: another one neither shows nor writes over its views', async () => {
      const [one, other] = [join(folder, `one-${kind}`), join(folder, `two-${kind}`)];
      const environment = { VIEW_STORE: 'mongodb', MONGODB_URL: `${double.url}/fok` };
      expect(await runVerb(['--data', one, 'import', EXAMPLE], environment)).toMatchObject({ code: 0 });
      const before = await runVerb(['--data', one, ...REPORT], environment);
      expect(await runVerb(['--data', other, 'import', beginning])).toMatchObject({ code: 0 });
      const whose = /views in database "fok" of MongoDB belong to register .*, this is register .*MONGODB_URL/;
      for (const verb of [['import', beginning], REPORT, ['projections', 'rebuild', 'index']])
        refused(await runVerb(['--data', other, ...verb], environment), whose);
      refused(
        await new Program('main', [], { environment: { DATA_DIR: other, PORT: '0', ...environment } }).ended,
        whose,
      );
      expect(withoutInstant(await runVerb(['--data', one, ...REPORT], environment))).toEqual(withoutInstant(before));
    });
  },
);

/** A report says when it was made, and from which log. */
function withoutInstant({ code, stdout }: Told): unknown {
  const { header, ...rest } = JSON.parse(stdout) as { readonly header: Record<string, unknown> };
  const { generatedAt: _, knownAt: __, leaf: ___, ...kept } = header;
  return { code, header: kept, rest };
}
