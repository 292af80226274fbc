import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRegister, type Register } from '../../src/app/register.js';
import { eventCatalogue } from '../../src/facts/event-catalogue.js';
import { importHistory, type ImportResult } from '../../src/import/import-history.js';
import { groundwork, IDS, line, type LineObject } from '../../src/import/testing/history.spec-helper.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import { configAt } from '../support/stores.js';
import { SAMPLES_V1 } from '../golden/sample-facts.js';

/** No field of any type takes one of these. */
const NEVER: readonly unknown[] = [
  null,
  1.5,
  1e300,
  '',
  ' \t',
  '\u200b',
  '\u0000',
  'a\u001b[8mb',
  [[]],
  [null],
  { ref: 7 },
  { ref: 'k', more: 1 },
  { toString: 'x' },
  { __proto__: null },
];

/** Malformed for most fields, and right for some. */
const SELDOM: readonly unknown[] = [
  'one', '0', '-', 'c0000000-0000-4000-8000-00000000000', '{c0000000-0000-4000-8000-000000000001}', 'C0000000-0000-4000-8000-000000000001', 'recipient-one', '2024-02-30', '2024-02-29', '2024-01-01T24:00:00Z',
  'x'.repeat(5_000), 'PRIMARY ', '191212121213', '212000-2396', 0, -1, 7, true, false, [], ['one'], ['one', 'one', IDS.staff], {}, { ref: 'nobody' }, { ref: '\u0000' }, { data: { data: {} } },
]; // prettier-ignore

type Path = readonly (string | number)[];

/** The paths of everything in a value, of what holds something too. */
function pathsIn(value: unknown, here: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [here];
  return [
    here,
    ...Object.entries(value).flatMap(([name, inner]) =>
      pathsIn(inner, [...here, Array.isArray(value) ? Number(name) : name]),
    ),
  ];
}

/** The same with another value at a path. */
function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) return value.map((item: unknown, at) => (at === first ? replaced(item, rest, by) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, inner]) => [name, name === first ? replaced(inner, rest, by) : inner]),
  );
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], value);
}

interface Malformed {
  readonly line: LineObject;
  readonly path: Path;
  readonly never: boolean;
}

/** Every value in every field of a line's data in turn; the fields around them are the same for all types. */
function* malformed(good: LineObject, within: Path = ['data']): Generator<Malformed> {
  for (const path of pathsIn(at(good, within), within)) {
    const leaf = typeof at(good, path) !== 'object';
    for (const value of NEVER) yield { line: replaced(good, path, value) as LineObject, path, never: leaf };
    for (const value of SELDOM) yield { line: replaced(good, path, value) as LineObject, path, never: false };
  }
}

/** All of them: of the fields around the data those of one line, of the data those of every type. */
function everyMalformed(): Malformed[][] {
  const [first = {}] = lines;
  const around = Object.keys(first).filter((name) => name !== 'data');
  return [around.flatMap((name) => [...malformed(first, [name])]), ...lines.map((good) => [...malformed(good)])];
}

/** A line of every type, on the streams of the groundwork, with every field there can be. */
const lines: readonly LineObject[] = SAMPLES_V1.filter(({ type }) => eventCatalogue.get(type)?.importable).map(
  ({ type, stream, data }) => {
    const category = stream.slice(0, stream.indexOf('-'));
    const own: Readonly<Record<string, string>> = { careEpisode: IDS.episode, policy: IDS.controller };
    const opened = own[category] ?? (IDS as Readonly<Record<string, string>>)[category] ?? '';
    return line(
      type,
      `${category}-${opened}`,
      { ...data },
      {
        documentedAt: '2024-03-01T08:00:00Z',
        lateReason: 'pappret låg kvar',
        actor: { id: 'a1', role: 'r', unit: IDS.unit, onBehalfOf: 'b' },
      },
    );
  },
);

describe('a malformed value, in whatever field of whatever type', () => {
  let folder: string;
  let register: Register;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fok-malformed-'));
    register = await openRegister(configAt(folder), { clock: new FixedClock('2024-06-15T10:00:00.000Z') });
    await importLines(groundwork());
  });
  afterAll(async () => {
    await register.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function importLines(
    content: readonly LineObject[],
    dryRun = false,
  ): Promise<ImportResult & { rejectedLines: ReadonlyMap<number, string> }> {
    const file = join(folder, 'history.ndjson');
    await writeFile(file, content.map((item) => `${JSON.stringify(item)}\n`).join(''));
    const told = new Map<number, string>();
    const result = await importHistory(register, {
      file,
      source: 'import',
      dryRun,
      rejectFile: `${file}.rejects`,
      onRejected: ({ line: number, code }) => told.set(number, code),
    });
    if (!dryRun && result.rejected > 0) {
      for (const text of (await readFile(`${file}.rejects`, 'utf8')).trim().split('\n')) {
        const { line: number, code } = JSON.parse(text) as { readonly line: number; readonly code: string };
        told.set(number, code);
      }
    }
    return { ...result, rejectedLines: told };
  }

  it.each([false, true])('costs its own line and no other (dry run: %s)', async (dryRun) => {
    for (const [group, cases] of everyMalformed().entries()) {
      const marks = cases.map((_, index) => {
        const ref = `mark ${group} ${index} ${String(dryRun)}`;
        return line('TrainingCompleted', `staff-${IDS.staff}`, { course: ref }, { ref });
      });
      const content = cases.flatMap((wrong, index) => [wrong.line, marks[index] ?? {}]);
      const { rejectedLines, ...result } = await importLines(content, dryRun);
      const { lines: read, imported, skipped, rejected, brokenOff } = result;
      expect([read, imported + skipped + rejected, brokenOff]).toEqual([content.length, content.length, undefined]);
      for (const [index, { line: wrong, path, never }] of cases.entries()) {
        // A mark stands behind each: it landed.
        expect(rejectedLines.get(2 * index + 2)).toBeUndefined();
        const seen = [wrong['type'], path, at(wrong, path)];
        if (never) expect([...seen, rejectedLines.has(2 * index + 1)]).toEqual([...seen, true]);
      }
    }
  });

  it('is tried in a line of every type that a history may hold', () => {
    const tried = new Set(lines.map(({ type }) => type));
    expect(
      eventCatalogue
        .all()
        .filter(({ type, importable }) => importable && !tried.has(type))
        .map(({ type }) => type),
    ).toEqual([]);
    expect(everyMalformed().flat().length).toBeGreaterThan(10_000);
  });
});
