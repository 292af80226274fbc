import {
  type Append,
  DuplicateEventId,
  type EventStoreError,
  type ExpectedRevision,
  RecordedAtBehind,
  type RecordPlace,
  WrongExpectedRevision,
} from './event-store.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * Checks what no caller may get wrong: at least one record, ids as lower-case UUIDs, instants with milliseconds, a hash
 * of 32 bytes.
 * @throws RangeError: a mistake in the program, not an answer of the store.
 */
export function assertWellFormed(append: Append): void {
  if (append.stream === '') throw new RangeError('an append names its stream');
  if (append.records.length === 0) throw new RangeError('an append carries at least one record');
  for (const record of append.records) {
    if (!UUID.test(record.id)) throw new RangeError('an event id is a UUID in lower case');
    if (!INSTANT.test(record.recordedAt)) throw new RangeError('recordedAt is RFC 3339 UTC with milliseconds');
    if (record.hash.byteLength !== 32) throw new RangeError('a chain hash has 32 bytes');
  }
}

/** True for a string that can be the id of an event. */
export function isEventId(id: string): boolean {
  return UUID.test(id);
}

/**
 * What is to be done with an append, given where the stream stands and where its ids stand already. One rule for all
 * stores:
 * - no id is known: written when the stream stands where the writer expects it;
 * - all ids stand one after another in this stream, where this append would have put them: it was written before;
 * - anything else is refused, so that an id is never in the log twice.
 * @param actual the revision at which the stream stands, undefined when it is not there
 * @param placeOf where an id stands in the log, undefined when it does not
 * @param headHash the hash of the stream's last record; asked for only when the append says what it is chained to
 * @returns undefined when the records are to be written; the place of the last one when they stand there already; or
 * why not
 */
export function decideAppend(
  append: Append,
  actual: bigint | undefined,
  placeOf: (id: string) => RecordPlace | undefined,
  headHash?: () => Uint8Array | undefined,
): RecordPlace | EventStoreError | undefined {
  const { stream, expected, records } = append;
  const twice = idTwice(append);
  if (twice !== undefined) return new DuplicateEventId(twice);

  const places = records.map((record) => placeOf(record.id));
  const elsewhere = places.findIndex((place) => place !== undefined && place.stream !== stream);
  if (elsewhere >= 0) return new DuplicateEventId(records[elsewhere]!.id);

  const known = places.findIndex((place) => place !== undefined);
  if (known < 0)
    return holds(expected, actual) && isChained(append, headHash)
      ? undefined
      : new WrongExpectedRevision(stream, expected, actual);

  const first = places[0]?.revision;
  const start = typeof expected === 'bigint' ? expected + 1n : expected === 'NO_STREAM' ? 0n : first;
  const oneAfterAnother = places.every(
    (place, index) => place !== undefined && first !== undefined && place.revision === first + BigInt(index),
  );
  if (oneAfterAnother && first === start) return places.at(-1)!;
  return expected === actual
    ? new DuplicateEventId(records[known]!.id)
    : new WrongExpectedRevision(stream, expected, actual);
}

function isChained({ chainedTo }: Append, headHash: (() => Uint8Array | undefined) | undefined): boolean {
  if (!chainedTo || !headHash) return true;
  const hash = headHash();
  return hash !== undefined && Buffer.compare(hash, chainedTo) === 0;
}

/** Says whether a stream that stands at `actual` is where the writer expects it. */
export function holds(expected: ExpectedRevision, actual: bigint | undefined): boolean {
  switch (expected) {
    case 'ANY':
      return true;
    case 'NO_STREAM':
      return actual === undefined;
    case 'STREAM_EXISTS':
      return actual !== undefined;
    default:
      return expected === actual;
  }
}

/**
 * Says whether the records' times never run backwards, beginning at the last one in the log (undefined when it is
 * empty).
 */
export function timesRise(append: Append, last: string | undefined): RecordedAtBehind | undefined {
  let latest = last ?? '';
  for (const { recordedAt } of append.records) {
    if (recordedAt < latest) return new RecordedAtBehind(latest);
    latest = recordedAt;
  }
  return undefined;
}

function idTwice({ records }: Append): string | undefined {
  if (records.length === 1) return undefined;
  const seen = new Set<string>();
  return records.find(({ id }) => seen.size === seen.add(id).size)?.id;
}
