import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../kernel/time/day.js';
import type { HistoryLine } from './history-line.js';
import { Ledger } from './ledger.js';
import { found } from './municipality.js';
import { receiveAll } from './recipients.js';
import { simulate, simulateText, writeHistory, type SimulationOptions } from './simulate.js';
import { cohorts } from './units.js';

const SMALL: SimulationOptions = { recipients: 60, from: '2022-01-01', to: '2025-12-31', seed: 'golden' };
/**
 * The history of SMALL. It changes when the rates or the order of draws change, never with the machine or the version
 * of Node.
 */
const GOLDEN = '2a955501adf2f68be81d09a9dae6135b6f6264da2fcdc3534db26a8007ef50ae';

function digest(options: SimulationOptions): string {
  const hash = createHash('sha256');
  for (const line of simulateText(options)) hash.update(`${line}\n`);
  return hash.digest('hex');
}

describe('a simulation', () => {
  it('gives byte for byte the same history for the same seed, on any machine', () => {
    expect(digest(SMALL)).toBe(GOLDEN);
    expect(digest(SMALL)).toBe(GOLDEN);
  });

  it('gives another history for another seed; a number and its digits are the same seed', () => {
    expect(digest({ ...SMALL, seed: 'other' })).not.toBe(GOLDEN);
    expect(digest({ ...SMALL, seed: 7 })).toBe(digest({ ...SMALL, seed: '7' }));
  });

  it('adds who may see what where it is asked for, and leaves all other lines as they were', () => {
    const [without, all] = [[...simulateText(SMALL)], [...simulateText({ ...SMALL, withAccess: true })]];
    const before = new Set(without);
    const added = all.filter((line) => !before.has(line)).map((line) => (JSON.parse(line) as HistoryLine).type);
    expect(all.filter((line) => before.has(line))).toEqual(without);
    expect([...new Set(added)]).toEqual(expect.arrayContaining(['RoleGranted', 'InspectionOpened', 'IdentityLinked']));
  });

  it.each([1, 2, 3, 25, 437])('registers exactly %i recipients', (recipients) => {
    const registered = [...simulate({ ...SMALL, recipients })].filter(({ type }) => type === 'RecipientRegistered');
    expect(registered).toHaveLength(recipients);
  });

  it('covers a single day too', () => {
    const lines = [...simulate({ recipients: 40, from: '2024-02-29', to: '2024-02-29', seed: 1 })];
    expect(lines.filter(({ type }) => type === 'RecipientRegistered')).toHaveLength(40);
    expect(new Set(lines.map(({ documentedAt }) => documentedAt.slice(0, 10)))).toEqual(new Set(['2024-02-29']));
  });

  it.each([
    [{ recipients: 0 }, 'recipients'],
    [{ recipients: 1.5 }, 'recipients'],
    [{ recipients: Number.NaN }, 'recipients'],
    [{ from: '2022-02-30' }, 'from is no calendar day'],
    [{ to: 'soon' }, 'to is no calendar day'],
    [{ from: '1950-01-01' }, 'from must be 2002-01-01 or later'],
    [{ to: '2021-12-31' }, 'to must not lie before from'],
  ])('refuses %j', (wrong, message) => {
    expect(() => simulate({ ...SMALL, ...wrong }).next()).toThrow(message);
  });

  it('lets go of the units it has done with, so that memory does not grow with their number', async () => {
    const gc = (globalThis as { gc?: () => void }).gc ?? (await exposedGc());
    const [from, to] = [dayOf('2024-01-01'), dayOf('2024-06-30')];
    const scene = { seed: 'memory', from, to, ledger: new Ledger(to, () => {}) };
    const done: WeakRef<object>[] = [];
    for (const cohort of cohorts(scene, found(scene), 5_000)) {
      for (const unit of cohort.units) receiveAll(cohort, unit);
      done.push(new WeakRef(cohort));
    }
    expect(done.length).toBeGreaterThan(3);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    gc();
    expect(done.slice(0, -1).map((cohort) => cohort.deref())).toEqual(done.slice(0, -1).map(() => undefined));
  });
});

async function exposedGc(): Promise<() => void> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

describe('writing a history', () => {
  it('waits for a slow reader and leaves it open', async () => {
    const chunks: Buffer[] = [];
    let waiting = 0;
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        waiting += 1;
        expect(waiting).toBe(1);
        setImmediate(() => {
          waiting -= 1;
          chunks.push(chunk);
          done();
        });
      },
    });
    const lines = await writeHistory({ ...SMALL, recipients: 300 }, slow);
    expect(slow.writable).toBe(true);
    const text = Buffer.concat(chunks).toString('utf8');
    expect(text.split('\n').length - 1).toBe(lines);
    expect(text).toBe([...simulateText({ ...SMALL, recipients: 300 })].map((line) => `${line}\n`).join(''));
    expect(chunks.length).toBeGreaterThan(1);
  });

  it('fails when the reader fails', async () => {
    const broken = new Writable({
      write(_chunk, _encoding, done) {
        done(new Error('disk full'));
      },
    });
    await expect(writeHistory(SMALL, broken)).rejects.toThrow('disk full');
  });

  it('fails when the options make no sense', async () => {
    await expect(writeHistory({ ...SMALL, recipients: -1 }, new Writable())).rejects.toThrow('recipients');
  });
});
