import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RULES } from '../compliance-rules/catalogue.js';
import { eventCatalogue } from '../facts/event-catalogue.js';
import type { RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import { ClosedLog } from '../kernel/event-sourcing/closed-log.js';
import { Codec } from '../kernel/event-sourcing/codec.js';
import { SqliteEventStore } from '../kernel/event-store/sqlite/sqlite-event-store.js';
import type { ViewCode, ViewDefinition } from '../kernel/projections/versioned-view.js';
import { MemoryViewStore } from '../kernel/view-store/memory/memory-view-store.js';
import type { Row, ViewReader } from '../kernel/view-store/view-store.js';
import { FixedClock } from '../kernel/time/clock.js';
import { AssessmentProjection, ASSESSMENTS } from './assessments/assessment-projection.js';
import { LocalJudge } from './assessments/episode-judge.js';
import { FIGURES } from './figures/figure-names.js';
import { foldEntries } from './index/index-page.js';
import { INDEX, IndexProjection } from './index/index-projection.js';
import { VIEW_VERSIONS } from './view-versions.js';

/** A log that version 0.1.0 wrote: forty invented recipients over four and a half years, every type of event. */
const LOG = new URL('../../test/golden/log-v1.sqlite.gz', import.meta.url);

/** What no such log has: a stream that many rest on is put right. */
const CORRECTION: RecordedEvent = {
  id: '00000000-0000-4000-8000-000000000003',
  type: 'EntryCorrected',
  correctedTypes: ['UnitOpened'],
  stream: 'unit-00000000-0000-4000-8000-000000000001',
  effectiveOn: '2026-01-02',
  recordedAt: '2026-01-02T10:00:00.000Z',
  actor: { id: 'a', role: 'b' },
  schemaVersion: 1,
  revision: 1n,
  position: 7n,
  data: {
    corrects: '00000000-0000-4000-8000-000000000002',
    reason: null,
    data: { controller: '00000000-0000-4000-8000-000000000004', name: 'Norr', careForms: ['HOME_CARE'] },
  },
};

describe('the version of a stored view', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fok-view-versions-'));
  const made: Record<string, string> = {};
  const empty: string[] = [];

  beforeAll(async () => {
    const file = join(folder, 'events.sqlite');
    writeFileSync(file, gunzipSync(readFileSync(LOG)));
    const store = await SqliteEventStore.open({ path: file, readOnly: true });
    const views = new MemoryViewStore();
    const log = new ClosedLog(store, new Codec(eventCatalogue));
    const index = await IndexProjection.open(views, log, eventCatalogue);
    await index.reach();
    const judge = new LocalJudge(log, index);
    const clock = new FixedClock('2026-07-02T09:00:00.000Z');
    const assessments = await AssessmentProjection.open(views, { store, log, index, judge, clock, poison: 'stop' });
    await assessments.takeOver();
    while (await assessments.step());
    const [inIndex, inAssessments] = [
      await rowsOf(INDEX, index.view.version),
      await rowsOf(ASSESSMENTS, assessments.version),
    ];
    for (const [name, rows] of [...inIndex, ...inAssessments]) if (rows.length === 0) empty.push(name);
    made['index'] = hashOf(INDEX, inIndex, [foldEntries([CORRECTION], [CORRECTION], [], eventCatalogue)]);
    made['assessments'] = hashOf(ASSESSMENTS, inAssessments, [
      // The words of a rule stand in no row.
      RULES.map(({ versions, name: _name, words: _words, ...rule }) => [
        rule,
        versions.map(({ evaluate: _evaluate, text: _text, ...version }) => version),
      ]),
      FIGURES.map(({ name, bit }) => [name, String(bit)]),
    ]);
    await store.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(Object.keys(VIEW_VERSIONS) as (keyof typeof VIEW_VERSIONS)[])(
    'of %s has the hash of what it is made of: where that changed, a line with the next number is missing',
    (view) => {
      const versions: readonly ViewCode[] = VIEW_VERSIONS[view];
      const last = versions.at(-1);
      const hash = made[view];
      const wanted = last?.hash === hash ? last : { number: (last?.number ?? 0) + 1, hash };
      expect({ view, ...last }).toEqual({ view, ...wanted });
    },
  );

  it.each(Object.entries(VIEW_VERSIONS))('of %s only rises, and no two are the same', (_view, versions) => {
    const numbers = versions.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
    expect(new Set(versions.map(({ hash }) => hash)).size).toBe(versions.length);
  });

  it('is made of rows in every collection that a log fills which can be judged whole', () => {
    expect(empty).toEqual(['waiting', 'parked']);
  });
});

async function rowsOf({ collections }: ViewDefinition, reader: ViewReader): Promise<[string, Row[]][]> {
  const found: [string, Row[]][] = [];
  for (const { name, key } of collections) found.push([name, await reader.find(name, { orderBy: [...key] })]);
  return found;
}

function hashOf({ collections }: ViewDefinition, rows: readonly unknown[], more: readonly unknown[]): string {
  const text = JSON.stringify([collections, more, rows], (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : inOrder(value),
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** The same object says the same in whatever order its fields were put. */
function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
