import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';
import { runVerb } from '../support/cli-in-process.js';
import { runProgram } from '../support/verb.js';

jest.setTimeout(240_000);

const GOLDEN = fileURLToPath(new URL('./register-v1', import.meta.url));
const ANNA = '10000000-0000-4000-8000-000000000001';
const BERTIL = '10000000-0000-4000-8000-000000000002';
const CECILIA = '10000000-0000-4000-8000-000000000003';
/** The one thing in an answer that tells when it was asked. */
const GENERATED = /"generatedAt": "[^"]+"/;
const KNOWN = ['--known-at', '2026-01-05T12:00:00.000Z', '--format', 'json'];

const timeline = (recipient: string): string[] => ['timeline', recipient, '--as-of', '2026-01-01', ...KNOWN];
const compliance = (recipient: string): string[] => ['compliance', recipient, '--segments', ...KNOWN];
const report = ['report', '--on', '2025-06-30', ...KNOWN];
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  'timeline-anna.json': timeline(ANNA),
  'timeline-bertil.json': timeline(BERTIL),
  'timeline-cecilia.json': timeline(CECILIA),
  'compliance-anna.json': compliance(ANNA),
  'compliance-bertil.json': compliance(BERTIL),
  'compliance-cecilia.json': compliance(CECILIA),
  'report-2025-06-30.json': report,
  'series.json': ['report', '--from', '2022-06-30', '--to', '2025-06-30', '--details', ...KNOWN],
  'events.ndjson': ['events', 'show'],
};

function undated(answer: string): string {
  return answer.replace(GENERATED, '"generatedAt": "…"');
}

/** The same checks over both registers, which differ in where their log lies. */
function holds(
  kind: 'embedded' | 'server',
  questions: readonly string[],
  rebuilt: readonly string[],
  stores: () => Record<string, string>,
): void {
  const golden = join(GOLDEN, kind);
  const folder = mkdtempSync(join(tmpdir(), 'fok-golden-'));
  const data = join(folder, 'data');
  const saved = (name: string): string => undated(readFileSync(join(golden, name), 'utf8'));

  /** With WRITE_ANSWERS=1 an answer that was changed on purpose becomes what is expected from now on. */
  const expected = (name: string, answer: string): void => {
    if (process.env['WRITE_ANSWERS'] === '1') writeFileSync(join(golden, name), answer);
  };

  beforeAll(() => {
    cpSync(join(golden, 'data'), data, { recursive: true });
    // A checkout does not keep who may read a file.
    chmodSync(join(data, 'keys'), 0o700);
    for (const key of ['master.key', 'signing.key']) chmodSync(join(data, 'keys', key), 0o600);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const fok = async (...args: readonly string[]) => {
    const { stdout, ...told } = await runVerb([...args, '--data', data], stores());
    return { ...told, stdout: undated(stdout) };
  };
  /** In a process of its own, for what works in threads. */
  const program = (...args: readonly string[]) => runProgram([...args, '--data', data], { environment: stores() });

  it.each(questions)('answers as the program answered that made it: %s', async (name) => {
    const answer = await fok(...(QUESTIONS[name] ?? []));
    expected(`answers/${name}`, answer.stdout);
    expect(answer).toEqual({ code: 0, stdout: saved(`answers/${name}`), stderr: '' });
  });

  // Its rules have newer versions since, and the older ones are gone: the answer names them, and suspects nobody.
  it('makes the report that was saved again, and says that rules have newer versions', async () => {
    const { code, stdout } = await fok('report', '--reproduce', join(golden, 'saved-report.json'), '--format', 'json');
    expected('answers/reproduced.json', stdout);
    // What was compared is told since: the rest is as it was then.
    const { compared, ...asThen } = JSON.parse(stdout) as { compared: unknown; causes: readonly { code: string }[] };
    expect([code, asThen]).toEqual([1, JSON.parse(saved('answers/reproduced.json'))]);
    expect(compared).toEqual({ figures: 20, units: 1 });
    const { causes } = asThen;
    expect([...new Set(causes.map((cause) => cause.code))]).toEqual(['RULE_VERSION']);
  });

  it('verifies its log, against the checkpoint that was handed out', async () => {
    const { code, stdout } = await program('verify', '--against', join(golden, 'checkpoint.json'), '--format', 'json');
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ ok: true, checked: 87, findings: [] })]);
  });

  it('verifies the export that was handed out', async () => {
    expect((await fok('verify-export', join(golden, 'export.zip'))).code).toBe(0);
  });

  it('is whole: every entry opens, and every row of the views is as judged anew', async () => {
    expect(await program('check', '--all')).toMatchObject({ code: 0 });
  });

  // Last: what follows is asked of views that this program made.
  it.each(rebuilt)('has its view %s built anew and answers the same', async (view) => {
    expect(await program('projections', 'rebuild', view)).toMatchObject({ code: 0 });
    expect((await fok(...timeline(ANNA))).stdout).toBe(saved('answers/timeline-anna.json'));
    expect((await fok(...report)).stdout).toBe(saved('answers/report-2025-06-30.json'));
  });
}

describe('a register in files that version 0.1.0 made', () => {
  holds('embedded', Object.keys(QUESTIONS), ['index', 'assessments'], () => ({}));
});

describe('a register on a server that version 0.1.0 made', () => {
  const double = new EventStoreDbDouble();
  beforeAll(async () => {
    const dumped = readFileSync(join(GOLDEN, 'server', 'log-dump.ndjson'), 'utf8')
      .trimEnd()
      .split('\n');
    for (const line of dumped) {
      const { stream, id, type, contentType, data, metadata, position } = JSON.parse(line) as Record<string, string>;
      const bytes = (text: string | undefined) => Buffer.from(text ?? '', 'base64');
      const event = { id: id!, type: type!, contentType: contentType!, data: bytes(data), metadata: bytes(metadata) };
      expect(double.log.append(stream!, 'any', [event])).toMatchObject({
        kind: 'written',
        position: BigInt(position!),
      });
    }
    await double.start();
  });
  afterAll(() => double.kill());

  holds('server', ['timeline-anna.json', 'timeline-cecilia.json', 'report-2025-06-30.json'], ['assessments'], () => ({
    EVENT_STORE: 'eventstoredb',
    EVENTSTORE_URL: double.connectionString,
    EVENTSTORE_NAMESPACE: 'golden',
  }));
});
