import type { Document, Filter } from 'mongodb';
import type { Checkpoint } from '../view-store.js';

/** What is known of one version of a projection, in one document: changing it is one atomic step on every MongoDB. */
export interface VersionDocument {
  /** `<projection>@<version>` */
  readonly _id: string;
  readonly projection: string;
  readonly version: string;
  /** Per collection its fields and key, as JSON; another layout needs another version. */
  readonly layouts: Readonly<Record<string, string>>;
  readonly filling: boolean;
  /** The number of the last write that was begun. */
  readonly seq: bigint;
  /** The checkpoint; absent before the first page. */
  readonly position?: bigint;
  readonly recordedAt?: string;
  readonly facts?: bigint;
  readonly fence?: number;
  readonly register?: string | null;
  /** Only on a server without transactions: a page that counts as written, but whose rows may not all be there yet. */
  readonly pending?: PendingPage | null;
  /** Numbers of writes whose runner vanished; rows that still carry one came too late and do not count. */
  readonly abandoned?: readonly { readonly seq: bigint; readonly at: Date }[];
}

export interface PendingPage extends CheckpointFields {
  readonly seq: bigint;
  readonly page: string;
}

export interface CheckpointFields {
  readonly position: bigint;
  readonly recordedAt: string;
  readonly facts: bigint;
  readonly fence: number;
  readonly register: string | null;
}

export function checkpointFields(checkpoint: Checkpoint): CheckpointFields {
  const { position, recordedAt, facts, fence, register } = checkpoint;
  return { position, recordedAt, facts: BigInt(facts), fence, register: register ?? null };
}

export function checkpointOf(document: Partial<CheckpointFields> | null | undefined): Checkpoint | undefined {
  if (document?.position === undefined || document.position === null) return undefined;
  return {
    position: BigInt(document.position),
    recordedAt: document.recordedAt ?? '',
    facts: Number(document.facts ?? 0),
    fence: Number(document.fence ?? 0),
    ...(typeof document.register === 'string' ? { register: document.register } : {}),
  };
}

/** Matches the version as long as its checkpoint is the one the writer knows. */
export function standsAt(id: string, expected: Checkpoint | undefined): Filter<VersionDocument> {
  const filter: Document = expected
    ? { _id: id, position: expected.position, fence: expected.fence }
    : { _id: id, position: null };
  return filter as Filter<VersionDocument>;
}
