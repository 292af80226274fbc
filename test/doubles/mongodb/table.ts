import { calculateObjectSize, type Document } from 'bson';
import { Query } from 'mingo';
import { badHint, duplicateKey, tooLarge } from './errors.js';
import { keyText, store, type Stored } from './values.js';

export interface Index {
  readonly name: string;
  readonly key: Document;
  readonly unique?: boolean;
}

const ID_INDEX: Index = { name: '_id_', key: { _id: 1 } };
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * One collection at one moment. It is copied before it is changed, so that snapshots and transactions keep what they
 * saw.
 */
export class Table {
  private readonly documents: Map<string, Stored>;
  private readonly unique: Map<string, Map<string, string>>;
  private readonly buckets = new Map<string, Map<string, Stored[]>>();

  constructor(
    readonly indexes: readonly Index[] = [ID_INDEX],
    from?: Table,
  ) {
    this.documents = new Map(from?.documents);
    this.unique = new Map(
      indexes.filter((index) => index.unique).map((index) => [index.name, new Map(from?.unique.get(index.name))]),
    );
    for (const index of indexes) {
      if (index.unique && !from?.unique.has(index.name))
        for (const [id, document] of this.documents) this.take(index, document, id);
    }
  }

  copy(indexes: readonly Index[] = this.indexes): Table {
    return new Table(indexes, this);
  }

  get(id: string): Stored | undefined {
    return this.documents.get(id);
  }

  /**
   * Puts a document in, or replaces the one with its id.
   * @throws CommandError 11000 when a unique index has its key already.
   */
  put(typed: Document): string {
    if (calculateObjectSize(typed) > MAX_BYTES) throw tooLarge();
    const document = store(typed);
    const id = keyText(document.plain['_id']);
    const before = this.documents.get(id);
    if (before) this.release(before);
    try {
      for (const index of this.indexes) if (index.unique) this.take(index, document, id);
    } catch (error) {
      if (before) for (const index of this.indexes) if (index.unique) this.take(index, before, id);
      throw error;
    }
    this.documents.set(id, document);
    return id;
  }

  insert(typed: Document): string {
    if (this.documents.has(keyText(store({ _id: typed['_id'] as unknown }).plain['_id']))) throw duplicateKey('_id_');
    return this.put(typed);
  }

  remove(id: string): void {
    const document = this.documents.get(id);
    if (!document) return;
    this.release(document);
    this.documents.delete(id);
  }

  /**
   * The documents that a filter in plain form means.
   * @throws CommandError 2 when the hint names no index, as the server does.
   */
  matching(filter: Document, hint?: unknown): Stored[] {
    const hinted = this.indexes.find((index) => index.name === hint);
    if (hint !== undefined && !hinted) throw badHint();
    const query = new Query(filter);
    return this.candidates(filter, hinted).filter((document) => query.test(document.plain));
  }

  private candidates(filter: Document, hinted: Index | undefined): readonly Stored[] {
    const named = equalTo(filter['_id']);
    if (named) return named.flatMap((id) => this.documents.get(keyText(id)) ?? []);
    for (const index of this.indexes) {
      const fields = Object.keys(index.key);
      if (!index.unique || !fields.every((field) => isPlainValue(filter[field]))) continue;
      const id = this.unique.get(index.name)?.get(keyText(fields.map((field) => filter[field] as unknown)));
      return id === undefined ? [] : [this.documents.get(id) ?? []].flat();
    }
    const [first] = Object.keys(hinted?.key ?? {});
    const wanted = first === undefined ? undefined : equalTo(filter[first]);
    return first !== undefined && wanted
      ? wanted.flatMap((value) => this.bucket(first).get(keyText(value)) ?? [])
      : [...this.documents.values()];
  }

  /**
   * Documents by the value of one field; made at the first question, since a table is never changed after it was
   * published.
   */
  private bucket(field: string): Map<string, Stored[]> {
    const known = this.buckets.get(field);
    if (known) return known;
    const made = new Map<string, Stored[]>();
    for (const document of this.documents.values()) {
      const value: unknown = document.plain[field] ?? null;
      // An index over a list has an entry for each thing in it.
      for (const key of new Set((Array.isArray(value) ? value : [value]).map(keyText)))
        made.set(key, [...(made.get(key) ?? []), document]);
    }
    this.buckets.set(field, made);
    return made;
  }

  private take(index: Index, document: Stored, id: string): void {
    const taken = this.unique.get(index.name);
    const key = uniqueKey(index, document);
    if (taken?.has(key)) throw duplicateKey(index.name);
    taken?.set(key, id);
  }

  private release(document: Stored): void {
    for (const index of this.indexes) if (index.unique) this.unique.get(index.name)?.delete(uniqueKey(index, document));
  }
}

function uniqueKey(index: Index, document: Stored): string {
  return keyText(Object.keys(index.key).map((field) => (document.plain[field] ?? null) as unknown));
}

function isPlainValue(condition: unknown): boolean {
  return condition !== undefined && (condition === null || typeof condition !== 'object');
}

/** The values that a condition allows, when it is an equality or a list. */
function equalTo(condition: unknown): unknown[] | undefined {
  if (isPlainValue(condition)) return [condition];
  if (typeof condition !== 'object' || condition === null || !('$in' in condition)) return undefined;
  return Array.isArray(condition.$in) && Object.keys(condition).length === 1 ? condition.$in : undefined;
}
