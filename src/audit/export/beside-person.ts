import type { Names } from '../../answers/text/names.js';
import type { StaffHistory } from '../../answers/timeline/staff-histories.js';
import { isOwnMatter } from '../../answers/timeline/staff-entries.js';
import { canonicalJson } from '../../kernel/event-sourcing/canonical-json.js';
import { readBody } from '../../kernel/event-sourcing/stored-body.js';
import type { EventStore, StoredRecord } from '../../kernel/event-store/event-store.js';
import { CHAIN_START } from '../../kernel/integrity/chain.js';
import { type Checkpoint, toHex } from '../../kernel/integrity/checkpoint.js';
import type { Notary } from '../../kernel/integrity/notary.js';
import { entryWith } from './exported-entries.js';
import type { StaffEntry } from './export-format.js';

/** What an export of one person holds beside her own streams, as it stood at the checkpoint. */
export interface BesidePerson {
  /** What her contacts rest on. */
  readonly staff: readonly StaffHistory[];
  /** How the rules judge her episodes over all time, as Swedish text. */
  readonly judgement: string;
  /** What entries and all that they speak of are called. */
  readonly names: Names;
}

const PAGE = 500;

/**
 * The told entries of an employee, a line each, with the proof that it stands in the log. Her stream is not whole here,
 * so each line carries its own hash; the stored bytes are there where they say nothing of what is hers alone.
 * @throws IntegrityError when an event is not the one that was sealed
 */
export async function* staffLines(
  { staff, stream, told }: StaffHistory,
  { store, notary }: { readonly store: EventStore; readonly notary: Notary },
  checkpoint: Checkpoint,
): AsyncGenerator<string> {
  let previous: Uint8Array = CHAIN_START;
  for (let from = 0n; ;) {
    const page = await store.readStream(stream, { from, limit: PAGE });
    for (const record of page) {
      if (told.has(record.id) && record.position <= BigInt(checkpoint.lastPosition))
        yield `${canonicalJson(lineOf(record, previous, { ...staff }, notary, checkpoint))}\n`;
      previous = record.hash;
    }
    if (page.length < PAGE) return;
    from = page.at(-1)!.revision + 1n;
  }
}

function lineOf(
  record: StoredRecord,
  previous: Uint8Array,
  staff: StaffEntry['staff'],
  notary: Notary,
  checkpoint: Checkpoint,
): StaffEntry {
  const { index, proof } = notary.inclusion(record, checkpoint);
  const body = readBody(record.body);
  const tellable = typeof body !== 'string' && !isOwnMatter(body.data);
  return {
    staff,
    event: record.id,
    index,
    position: String(record.position),
    hash: toHex(record.hash),
    proof: proof.map(toHex),
    ...(tellable
      ? {
          previous: toHex(previous),
          body: Buffer.from(record.body).toString('utf8'),
          entry: entryWith(body, undefined),
        }
      : {}),
  };
}
