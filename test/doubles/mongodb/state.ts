import { Timestamp } from 'bson';
import { writeConflict } from './errors.js';
import { Table } from './table.js';

export type Tables = ReadonlyMap<string, Table>;

/** Moments kept for snapshots; older ones are "too old", as on a server. */
const MOMENTS = 1_000;

/** The documents that a transaction changed hold others off until it ends. */
export class Transaction {
  readonly tables: Map<string, Table>;
  readonly touched = new Set<string>();

  constructor(readonly base: Tables) {
    this.tables = new Map(base);
  }
}

/** All collections, now and at the moments before: tables are never changed, each write makes new ones. */
export class State {
  private moments: { readonly time: number; readonly tables: Tables }[] = [{ time: 1, tables: new Map() }];
  private readonly locks = new Map<string, Transaction>();

  get now(): Tables {
    return this.moments.at(-1)?.tables ?? new Map();
  }

  get time(): Timestamp {
    return new Timestamp({ t: 1, i: this.moments.at(-1)?.time ?? 1 });
  }

  at(time: Timestamp): Tables | undefined {
    return this.moments.find((moment) => moment.time === time.i)?.tables;
  }

  publish(tables: Tables): void {
    this.moments = [...this.moments.slice(-MOMENTS), { time: (this.moments.at(-1)?.time ?? 0) + 1, tables }];
  }

  /** Whether somebody's open transaction has changed a document: a write outside of it waits for its end. */
  isLocked(namespace: string, id: string): boolean {
    return this.locks.has(`${namespace} ${id}`);
  }

  /**
   * Claims a document for a transaction.
   * @throws CommandError WriteConflict when another one changed it since this one began, or is about to.
   */
  claim(transaction: Transaction, namespace: string, id: string): void {
    const name = `${namespace} ${id}`;
    const holder = this.locks.get(name);
    const changed = this.now.get(namespace)?.get(id) !== transaction.base.get(namespace)?.get(id);
    if ((holder && holder !== transaction) || changed) throw writeConflict();
    this.locks.set(name, transaction);
    transaction.touched.add(name);
  }

  commit(transaction: Transaction): void {
    const tables = new Map(this.now);
    const copied = new Set<string>();
    for (const name of transaction.touched) {
      const [namespace = '', id = ''] = [name.slice(0, name.indexOf(' ')), name.slice(name.indexOf(' ') + 1)];
      const table = copied.has(namespace) ? tables.get(namespace) : (tables.get(namespace)?.copy() ?? new Table());
      if (!table) continue;
      copied.add(namespace);
      tables.set(namespace, table);
      const document = transaction.tables.get(namespace)?.get(id);
      if (document) table.put(document.typed);
      else table.remove(id);
    }
    this.publish(tables);
    this.release(transaction);
  }

  release(transaction: Transaction): void {
    for (const name of transaction.touched) this.locks.delete(name);
  }
}
