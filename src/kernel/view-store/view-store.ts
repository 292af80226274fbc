/**
 * Where read models lie: disposable, rebuilt from the log at will. A projection has versions side by side, one of them
 * active; a version has typed collections and one checkpoint, and every write moves rows and checkpoint in one atomic
 * step. Every adapter passes `test/contract/view-store.contract.ts`.
 */
export interface ViewStore {
  readonly name: string;
  /** What kind of server was found when the store was opened, in words; absent where there is none. */
  readonly server?: string | undefined;
  /** Opens a version of a projection and makes its collections and indexes when they are missing. */
  open(projection: string, version: string, collections: readonly CollectionSpec[]): Promise<ViewVersion>;
  /** The version whose rows answer, or undefined when none was activated yet. */
  active(projection: string): Promise<string | undefined>;
  /** Makes a version the one that answers; atomic, seen by other processes at once. */
  activate(projection: string, version: string): Promise<void>;
  /** All versions that lie in the store. */
  versions(projection: string): Promise<string[]>;
  /** Removes a version and all its rows. @throws ViewStoreError when it is the active one. */
  drop(projection: string, version: string): Promise<void>;
  close(): Promise<void>;
}

/** `uuid` is kept compactly (16 bytes where the store can); `json` is kept as it is and cannot be asked for. */
export type FieldType = 'uuid' | 'text' | 'integer' | 'json';

export interface CollectionSpec {
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldType>>;
  /** The fields that together name one row. Writing a row with the same key replaces it. */
  readonly key: readonly string[];
  /** Every query but one by key is served by one of these; an adapter refuses one that is not. */
  readonly indexes?: readonly (readonly string[])[];
}

/** For a `json` field: a value that is JSON text already, put as it is. */
export class JsonText {
  constructor(readonly text: string) {}

  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

export type Value = string | number | null;
export type Row = Readonly<Record<string, unknown>>;
export type Condition =
  | Value
  | {
      readonly lt?: Value;
      readonly lte?: Value;
      readonly gt?: Value;
      readonly gte?: Value;
      readonly in?: readonly Value[];
    };
export type Where = Readonly<Record<string, Condition>>;

export interface Query {
  readonly where?: Where;
  /** Ascending, in this order. Required together with `limit`. */
  readonly orderBy?: readonly string[];
  readonly limit?: number;
}

export interface Checkpoint {
  /** Everything up to and including this log position is in the rows. */
  readonly position: bigint;
  /** recordedAt of that event, or '' before the first. */
  readonly recordedAt: string;
  /** Number of events up to it. */
  readonly facts: number;
  /** Raised by each runner that takes over; a write with an older one is refused. */
  readonly fence: number;
  /** The id of the register whose log the rows were made from; absent where no writer has said so. */
  readonly register?: string;
}

export interface WriteBatch {
  /** What the writer believes the checkpoint to be; undefined for a version that has none yet. */
  readonly expected: Checkpoint | undefined;
  readonly next: Checkpoint;
  readonly puts?: readonly { readonly collection: string; readonly rows: readonly Row[] }[];
  readonly deletes?: readonly { readonly collection: string; readonly where: Where }[];
}

/** Reads that belong together: all of them see one and the same checkpoint, never half of a page. */
export interface ViewReader {
  checkpoint(): Promise<Checkpoint | undefined>;
  get(collection: string, key: readonly Value[]): Promise<Row | undefined>;
  /** Rows in the order of the keys; undefined where there is none. */
  getMany(collection: string, keys: readonly (readonly Value[])[]): Promise<(Row | undefined)[]>;
  find(collection: string, query: Query): Promise<Row[]>;
  /** Rows counted by the given fields: each answer row has those fields and `count`. */
  countBy(collection: string, fields: readonly string[], where: Where): Promise<Row[]>;
}

export interface ViewVersion extends ViewReader {
  readonly projection: string;
  readonly version: string;
  /** The store it lies in, as messages name it: a folder or a database, without anything secret. */
  readonly place: string;
  /**
   * True from {@link beginBulk} to {@link endBulk}, also for whoever opens the version after a crash in between: resume
   * it or drop it; it cannot be activated.
   */
  filling(): Promise<boolean>;
  /**
   * Deletes, then puts, then the checkpoint, in one atomic step.
   * @throws CheckpointMoved when another runner wrote in between; nothing was written then.
   */
  write(batch: WriteBatch): Promise<void>;
  /**
   * Runs several reads against one snapshot. `read` must have no effects of its own: a store that cannot hold a
   * snapshot (a MongoDB server by itself) runs it again when somebody wrote meanwhile.
   */
  snapshot<T>(read: (reader: ViewReader) => Promise<T>): Promise<T>;
  /**
   * A fresh version may be filled faster, without a lock on what answers; indexes may be made at the end. Ends with
   * {@link endBulk}.
   */
  beginBulk(): Promise<void>;
  endBulk(): Promise<void>;
}

export abstract class ViewStoreError extends Error {
  abstract readonly code: string;
}

export class CheckpointMoved extends ViewStoreError {
  readonly code = 'CHECKPOINT_MOVED';
  constructor(
    readonly projection: string,
    readonly actual: Checkpoint | undefined,
  ) {
    super(`another runner moved the checkpoint of ${projection}`);
  }
}

/**
 * A question or a delete that no declared key or index serves: a defect of the caller, found in the first test that
 * asks it.
 */
export class QueryNotServed extends ViewStoreError {
  readonly code = 'QUERY_NOT_SERVED';
  constructor(
    readonly collection: string,
    reason: string,
  ) {
    super(`${collection}: ${reason}`);
  }
}

export class ViewStoreUnavailable extends ViewStoreError {
  readonly code = 'VIEW_STORE_UNAVAILABLE';
}

export class ViewStoreUnusable extends ViewStoreError {
  readonly code = 'VIEW_STORE_UNUSABLE';
}
