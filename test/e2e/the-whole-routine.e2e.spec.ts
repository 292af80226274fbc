import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { importedEventId } from '../../src/import/event-ids.js';
import { dayOf } from '../../src/kernel/time/day.js';
import { Judge } from '../property/judge/judge.js';
import { NOT_YET_COMPARED } from '../property/judge/not-yet-compared.js';
import { segmentsOf, type JudgedSegment } from '../property/judge/segments.js';
import { toDossier, type Line, type World } from '../property/judge/world.js';
import { runVerb } from '../support/cli-in-process.js';

jest.setTimeout(240_000);

const file = fileURLToPath(new URL('../../examples/the-whole-routine.ndjson', import.meta.url));
const lines = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line & { readonly documentedAt: string });

const PEOPLE = { dagny: 11, erik: 12, frida: 13, gerd: 14 };
const idOf = (kind: string, number: number): string =>
  `${kind}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const expected = <T>(name: string): T =>
  JSON.parse(
    readFileSync(new URL(`../../examples/expected/the-whole-routine/${name}.json`, import.meta.url), 'utf8'),
  ) as T;
type Judged = { readonly episode: string; readonly segments: readonly JudgedSegment[] };
const figures = expected<Record<string, Record<string, number>>>('figures');
const sorted = (segments: readonly object[]): string[] => segments.map((each) => JSON.stringify(each)).sort();

describe('the whole routine, as the second judge reads it', () => {
  const world: World = { today: '2025-05-30', lines, recordedAt: lines.map(({ documentedAt }) => documentedAt) };
  const judges = Object.values(PEOPLE).map((number) => new Judge(toDossier(world, idOf('e', number), true)));

  it.each(Object.entries(PEOPLE))('%s is judged as was reckoned by hand', (name, number) => {
    const judge = new Judge(toDossier(world, idOf('e', number), true));
    const segments = segmentsOf(judge, dayOf('2019-01-01'), dayOf('2026-06-01'));
    expect(sorted(segments)).toEqual(sorted(expected<Judged>(`judgement-${name}`).segments));
  });

  it.each(Object.entries(figures))('the figures of %s', (on, counted) => {
    const found: Record<string, number> = {};
    for (const judge of judges)
      for (const figure of judge.on(dayOf(on)).figures) found[figure] = (found[figure] ?? 0) + 1;
    expect(found).toEqual(counted);
  });
});

// What the register says of it, as soon as it has been taught all that the history holds.
if (NOT_YET_COMPARED.length === 0) {
  describe('the whole routine, imported and asked', () => {
    const refs = new Map(lines.map(({ ref }) => [importedEventId('import', ref), ref]));
    let data: string;

    async function answer<T>(...args: readonly string[]): Promise<T> {
      const { code, stdout, stderr } = await runVerb(['--data', data, ...args, '--format', 'json']);
      if (code !== 0) throw new Error(stderr);
      return JSON.parse(stdout, (_, value: unknown) =>
        typeof value === 'string' ? (refs.get(value) ?? value) : value,
      ) as T;
    }

    beforeAll(async () => {
      data = mkdtempSync(join(tmpdir(), 'fok-routine-'));
      expect((await answer<{ imported: number }>('import', file)).imported).toBe(lines.length);
    });
    afterAll(() => rmSync(data, { recursive: true, force: true }));

    /** What the page says of a segment; `dueOn` of a title is the law's, and not reckoned here. */
    const asReckoned = ({ rule, assignment, status, titleBasis, kind, dueOn, from, to }: JudgedSegment): object => ({
      rule,
      assignment,
      status,
      titleBasis,
      kind,
      dueOn: rule === 'TITLE' ? undefined : dueOn,
      from,
      to,
    });

    it.each(Object.entries(PEOPLE))('%s is judged as was reckoned by hand', async (name, number) => {
      const { segments } = await answer<Judged>('compliance', idOf('1', number), '--segments');
      expect(sorted(segments.map(asReckoned))).toEqual(sorted(expected<Judged>(`judgement-${name}`).segments));
    });

    it.each(Object.entries(figures))('the figures of %s', async (on, counted) => {
      const { total } = await answer<{ total: Record<string, number> }>('report', '--on', on);
      expect(Object.fromEntries(Object.entries(total).filter(([, count]) => count > 0))).toEqual(counted);
    });

    it.each(['dagny', 'erik'] as const)('the timeline of %s holds what her contacts rest on', async (name) => {
      const { entries } = await answer<{
        entries: { eventId: string; effectiveOn: string; staff?: { name: string }; data: object }[];
      }>('timeline', idOf('1', PEOPLE[name]), '--as-of', '2025-05-30');
      const told = entries.map(({ eventId, staff }) => ({ eventId, ...(staff && { staff: staff.name }) }));
      // Entries of one day on different streams stand as the store took them in, which a server does in any order.
      expect(sorted(told)).toEqual(sorted(expected<object[]>(`timeline-${name}`)));
      const days = entries.map(({ effectiveOn }) => effectiveOn);
      expect(days).toEqual([...days].sort());
      expect(entries.filter(({ staff, data: of }) => staff && ('kind' in of || 'evidence' in of))).toEqual([]);
    });
  });
}
