import { canonicalJson } from '../../kernel/event-sourcing/canonical-json.js';
import type { OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import type { Codec } from '../../kernel/event-sourcing/codec.js';
import { subjectOf } from '../../kernel/event-sourcing/fact-check.js';
import { fillNulls } from '../../kernel/event-sourcing/sealed-fields.js';
import { type StoredBody, readBody } from '../../kernel/event-sourcing/stored-body.js';
import { UnreadableEvent } from '../../kernel/event-sourcing/unreadable-event.js';
import type { EventStore, StoredRecord } from '../../kernel/event-store/event-store.js';
import { CHAIN_START } from '../../kernel/integrity/chain.js';
import { type Checkpoint, toHex } from '../../kernel/integrity/checkpoint.js';
import type { Notary } from '../../kernel/integrity/notary.js';
import type { KeyStore } from '../../kernel/privacy/key-store.js';
import { withoutSecrets } from '../../judgement/person/secret-identities.js';
import { type ExportedEntry, readableEntry } from './export-format.js';

const PAGE = 500;

export interface EntrySource {
  readonly store: EventStore;
  readonly keys: KeyStore;
  readonly codec: Codec;
  readonly notary: Notary;
  /** The numbers that nobody may see any more, of the person whom a stream is about. */
  readonly secretsIn: (stream: string) => Promise<ReadonlySet<string>>;
}

/** Reads streams as far as a checkpoint covers them, and gives each entry with what proves it. */
export class ExportedEntries {
  constructor(
    private readonly source: EntrySource,
    private readonly checkpoint: Checkpoint,
  ) {}

  /**
   * The entries of a stream, each with its proof.
   * @throws UnreadableEvent, IntegrityError when an event is not the one that was sealed
   */
  async *withProofs(stream: string): AsyncGenerator<ExportedEntry> {
    const secret = await this.source.secretsIn(stream);
    let previous: Uint8Array = CHAIN_START;
    for await (const record of this.records(stream)) {
      yield await this.entryOf(record, previous, secret);
      previous = record.hash;
    }
  }

  /** The entries of a stream, opened, to be read, without numbers that are secret. @throws UnreadableEvent */
  async *opened(stream: string): AsyncGenerator<OpenedEvent> {
    const secret = await this.source.secretsIn(stream);
    for await (const record of this.records(stream)) {
      const event = this.source.codec.decode(record);
      yield withoutSecrets(this.source.codec.open(event, await this.keyOf(subjectOf(event))), secret);
    }
  }

  private async *records(stream: string): AsyncGenerator<StoredRecord> {
    const end = BigInt(this.checkpoint.lastPosition);
    let from = 0n;
    for (;;) {
      const page = await this.source.store.readStream(stream, { from, limit: PAGE });
      for (const record of page) {
        if (record.position > end) return;
        yield record;
      }
      if (page.length < PAGE) return;
      from = page.at(-1)!.revision + 1n;
    }
  }

  private async entryOf(
    record: StoredRecord,
    previous: Uint8Array,
    secret: ReadonlySet<string>,
  ): Promise<ExportedEntry> {
    const { codec, notary } = this.source;
    const body = readBody(record.body);
    if (typeof body === 'string') throw new UnreadableEvent(record, body);
    const event = codec.decode(record);
    const key = await this.keyOf(subjectOf(event));
    const opened = codec.open(event, key);
    // What was sealed together is proven together: one number that may not be seen keeps back the values beside it.
    const seal = withoutSecrets(opened, secret) === opened ? opened.seal : 'SECRET';
    const revealed = seal === 'CLEAR' && key instanceof Uint8Array ? codec.reveal(event, key) : undefined;
    const { index, proof } = notary.inclusion(record, this.checkpoint);
    return {
      index,
      position: String(record.position),
      previous: toHex(previous),
      body: Buffer.from(record.body).toString('utf8'),
      proof: proof.map(toHex),
      seal,
      ...(revealed && { revealed: { nonce: revealed.nonce, json: revealed.json } }),
      entry: entryWith(body, revealed?.values),
    };
  }

  private async keyOf(subject: string): Promise<Uint8Array | 'FORGOTTEN' | undefined> {
    return (await this.source.keys.openingKeys([subject])).get(subject);
  }
}

/** What a body says to a reader with the sealed values in their places; without them, null stands there. */
export function entryWith(body: StoredBody, values: readonly unknown[] | undefined): Record<string, unknown> {
  const late = body.lateReason === null;
  const filled = values && fillNulls(body.data, late ? values.slice(0, -1) : values);
  const entry = readableEntry(body, filled ?? body.data, late && filled ? String(values.at(-1)) : undefined);
  // As it will be read back: without what is undefined.
  return JSON.parse(canonicalJson(entry)) as Record<string, unknown>;
}
