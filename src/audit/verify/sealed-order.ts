import type { StoredRecord } from '../../kernel/event-store/event-store.js';
import { type Hash, same } from '../../kernel/integrity/merkle.js';
import { leafOf } from '../../kernel/integrity/leaf.js';
import { TILE, type TreeFile } from '../../kernel/integrity/tree-file.js';
import type { Findings } from './finding.js';

/** So far ahead a leaf is looked for when it does not stand where it should. */
const REACH = 2 * TILE;

/**
 * Compares the log with the leaves that were sealed, one after another, and finds its way again after a place where
 * they differ, so that one missing event is one finding and not a finding for each event behind it.
 */
export class SealedOrder {
  private readonly missing = new Set<string>();
  /** An event that does not stand in the tree here; the next one tells whether it was changed or inserted. */
  private odd: StoredRecord | undefined;
  private guessed: boolean;
  private tile: { number: number; leaves: Hash[] } | undefined;

  /**
   * @param index where in the tree the first event should stand
   * @param sealed so many leaves were sealed
   */
  constructor(
    private readonly tree: TreeFile,
    private index: number,
    private readonly sealed: number,
    private readonly findings: Findings,
  ) {
    this.guessed = index > 0;
  }

  /** How many leaves are behind the last event. */
  get reached(): number {
    return this.index + (this.odd ? 1 : 0);
  }

  /** @returns true when the event lies behind what was sealed */
  check(record: StoredRecord): boolean {
    const leaf = leafOf(record);
    if (this.odd) this.judgeOdd(leaf);
    if (this.index >= this.sealed) return true;
    if (this.isAt(leaf, this.index)) this.index += 1;
    else this.find(leaf, record);
    this.guessed = false;
    return false;
  }

  /** So many events stand here that cannot be read. */
  pass(events: number): void {
    if (this.odd) this.notAsSealed(this.odd);
    this.index = Math.min(Math.max(this.sealed, this.index), this.index + events);
  }

  /** The last event has come. */
  end(): void {
    if (this.odd) this.notAsSealed(this.odd);
  }

  private find(leaf: Hash, record: StoredRecord): void {
    const ahead = this.lookAhead(leaf);
    if (ahead === undefined) {
      this.odd = record;
      return;
    }
    // Behind the log's beginning a part's place is guessed from the position; what is missing before it is found with
    // the part before.
    if (!this.guessed) {
      const { position } = record;
      this.findings.add({
        code: 'MISSING',
        position,
        message: `${ahead - this.index} sealed event(s) are missing before position ${position}`,
      });
      for (let index = this.index; index < ahead; index++) this.missing.add(key(this.leafAt(index)!));
    }
    this.index = ahead + 1;
  }

  private judgeOdd(next: Hash): void {
    const odd = this.odd!;
    this.odd = undefined;
    if (!this.isAt(next, this.index)) {
      this.notAsSealed(odd);
      return;
    }
    const { position, id: event, stream } = odd;
    if (this.missing.delete(key(leafOf(odd))))
      this.findings.add({
        code: 'REORDERED',
        position,
        event,
        stream,
        message: `the event at position ${position} stood elsewhere when it was sealed`,
      });
    else
      this.findings.add({
        code: 'INSERTED',
        position,
        event,
        stream,
        message: `the event at position ${position} was not there when its neighbours were sealed`,
      });
  }

  private notAsSealed({ position, id: event, stream }: StoredRecord): void {
    this.odd = undefined;
    this.index += 1;
    this.findings.add({
      code: 'NOT_AS_SEALED',
      position,
      event,
      stream,
      message: `the event at position ${position} is not the one that was sealed there`,
    });
  }

  private lookAhead(leaf: Hash): number | undefined {
    for (let index = this.index + 1; index < Math.min(this.sealed, this.index + REACH); index++)
      if (this.isAt(leaf, index)) return index;
    return undefined;
  }

  private isAt(leaf: Hash, index: number): boolean {
    const sealed = index < this.sealed ? this.leafAt(index) : undefined;
    return sealed !== undefined && same(leaf, sealed);
  }

  private leafAt(index: number): Hash | undefined {
    const number = Math.floor(index / TILE);
    if (this.tile?.number !== number) this.tile = { number, leaves: this.tree.tile(number) };
    return this.tile.leaves[index % TILE];
  }
}

function key(hash: Hash): string {
  return Buffer.from(hash).toString('latin1');
}
