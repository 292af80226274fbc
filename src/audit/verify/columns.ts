import type { StoredRecord } from '../../kernel/event-store/event-store.js';

/**
 * The end of an event's canonical bytes, from `effectiveOn` on: all that a store keeps beside them stands there, in
 * this order and without escapes. Looking there is a third of the price of parsing the whole, most of which are data
 * that the chain alone is about.
 */
const END = new RegExp(
  ',"effectiveOn":"[^"]*","id":"([^"\\\\]*)",(?:"lateReason":null,)?(?:"origin":{[^{}]*},)?"recordedAt":"([^"\\\\]*)",(?:"register":"[^"]*",)?' +
    '"revision":"([^"\\\\]*)","schemaVersion":[0-9]+,(?:"sealed":"[^"]*",)?"stream":"([^"\\\\]*)",(?:"subject":"[^"]*",)?"type":"([^"\\\\]*)","v":1}$',
);

/** What the store keeps beside the bytes and does not say the same, or `form` when the bytes are no event. */
export function differentColumn(record: StoredRecord): string | undefined {
  const { body, id, type, stream, revision, recordedAt } = record;
  // All that is compared is ASCII, and so a text of single bytes will do; reading it is twice as fast.
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const end = END.exec(text);
  if (
    end &&
    end[1] === id &&
    end[2] === recordedAt &&
    end[3] === String(revision) &&
    end[4] === stream &&
    end[5] === type
  )
    return undefined;
  return differentField(text, record);
}

/** The same by reading all of it: for what is in another form, and to say what differs. */
function differentField(text: string, { id, type, stream, revision, recordedAt }: StoredRecord): string | undefined {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return 'form';
  }
  if (typeof stored !== 'object' || stored === null) return 'form';
  const fields = stored as Record<string, unknown>;
  if (fields['id'] !== id) return 'id';
  if (fields['type'] !== type) return 'type';
  if (fields['stream'] !== stream) return 'stream';
  if (fields['revision'] !== String(revision)) return 'revision';
  return fields['recordedAt'] === recordedAt ? undefined : 'recordedAt';
}
