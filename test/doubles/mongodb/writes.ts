import { ObjectId, type Document } from 'bson';
import { CommandError } from './errors.js';
import type { State, Transaction } from './state.js';
import { Table } from './table.js';
import { updated, upserted } from './updates.js';
import { keyText, plainOf } from './values.js';

/**
 * Thrown when a write meets a document that an open transaction has changed: it starts over when that one has ended.
 */
export class MustWait extends Error {}

/**
 * One command's writes on one collection: outside a transaction they show when the command ends, inside when it
 * commits.
 */
export class Writer {
  private readonly table: Table;

  constructor(
    private readonly state: State,
    private readonly namespace: string,
    private readonly transaction: Transaction | undefined,
  ) {
    this.table = (transaction?.tables ?? state.now).get(namespace)?.copy() ?? new Table();
  }

  insert(document: Document): void {
    const whole = { _id: (document['_id'] ?? new ObjectId()) as unknown, ...document };
    this.touch(keyText(plainOf(whole['_id'])));
    this.table.insert(whole);
  }

  /** One statement of an update; gives what it matched and the id it made. */
  update(statement: Document): {
    n: number;
    modified: number;
    upserted?: unknown;
    before?: Document;
    after?: Document;
  } {
    const filter = statement['q'] as Document;
    const change = statement['u'] as Document;
    const found = this.table.matching(plainOf(filter) as Document, statement['hint']);
    const chosen = statement['multi'] === true ? found : found.slice(0, 1);
    if (chosen.length === 0 && statement['upsert'] === true) {
      const made = upserted(filter, change);
      this.touch(keyText(plainOf(made['_id'])));
      this.table.insert(made);
      return { n: 1, modified: 0, upserted: made['_id'], after: made };
    }
    let last: { before?: Document; after?: Document } = {};
    for (const document of chosen) {
      this.touch(keyText(document.plain['_id']));
      const after = updated(document.typed, change);
      this.table.put(after);
      last = { before: document.typed, after };
    }
    return { n: chosen.length, modified: chosen.length, ...last };
  }

  delete(statement: Document): number {
    const found = this.table.matching(plainOf(statement['q']) as Document, statement['hint']);
    const chosen = Number(plainOf(statement['limit'])) === 1 ? found.slice(0, 1) : found;
    for (const document of chosen) {
      const id = keyText(document.plain['_id']);
      this.touch(id);
      this.table.remove(id);
    }
    return chosen.length;
  }

  /** Lets the writes be seen. */
  end(): void {
    if (this.transaction) this.transaction.tables.set(this.namespace, this.table);
    else this.state.publish(new Map(this.state.now).set(this.namespace, this.table));
  }

  private touch(id: string): void {
    if (this.transaction) this.state.claim(this.transaction, this.namespace, id);
    else if (this.state.isLocked(this.namespace, id)) throw new MustWait();
  }
}

/** Runs the statements of one command; what fails is told in its place. Ordered ones stop there. */
export function runAll<T>(
  statements: readonly T[],
  ordered: boolean,
  inTransaction: boolean,
  run: (statement: T, index: number) => void,
): Document[] {
  const errors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      // In a transaction an error ends the command and the transaction with it.
      if (!(error instanceof CommandError) || (inTransaction && error.labels.length > 0)) throw error;
      errors.push({ index, code: error.code, errmsg: error.message });
      if (ordered || inTransaction) break;
    }
  }
  return errors;
}
