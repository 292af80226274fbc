/** What `$metadata` says of a stream: how much of it is to be seen, and who may do what with it. */

/** The truncation that hides a stream whole, which is what a delete writes; also the revision of the event that stands for a tombstone. */
export const LAST_REVISION = 2n ** 63n - 1n;

/** The rights of a stream: a role, several, or none. What is left out is taken from the server's settings, then from its default. */
export interface Acl {
  readonly $r?: string | readonly string[];
  readonly $w?: string | readonly string[];
  readonly $d?: string | readonly string[];
  readonly $mr?: string | readonly string[];
  readonly $mw?: string | readonly string[];
}

export interface StreamMetadata {
  readonly $maxCount?: number;
  /** Seconds. */
  readonly $maxAge?: number;
  readonly $tb?: number;
  readonly $acl?: Acl;
}

/** The JSON object in an event's data; an empty one when it holds none. */
export function jsonObject(data: Uint8Array | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(data ?? []).toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Before which revision nothing is to be seen. */
export function hiddenBefore({ $tb = 0 }: StreamMetadata): bigint {
  // JSON's numbers are doubles here, and the largest revision is none.
  return $tb >= Number(LAST_REVISION) ? LAST_REVISION : BigInt($tb);
}

/** Metadata with another truncation, as bytes. */
export function withTruncation(metadata: StreamMetadata, before: bigint): Uint8Array {
  const { $tb: _, ...rest } = metadata;
  const others = JSON.stringify(rest).slice(1, -1);
  return Buffer.from(`{${others === '' ? '' : `${others},`}"$tb":${before}}`);
}
