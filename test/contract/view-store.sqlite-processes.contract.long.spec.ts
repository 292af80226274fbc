import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteViewStore } from '../../src/kernel/view-store/sqlite/sqlite-view-store.js';
import type { ViewVersion } from '../../src/kernel/view-store/view-store.js';
import { COLLECTIONS, id, PROJECTION } from './view-store.fixtures.js';

const ROWS_A_PAGE = 200;
let folder: string;
let children: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'views-'));
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await chmod(folder, 0o755);
  await rm(folder, { recursive: true });
});

/**
 * Starts a writer in a process of its own; `uid` makes it another user, whom file permissions hold even where the tests
 * run as root.
 */
function startWriter(
  args: string[],
  uid?: number,
): { child: ChildProcess; lines: string[]; ended: Promise<number | null> } {
  const program = join(import.meta.dirname, 'view-store.writer-process.ts');
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, '../support/run-typescript.mjs'), program, folder, ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(uid === undefined ? {} : { uid }),
    },
  );
  children.push(child);
  const lines: string[] = [];
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  return { child, lines, ended: once(child, 'close').then(([code]) => code as number | null) };
}

async function withVersion<T>(look: (version: ViewVersion) => Promise<T>): Promise<T> {
  const store = await SqliteViewStore.open(folder);
  try {
    return await look(await store.open(PROJECTION, '1', COLLECTIONS));
  } finally {
    await store.close();
  }
}

/** The checkpoint's position, and the pages that the rows are of; one page if rows and checkpoint moved together. */
function seen(version: ViewVersion): Promise<{ position: number; rows: number; pages: unknown[] }> {
  return version.snapshot(async (reader) => {
    const checkpoint = await reader.checkpoint();
    const rows = await reader.find('items', {});
    return {
      position: Number(checkpoint?.position ?? 0n),
      rows: rows.length,
      pages: [...new Set(rows.map((row) => row['due']))],
    };
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('views in SQLite and several processes', () => {
  it('lets two processes write one version in turns, without a lock failure and without a lost or doubled page', async () => {
    const writers = [startWriter(['one', '60']), startWriter(['two', '60'])];
    const ends = await Promise.all(
      writers.map(async ({ ended, lines }) => [await ended, ...lines.filter((said) => !/^\d+$/.test(said))]),
    );
    expect(ends).toEqual([[0], [0]]);
    const positions = writers.flatMap((writer) => writer.lines.map(Number)).sort((one, other) => one - other);
    expect(positions).toEqual(Array.from({ length: 120 }, (_, n) => n + 1));
    expect(await withVersion(seen)).toEqual({ position: 120, rows: ROWS_A_PAGE, pages: [120] });
  });

  it('shows whole pages to a reader while another process writes', async () => {
    const writer = startWriter(['one', '80']);
    await until(() => writer.lines.length > 0);
    const observed = await withVersion(async (version) => {
      const observations = [];
      while (writer.child.exitCode === null) {
        observations.push(await seen(version));
        await new Promise((resolve) => setImmediate(resolve));
      }
      return observations;
    });
    expect(await writer.ended).toBe(0);
    expect(observed.length).toBeGreaterThan(0);
    for (const { position, rows, pages } of observed)
      expect({ rows, pages }).toEqual({ rows: ROWS_A_PAGE, pages: [position] });
  });

  it.each([
    { mode: 'following', args: ['one', '100000'] },
    { mode: 'filling in bulk', args: ['one', '100000', 'bulk'] },
  ])('keeps rows and checkpoint together when the process is killed while $mode', async ({ args }) => {
    let before = 0;
    for (const delay of [0, 3, 7, 11]) {
      const writer = startWriter(args);
      await until(() => writer.lines.length > 5);
      await new Promise((resolve) => setTimeout(resolve, delay));
      writer.child.kill('SIGKILL');
      await writer.ended;
      const { position, rows, pages } = await withVersion(seen);
      expect({ rows, pages }).toEqual({ rows: ROWS_A_PAGE, pages: [position] });
      expect(position).toBeGreaterThanOrEqual(Math.max(before + 6, Number(writer.lines.at(-1))));
      before = position;
    }
  });

  it('knows a version whose filling was interrupted, and finishes it', async () => {
    const writer = startWriter(['one', '100000', 'bulk']);
    await until(() => writer.lines.length > 3);
    writer.child.kill('SIGKILL');
    await writer.ended;
    await withVersion(async (version) => {
      expect(await version.filling()).toBe(true);
      await version.endBulk();
      expect(await version.find('items', { where: { unit: id(1000) } })).toHaveLength(ROWS_A_PAGE);
    });
  });

  it('says which file it cannot write when the folder is read-only', async () => {
    await chmod(folder, 0o555);
    const uid = process.getuid?.() === 0 ? 65534 : undefined;
    const writer = startWriter(['one', '1'], uid);
    expect(await writer.ended).toBe(1);
    expect(writer.lines).toEqual([
      `VIEW_STORE_UNUSABLE: ${join(folder, 'catalogue.sqlite')} cannot be written; the views need a folder that this program may write to`,
    ]);
  });
});
