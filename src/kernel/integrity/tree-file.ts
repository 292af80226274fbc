import { LRUCache } from 'lru-cache';
import { openOwnFile, type OwnFile } from '../sqlite/own-file.js';
import {
  type SqliteDatabase,
  type SqliteStatement,
  closeDatabase,
  inTransaction,
  sqliteFailure,
} from '../sqlite/sqlite.js';
import { type SignedCheckpoint, readCheckpoint, writeCheckpoint } from './checkpoint.js';
import { IntegrityError } from './integrity-error.js';
import { emptyRoot, type Hash, nodeHash, rootOf, same, split } from './merkle.js';

/** So many leaves lie in one row, and their root is kept when the row is full: a power of two, so that it is a node of the tree. */
export const TILE = 256;

const HASH_BYTES = 32;
/** The root over fewer leaves is sooner computed than remembered. */
const REMEMBERED_FROM = 4;
/** "FOKN" in ASCII. */
const APPLICATION_ID = 0x464f4b4e;
const FORMAT_VERSION = 1;
export const TREE_SCHEMA = `
CREATE TABLE tiles (number INTEGER PRIMARY KEY, leaves BLOB NOT NULL, root BLOB, last_position TEXT NOT NULL, last_event TEXT NOT NULL) STRICT;
CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, signed TEXT NOT NULL) STRICT;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${FORMAT_VERSION};
`;
const SEAL_FILE: OwnFile = {
  name: 'file of seals',
  schema: TREE_SCHEMA,
  applicationId: APPLICATION_ID,
  format: FORMAT_VERSION,
  writing: 'PRAGMA synchronous = FULL',
  whenAltered: 'restore its backup',
  refused: (why) => new IntegrityError('SEALS_UNUSABLE', why),
};

interface TileRow {
  readonly number: number;
  readonly leaves: Uint8Array;
  readonly root: Uint8Array | null;
  readonly last_position: string;
  readonly last_event: string;
}

/** A leaf, with the event it stands for. */
export interface Leaf {
  readonly hash: Hash;
  readonly position: bigint;
  readonly event: string;
}

/** How far the tree reaches. */
export interface TreeEnd {
  readonly size: number;
  readonly position: bigint;
  readonly event: string;
}

/** The Merkle tree and its checkpoints in one SQLite file beside the log: 32 bytes an event, added at the end only. */
export class TreeFile {
  private readonly selectTile: SqliteStatement;
  private readonly selectRoot: SqliteStatement;
  private readonly roots = new LRUCache<string, Hash>({ max: 100_000 });
  private lastTile: { readonly number: number; readonly leaves: Hash[] } | undefined;

  private constructor(private readonly db: SqliteDatabase) {
    this.selectTile = db.prepare('SELECT * FROM tiles WHERE number = ?');
    this.selectRoot = db.prepare('SELECT root FROM tiles WHERE number = ? AND root IS NOT NULL');
  }

  /** Opens the file, or makes it. @throws IntegrityError SEALS_UNUSABLE */
  static open(path: string, readOnly = false): TreeFile {
    try {
      return new TreeFile(openOwnFile(path, SEAL_FILE, { readOnly, busyTimeoutMs: 2000 }));
    } catch (error) {
      if (error instanceof IntegrityError) throw error;
      throw new IntegrityError('SEALS_UNUSABLE', `the seals cannot be opened (${sqliteFailure(error) ?? 'unknown'})`, {
        cause: error,
      });
    }
  }

  end(): TreeEnd | undefined {
    const row = this.db.prepare('SELECT * FROM tiles ORDER BY number DESC LIMIT 1').get() as TileRow | undefined;
    return (
      row && {
        size: row.number * TILE + row.leaves.length / HASH_BYTES,
        position: BigInt(row.last_position),
        event: row.last_event,
      }
    );
  }

  /**
   * Adds leaves at the end.
   * @param size how many leaves the writer believes there are
   * @returns false, having changed nothing, when another process added some in between
   */
  append(size: number, leaves: readonly Leaf[]): boolean {
    return this.transaction(() => {
      if ((this.end()?.size ?? 0) !== size) return false;
      let next = 0;
      while (next < leaves.length) {
        const number = Math.floor((size + next) / TILE);
        const room = TILE - ((size + next) % TILE);
        this.extendTile(number, leaves.slice(next, next + room));
        next += room;
      }
      return true;
    });
  }

  /** The leaves of a tile; empty when there are none. */
  tile(number: number): Hash[] {
    const bytes = (this.selectTile.get(number) as TileRow | undefined)?.leaves ?? new Uint8Array();
    return Array.from({ length: bytes.length / HASH_BYTES }, (_, index) =>
      bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
    );
  }

  /** The place of a leaf, found by the log position of its event; undefined when it is not there. */
  indexOf(position: bigint, leaf: Hash): number | undefined {
    const row = this.db
      .prepare('SELECT number FROM tiles WHERE CAST(last_position AS INTEGER) >= ? ORDER BY number LIMIT 1')
      .get(position) as { number: number } | undefined;
    if (!row) return undefined;
    const within = this.tile(row.number).findIndex((hash) => same(hash, leaf));
    return within < 0 ? undefined : row.number * TILE + within;
  }

  /**
   * The root over the leaves [from, to): a node of the tree, or its right edge. What was added once never changes, so it is computed once;
   * the proofs of neighbours have most of their hashes in common.
   */
  subtree(from: number, to: number): Hash {
    const name = `${from}-${to}`;
    const known = this.roots.get(name);
    if (known) return known;
    const root = this.computeSubtree(from, to);
    if (to - from >= REMEMBERED_FROM) this.roots.set(name, root);
    return root;
  }

  /** The root over the first `size` leaves, computed from the leaves alone. */
  recompute(size: number): Hash {
    const roots: Hash[] = [];
    for (let number = 0; number * TILE < size; number++)
      roots.push(rootOf(this.tile(number).slice(0, size - number * TILE)));
    return rootOf(roots);
  }

  /** The roots over the first so many leaves, for each of the sizes; one pass over the leaves. @param sizes rising, none beyond the end */
  rootsAt(sizes: readonly number[]): Hash[] {
    const roots: Hash[] = [];
    const whole: { readonly size: number; readonly root: Hash }[] = [];
    let [reached, number] = [0, 0];
    for (const size of sizes) {
      while (reached + TILE <= size) {
        addTo(whole, { size: TILE, root: rootOf(this.tile(number)) });
        [reached, number] = [reached + TILE, number + 1];
      }
      const rest = size - reached;
      const edge = rest === 0 ? undefined : rootOf(this.tile(number).slice(0, rest));
      roots.push(
        rootOfRow(
          whole.map(({ root }) => root),
          edge,
        ),
      );
    }
    return roots;
  }

  /** Keeps a checkpoint; one of that size that is there already stays. */
  keep(signed: SignedCheckpoint): void {
    this.db
      .prepare('INSERT INTO checkpoints (size, signed) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(signed.checkpoint.size, writeCheckpoint(signed));
  }

  /** All checkpoints, oldest first. @throws IntegrityError SEALS_UNUSABLE when one cannot be read */
  checkpoints(): SignedCheckpoint[] {
    const rows = this.db.prepare('SELECT signed FROM checkpoints ORDER BY size').all() as { signed: string }[];
    return rows.map(({ signed }) => readOrThrow(signed));
  }

  last(): SignedCheckpoint | undefined {
    const row = this.db.prepare('SELECT signed FROM checkpoints ORDER BY size DESC LIMIT 1').get() as
      { signed: string } | undefined;
    return row && readOrThrow(row.signed);
  }

  transaction<T>(work: () => T): T {
    return inTransaction(this.db, work);
  }

  close(): void {
    if (this.db.isOpen) closeDatabase(this.db);
  }

  private extendTile(number: number, leaves: readonly Leaf[]): void {
    const all = [...this.tile(number), ...leaves.map(({ hash }) => hash)];
    const { position, event } = leaves.at(-1)!;
    this.db
      .prepare('INSERT OR REPLACE INTO tiles (number, leaves, root, last_position, last_event) VALUES (?, ?, ?, ?, ?)')
      .run(number, Buffer.concat(all), all.length === TILE ? rootOf(all) : null, String(position), event);
  }

  private computeSubtree(from: number, to: number): Hash {
    const number = Math.floor(from / TILE);
    if (to <= (number + 1) * TILE) {
      const kept = to - from === TILE ? (this.selectRoot.get(number) as { root: Uint8Array } | undefined) : undefined;
      return kept?.root ?? rootOf(this.leavesOf(number), from - number * TILE, to - number * TILE);
    }
    const middle = from + split(to - from);
    return nodeHash(this.subtree(from, middle), this.subtree(middle, to));
  }

  /** The leaves of a tile; those of the last full one that was asked for are at hand. */
  private leavesOf(number: number): Hash[] {
    if (this.lastTile?.number === number) return this.lastTile.leaves;
    const leaves = this.tile(number);
    if (leaves.length === TILE) this.lastTile = { number, leaves };
    return leaves;
  }
}

/** Adds a complete subtree at the right: two of one size are one of twice that size. */
function addTo(
  whole: { readonly size: number; readonly root: Hash }[],
  added: { readonly size: number; readonly root: Hash },
): void {
  let last = added;
  while (whole.at(-1)?.size === last.size) {
    const left = whole.pop()!;
    last = { size: left.size * 2, root: nodeHash(left.root, last.root) };
  }
  whole.push(last);
}

/** The root over complete subtrees of falling size, and what stands at the right edge. */
function rootOfRow(whole: readonly Hash[], edge: Hash | undefined): Hash {
  const all = edge ? [...whole, edge] : whole;
  return all.length === 0
    ? emptyRoot()
    : all.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), all.at(-1)!);
}

function readOrThrow(text: string): SignedCheckpoint {
  const signed = readCheckpoint(text);
  if (!signed) throw new IntegrityError('SEALS_UNUSABLE', 'a checkpoint in the seals cannot be read');
  return signed;
}
