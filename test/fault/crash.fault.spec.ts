import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Child } from '../support/child.js';
import type { Moment } from './killing-stores.js';
import { type Site, writesInTheSources } from './write-points.js';

jest.setTimeout(600_000);

/** Every write of the scenario rather than the first of each kind: some minutes. */
const EVERY = process.env['FAULT_EVERY_WRITE'] === '1';
/** Processes at a time. */
const AT_ONCE = 2;

/**
 * The methods that change a store, and how many calls in each do. Each is killed at below. A method or a call that is
 * new in the sources makes this list wrong; with it goes a step in scenario.ts that reaches it, and a line in
 * docs/explanation/projections.md.
 */
const WRITE_POINTS: Readonly<Record<Site, number>> = {
  'import/fact-writer.ts#index': 1,
  'import/fact-writer.ts#record': 1,
  'kernel/projections/checkpointed-writer.ts#takeOver': 1,
  'kernel/projections/checkpointed-writer.ts#write': 1,
  'kernel/projections/versioned-view.ts#activate': 1,
  'kernel/projections/versioned-view.ts#open': 1,
  'kernel/projections/versioned-view.ts#remove': 1,
  'judgement/assessments/assessment-projection.ts#endFilling': 1,
  'judgement/assessments/assessment-projection.ts#judgeAll': 1,
  'judgement/assessments/assessment-projection.ts#judgeWaiting': 1,
  'judgement/assessments/assessment-projection.ts#markPage': 1,
  'judgement/assessments/assessment-projection.ts#restart': 1,
  'judgement/assessments/assessment-projection.ts#retry': 1,
  'judgement/assessments/assessment-projection.ts#retryParked': 1,
  'judgement/assessments/assessment-projection.ts#skip': 1,
  'judgement/assessments/assessment-projection.ts#spread': 1,
  'judgement/index/index-projection.ts#add': 1,
  'judgement/running/rebuild.ts#rebuildAssessments': 2,
  'judgement/running/rebuild.ts#rebuildIndex': 3,
};

interface Lived {
  /** Of each write, the methods it came through. */
  readonly writes: readonly (readonly Site[])[];
  readonly held: unknown;
}

let folder: string;
let whole: Lived;

const child = (name: string, ...args: string[]): Child =>
  new Child(new URL('./crash-child.ts', import.meta.url), [join(folder, name), ...args]);
const lived = (name: string): Lived => JSON.parse(readFileSync(join(folder, name, 'held.json'), 'utf8')) as Lived;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fok-fault-'));
  expect(await child('whole').end()).toMatchObject({ code: 0 });
  whole = lived('whole');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the points at which the views and the import write', () => {
  it('are those of the list: a new one is not forgotten', () => {
    expect(Object.fromEntries([...writesInTheSources()].sort())).toEqual(WRITE_POINTS);
  });

  it('are all reached by the scenario', () => {
    const reached = new Set(whole.writes.flat());
    expect(Object.keys(WRITE_POINTS).filter((site) => !reached.has(site))).toEqual([]);
  });
});

/** Kills a process at one of its writes and lets another begin where it left off. */
async function dieAndGoOn(number: number, moment: Moment): Promise<void> {
  const name = `${number}-${moment}`;
  const at = { number, moment, through: whole.writes[number] };
  expect({ at, ...(await child(name, String(number), moment).end()) }).toMatchObject({ at, code: 'SIGKILL' });
  const next = await child(name).end();
  expect({ at, ...next }).toEqual({ at, code: 0, stderr: '' });
  expect({ at, held: lived(name).held }).toEqual({ at, held: whole.held });
  rmSync(join(folder, name), { recursive: true });
}

describe('a process that is killed at a write', () => {
  it.each(['before', 'after'] as const)(
    '%s it is on the disk loses nothing and doubles nothing, whichever write it is',
    async (moment) => {
      const seen = new Set<string>();
      const chosen = [...whole.writes.keys()].filter((number) => {
        // Writes that come through the same methods are of one kind.
        const kind = whole.writes[number]?.join(' ') ?? '';
        return EVERY || (!seen.has(kind) && seen.add(kind));
      });
      expect(chosen.length).toBeGreaterThanOrEqual(Object.keys(WRITE_POINTS).length);
      const next = chosen.values();
      const work = async (): Promise<void> => {
        for (const number of next) await dieAndGoOn(number, moment);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    },
  );
});
