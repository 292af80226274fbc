import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { embedded } from '../support/stores.js';
import { runVerb } from '../support/cli-in-process.js';
import { answerOf } from '../support/verb.js';
import { mustBe, setTheScene, TestServer } from './commands.harness.js';

jest.setTimeout(240_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const EXAMPLE_FACTS = 86;
const MIB = 1_048_576;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fok-large-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A server takes so much in one append; a file takes everything that the register takes. */
describe('facts that are nearly too large', () => {
  it('land from a file as far as the store takes them; the others are turned away by themselves, with what rests on them', async () => {
    const [data, file] = [join(folder, 'data'), join(folder, 'history.ndjson')];
    const staff = /"stream":"(staff-[^"]+)"/.exec(readFileSync(EXAMPLE, 'utf8'))?.[1] ?? '';
    const training = (ref: string, bytes: number) => ({
      ref,
      type: 'TrainingCompleted',
      stream: staff,
      effectiveOn: '2024-03-01',
      actor: { id: 'a', role: 'R' },
      data: { course: 'x'.repeat(bytes) },
    });
    const large = [
      training('half', MIB * 0.6),
      training('other half', MIB * 0.6),
      training('whole', MIB - 300),
      {
        ref: 'on whole',
        type: 'EntryAnnulled',
        stream: staff,
        effectiveOn: '2024-03-02',
        actor: { id: 'a', role: 'R' },
        data: { corrects: { ref: 'whole' }, cause: 'OTHER', reason: 'för lång' },
      },
      training('short', 20),
    ].map((line) => JSON.stringify(line));
    writeFileSync(file, `${readFileSync(EXAMPLE, 'utf8').trimEnd()}\n${large.join('\n')}\n`);

    const told = await runVerb(['--data', data, 'import', file, '--format', 'json']);
    const landed = embedded.log ? large.length : large.length - 2;
    expect(JSON.parse(told.stdout)).toMatchObject({
      imported: EXAMPLE_FACTS + landed,
      rejected: large.length - landed,
    });
    expect(told.code).toBe(embedded.log ? 0 : 3);
    if (!embedded.log) {
      const reasons = readFileSync(`${file}.rejects.ndjson`, 'utf8')
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      expect(reasons).toEqual([
        expect.objectContaining({
          line: EXAMPLE_FACTS + 3,
          code: 'TOO_LONG',
          ref: 'whole',
          reason: expect.stringMatching(/takes \d+ bytes in one append/),
        }),
        expect.objectContaining({ line: EXAMPLE_FACTS + 4, code: 'UNKNOWN_REFERENCE', ref: 'on whole' }),
      ]);
    }
    expect(JSON.parse((await runVerb(['--data', data, 'import', file, '--format', 'json'])).stdout)).toMatchObject({
      imported: 0,
      skipped: EXAMPLE_FACTS + landed,
    });
    expect(await answerOf(['--data', data, 'verify'])).toMatchObject({ ok: true, checked: EXAMPLE_FACTS + landed });
  });

  it('are recorded by command or refused whole, and the next one is recorded', async () => {
    const server = await TestServer.start();
    try {
      const resource = `/care-episodes/${(await setTheScene(server)).episode}`;
      const etag = await server.etag(resource);
      const attended = (people: number) => ({
        form: 'PHONE',
        items: [],
        attendees: Array.from({ length: people }, () => ({ kind: 'OTHER', name: 'x'.repeat(20_000) })),
        effectiveOn: '2026-11-20',
      });
      const answer = await server.post(`${resource}/information`, attended(52), { ifMatch: etag });
      if (embedded.log) mustBe(201, answer);
      else {
        expect([answer.status, answer.body.code]).toEqual([413, 'BODY_TOO_LARGE']);
        expect(await server.etag(resource)).toBe(etag);
      }
      await server.record(resource, '/information', attended(1));
    } finally {
      await server.close();
    }
  });
});
