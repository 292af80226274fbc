import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';
import { runVerb } from '../support/cli-in-process.js';

jest.setTimeout(600_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const ANNA = '10000000-0000-4000-8000-000000000001';
const OTHER = '10000000-0000-4000-8000-000000000002';

/** What somebody with a user of the same server can do to the register's streams. */
describe('a register some of whose streams others have hidden or written into', () => {
  let folder: string;
  let double: EventStoreDbDouble;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fok-hidden-'));
    double = new EventStoreDbDouble();
    await double.start();
    expect(await fok('import', EXAMPLE)).toMatchObject({ code: 0 });
    expect(await fok('seal', '--out', join(folder, 'checkpoint.json'))).toMatchObject({ code: 0 });
  });
  afterEach(() => {
    double.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  const fok = (...args: string[]) =>
    runVerb(['--data', join(folder, 'data'), ...args], {
      EVENT_STORE: 'eventstoredb',
      EVENTSTORE_URL: double.connectionString,
      EVENTSTORE_NAMESPACE: 'fok',
    });
  const write = (stream: string, type: string, json: string) =>
    double.log.append(stream, 'any', [
      { id: randomUUID(), type, contentType: 'application/json', data: Buffer.from(json), metadata: new Uint8Array() },
    ]);
  /** The stream of Anna's care episode, as the server calls it. */
  const annas = () =>
    double.log.events.find(
      ({ stream, data }) => stream.startsWith('fok.careEpisode-') && Buffer.from(data).includes(ANNA),
    )!.stream;

  it.each([
    ['STREAM_TRUNCATED', (stream: string) => write(`$$${stream}`, '$metadata', '{"$tb":10}')],
    ['STREAM_LIMITED', (stream: string) => write(`$$${stream}`, '$metadata', '{"$maxCount":1}')],
    ['STREAM_DELETED', (stream: string) => double.log.remove(stream, 'any', false)],
  ] as const)(
    'says %s wherever the stream is needed, also after a scavenge, and answers all else',
    async (code, hide) => {
      const stream = annas();
      hide(stream);
      for (const scavenged of [false, true]) {
        if (scavenged) double.log.scavenge();
        const told = expect.stringContaining(stream.slice('fok.'.length));
        for (const question of [
          ['timeline', ANNA],
          ['compliance', ANNA, '--on', '2024-02-01'],
        ])
          expect(await fok(...question)).toMatchObject({ code: 1, stderr: told });
        expect(await fok('timeline', OTHER)).toMatchObject({ code: 0, stderr: '' });
        const verified = await fok('verify', '--format', 'json');
        expect([verified.code, verified.stdout]).toEqual([4, expect.stringContaining(`"${code}"`)]);
        const checked = await fok('check', '--all', '--format', 'json');
        expect([checked.code, checked.stdout]).toEqual([4, expect.stringContaining(`"${code}"`)]);
        expect(await fok('projections', 'rebuild', 'assessments')).toMatchObject({ code: 1, stderr: told });
      }
    },
  );

  it('passes over an event of somebody else, and names it', async () => {
    const answers = async () => [
      (await fok('timeline', ANNA)).stdout.replace(/känd \S+:/, ''),
      (await fok('events', 'count')).stdout,
    ];
    const before = await answers();
    write(annas(), 'ByHand', '{"secret":1}');
    expect(await answers()).toEqual(before);
    const verified = await fok('verify', '--format', 'json');
    expect(verified.code).toBe(4);
    const { findings } = JSON.parse(verified.stdout) as { findings: { code: string; message: string }[] };
    expect(findings.map((finding) => finding.code)).toEqual(['FOREIGN_EVENT']);
    expect(verified.stdout).not.toContain('secret');
    expect(await fok('import', EXAMPLE)).toMatchObject({ code: 0 });
    expect(await fok('projections', 'rebuild', 'assessments')).toMatchObject({ code: 0 });
    expect(await answers()).toEqual(before);
  });
});
