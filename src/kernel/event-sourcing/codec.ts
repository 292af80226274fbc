import { unseal } from '../privacy/cipher.js';
import type { NewRecord, StoredRecord, StreamTexts } from '../event-store/event-store.js';
import { chainHash } from '../integrity/chain.js';
import type { EventCatalogue } from './event-catalogue.js';
import type { FactHeader, LoggedEntry, RecordedEvent } from './envelope.js';
import type { FactToRecord, OpenedEvent } from './event-log.js';
import { type RevealedValues, type SealRandom, type SealedValues, readPlain, sealValues } from './sealed-values.js';
import { changeLayers, type Layer } from './layers.js';
import { fillNulls, pathsOfNulls, splitData } from './sealed-fields.js';
import { type StoredBody, type TypeVersion, checkBody, readBody, writeBody } from './stored-body.js';
import { StoredShapes } from './stored-shape.js';
import { UnreadableEvent } from './unreadable-event.js';

type Data = Readonly<Record<string, unknown>>;

/** A fact whose sealed values were taken out, ready to be sealed and to get its place. */
export interface SplitFact {
  readonly fact: FactToRecord;
  /** The data without what is sealed, in canonical JSON. */
  readonly clear: string;
  /** What is to be sealed, a JSON array; undefined when nothing is. */
  readonly secret: string | undefined;
}

/** Where a fact stands in the log. */
export interface Place {
  readonly revision: bigint;
  readonly recordedAt: string;
  /** The hash of the event before it in the stream. */
  readonly previous: Uint8Array;
  /** On the log's first event: the register's id. */
  readonly register?: string | undefined;
}

/** The one seam between a fact and its stored bytes. */
export class Codec {
  private readonly shapes: StoredShapes;

  constructor(private readonly catalogue: EventCatalogue) {
    this.shapes = new StoredShapes(catalogue);
  }

  /**
   * Takes out what is personal: the marked fields, and the reason for being late as the last of them.
   * @throws TypeError when the data holds a null or something that JSON cannot say
   */
  split(fact: FactToRecord): SplitFact {
    const { clear, values } = splitData(
      fact.data,
      this.catalogue.sealedPaths(fact),
      this.catalogue.nullablePaths(fact),
    );
    const all = fact.lateReason === undefined ? values : [...values, JSON.stringify(fact.lateReason)];
    return { fact, clear, secret: all.length === 0 ? undefined : `[${all.join(',')}]` };
  }

  /** Seals what was taken out. @param random for tests that pin the bytes; by default drawn anew */
  seal({ fact, secret }: SplitFact, key: Uint8Array, random?: SealRandom): SealedValues {
    return sealValues(secret!, key, associated(fact), random);
  }

  /**
   * The record of a fact at its place.
   * @param sealed what {@link seal} gave, undefined when the fact has nothing to seal
   */
  encode(
    { fact, clear }: SplitFact,
    sealed: SealedValues | undefined,
    { revision, recordedAt, previous, register }: Place,
  ): NewRecord {
    const body = writeBody(
      {
        actor: fact.actor,
        causationId: fact.causationId,
        commandId: fact.commandId,
        commitment: sealed?.commitment,
        controller: fact.controller,
        correctedTypes: fact.correctedTypes?.map((type) => this.versionOf(type)),
        correlationId: fact.correlationId,
        documentedAt: fact.documentedAt,
        effectiveOn: fact.effectiveOn,
        id: fact.id,
        lateReason: fact.lateReason === undefined ? undefined : null,
        origin: fact.origin,
        recordedAt,
        register,
        revision: String(revision),
        schemaVersion: this.versionOf(fact.type).schemaVersion,
        sealed: sealed?.ciphertext,
        stream: fact.stream,
        subject: fact.subject,
        type: fact.type,
      },
      clear,
    );
    return { id: fact.id, type: fact.type, recordedAt, body, hash: chainHash(previous, body) };
  }

  /**
   * A stored record as an event of today's version, its sealed fields null. A type that this program does not know
   * comes out raw.
   * @throws UnreadableEvent when it is damaged, stands where it does not belong, or was written by a newer program
   */
  decode(record: StoredRecord): RecordedEvent {
    const body = readBody(record.body);
    if (typeof body === 'string') throw new UnreadableEvent(record, body);
    if (
      body.id !== record.id ||
      body.type !== record.type ||
      body.stream !== record.stream ||
      body.revision !== String(record.revision)
    ) {
      throw new UnreadableEvent(record, 'it stands where another event belongs');
    }
    const written = writtenOf(body);
    const data = this.today(body, written);
    if (typeof data === 'string') throw new UnreadableEvent(record, data);
    return event(record, body, data, this.catalogue.get(body.type)?.schemaVersion ?? body.schemaVersion, written);
  }

  /**
   * A whole stream as entries of today's versions, by its bodies alone: what a store keeps beside them is not compared.
   * @returns undefined where anything is not as it must be; {@link decode} says what
   */
  decodeEntries(stream: string, texts: StreamTexts): LoggedEntry[] | undefined {
    const parsed = parse(texts);
    if (!parsed) return undefined;
    const entries: LoggedEntry[] = [];
    for (const [revision, value] of parsed.bodies.entries()) {
      const body = checkBody(value);
      if (typeof body === 'string' || body.stream !== stream || body.revision !== String(revision)) return undefined;
      const data = this.today(body, writtenOf(body));
      if (typeof data === 'string') return undefined;
      entries.push({
        id: body.id,
        type: body.type,
        stream,
        position: BigInt(parsed.positions[revision]!),
        recordedAt: body.recordedAt,
        effectiveOn: body.effectiveOn,
        data,
        correctedTypes: body.correctedTypes?.map(({ type }) => type),
      });
    }
    return entries;
  }

  /**
   * Opens the sealed fields of an event.
   * @param key the person's key, `FORGOTTEN` when it was destroyed, undefined when there is none
   */
  open(event: RecordedEvent, key: Uint8Array | 'FORGOTTEN' | undefined): OpenedEvent {
    if (event.sealed === undefined) return { ...event, seal: 'CLEAR', unreadable: [] };
    const values = key instanceof Uint8Array ? this.reveal(event, key)?.values : undefined;
    const dataValues = event.lateReasonSealed ? values?.slice(0, -1) : values;
    const { schemaVersion, data, correctedTypes } = event.asWritten ?? { ...event, correctedTypes: NONE };
    const filled = dataValues && fillNulls(data, dataValues);
    if (!values || !filled) {
      const unreadable = [...pathsOfNulls(event.data), ...(event.lateReasonSealed ? ['lateReason'] : [])];
      return { ...event, seal: key === 'FORGOTTEN' ? 'DESTROYED' : 'DAMAGED', unreadable };
    }
    const opened = event.asWritten ? this.upcast(event.type, { schemaVersion, data: filled, correctedTypes }) : filled;
    const lateReason = event.lateReasonSealed ? { lateReason: String(values.at(-1)) } : {};
    return { ...event, ...lateReason, data: opened, seal: 'CLEAR', unreadable: [] };
  }

  /**
   * What is sealed in an event, with what is needed to show that it is that.
   * @returns undefined when the key does not fit or the ciphertext is damaged
   */
  reveal(event: RecordedEvent, key: Uint8Array): RevealedValues | undefined {
    const plain =
      event.sealed === undefined ? undefined : unseal(key, Buffer.from(event.sealed, 'base64'), associated(event));
    return plain && readPlain(plain);
  }

  /** The data as of today's version, or why they cannot be read. */
  private today(body: StoredBody, written: WrittenData): Data | string {
    const newer = this.isNewer(body) ? body : written.correctedTypes.find((corrected) => this.isNewer(corrected));
    if (newer) return `${newer.type} has version ${newer.schemaVersion}: use a newer program`;
    const data = this.upcast(body.type, written);
    const correctedTypes = body.correctedTypes?.map(({ type }) => type);
    const misfit = this.shapes.misfit({ type: body.type, data, correctedTypes });
    if (misfit !== undefined) return `its data do not fit the type at ${misfit === '' ? 'the top' : misfit}`;
    return data;
  }

  /**
   * The data as of today's version, and so the data inside a correction. The same object when nothing was to be done.
   */
  private upcast(
    type: string,
    { schemaVersion, data, correctedTypes }: WrittenData,
  ): Readonly<Record<string, unknown>> {
    const versions = [schemaVersion, ...correctedTypes.map((corrected) => corrected.schemaVersion)];
    let depth = 0;
    return changeLayers({ type, data, correctedTypes: correctedTypes.map((corrected) => corrected.type) }, (layer) =>
      this.upcastLayer(layer, versions[depth++] ?? 1),
    );
  }

  /** The data of a version as data of today's. Data of an unknown type come out as they went in. */
  private upcastLayer({ type, data }: Layer, from: number): Data {
    const upcasts = this.catalogue.get(type)?.upcasts ?? [];
    return upcasts.slice(from - 1).reduce((older, upcast) => upcast(older), data);
  }

  /** Whether a newer program wrote it; a type that this program does not know is not newer. */
  private isNewer({ type, schemaVersion }: TypeVersion): boolean {
    return schemaVersion > (this.catalogue.get(type)?.schemaVersion ?? schemaVersion);
  }

  private versionOf(type: string): TypeVersion {
    const schemaVersion = this.catalogue.get(type)?.schemaVersion;
    if (schemaVersion === undefined) throw new TypeError(`an event of the unknown type ${type} cannot be written`);
    return { schemaVersion, type };
  }
}

type WrittenData = NonNullable<RecordedEvent['asWritten']>;

const NONE: readonly TypeVersion[] = [];

function writtenOf({ schemaVersion, data, correctedTypes = NONE }: StoredBody): WrittenData {
  return { schemaVersion, data, correctedTypes };
}

function event(
  { revision, position }: StoredRecord,
  body: StoredBody,
  data: Data,
  schemaVersion: number,
  written: WrittenData,
): RecordedEvent {
  const correctedTypes = body.correctedTypes?.map(({ type }) => type);
  return {
    id: body.id,
    type: body.type,
    stream: body.stream,
    revision,
    position,
    recordedAt: body.recordedAt,
    effectiveOn: body.effectiveOn,
    schemaVersion,
    actor: body.actor,
    data,
    ...(correctedTypes ? { correctedTypes } : undefined),
    ...optionalFields(body),
    ...(data === body.data ? undefined : { asWritten: written }),
  };
}

/** @returns undefined when these are not two lists of the same length, the first of numbers */
function parse({ positions, bodies }: StreamTexts): { positions: number[]; bodies: unknown[] } | undefined {
  try {
    const parsed = { positions: JSON.parse(positions) as number[], bodies: JSON.parse(bodies) as unknown[] };
    return parsed.positions.length === parsed.bodies.length ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** The fields that an event may have or not; those it has not are left out. */
function optionalFields(body: StoredBody): Partial<RecordedEvent> {
  const fields: { -readonly [Name in keyof RecordedEvent]?: RecordedEvent[Name] } = {};
  if (body.documentedAt !== undefined) fields.documentedAt = body.documentedAt;
  if (body.controller !== undefined) fields.controller = body.controller;
  if (body.subject !== undefined) fields.subject = body.subject;
  if (body.correlationId !== undefined) fields.correlationId = body.correlationId;
  if (body.causationId !== undefined) fields.causationId = body.causationId;
  if (body.commandId !== undefined) fields.commandId = body.commandId;
  if (body.origin !== undefined) fields.origin = body.origin;
  if (body.sealed !== undefined) fields.sealed = body.sealed;
  if (body.lateReason === null) fields.lateReasonSealed = true;
  return fields;
}

/** Binds a ciphertext to its event. */
function associated({ id, type }: Pick<FactHeader, 'id' | 'type'>): string {
  return `fok:seal:v1\0${id}\0${type}`;
}
