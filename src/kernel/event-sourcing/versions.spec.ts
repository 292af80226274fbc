import { describe, expect, it } from '@jest/globals';
import type { NewRecord, StoredRecord } from '../event-store/event-store.js';
import { CHAIN_START } from '../integrity/chain.js';
import { newKey } from '../privacy/cipher.js';
import { Codec } from './codec.js';
import { EventCatalogue } from './event-catalogue.js';
import type { FactToRecord } from './event-log.js';
import { eventType, type Upcast } from './event-type.js';
import { correctedData, part, text } from './fields.js';

/**
 * A type through three versions: a field is renamed, so that the order of the sealed ones changes, and then one is
 * split.
 */
const word = text('ord', 'Ett ord.');
const v1 = eventType('NoteWritten', 'note', {
  label: 'Anteckning skriven',
  data: { author: word.sealed(), written: word.sealed(), kind: word },
});
const toV2: Upcast = ({ author, written, kind }) => ({ zAuthor: author, text: written, kind });
const toV3: Upcast = ({ zAuthor, ...rest }) => {
  const [first = null, last = null] = typeof zAuthor === 'string' ? zAuthor.split(' ') : [];
  return { ...rest, by: { first, last } };
};

const id = '00000000-0000-4000-8000-000000000001';
const stream = `note-${id}`;
const fact: FactToRecord = {
  id,
  type: 'NoteWritten',
  stream,
  effectiveOn: '2026-01-01',
  actor: { id: 'a', role: 'b' },
  data: { author: 'Eva Ek', written: 'Hej', kind: 'SHORT' },
  lateReason: 'glömde',
};

const v3 = eventType('NoteWritten', 'note', {
  label: 'Anteckning skriven',
  former: [toV2, toV3],
  data: {
    kind: word,
    text: word.sealed(),
    by: part('AuthorDto', { first: word.sealed(), last: word.sealed() }, 'av', 'Vem.'),
  },
});
const corrected = eventType('EntryCorrected', undefined, {
  label: 'Rättelse',
  data: { corrects: text('rättar', 'Det som rättas.'), data: correctedData('rätt', 'Det rätta.').optional() },
});

const older = new Codec(new EventCatalogue(['note'], [v1, corrected]));
const today = new Codec(new EventCatalogue(['note'], [v3, corrected]));

function stored(codec: Codec, given: FactToRecord, key: Uint8Array): StoredRecord {
  const split = codec.split(given);
  const sealed = split.secret === undefined ? undefined : codec.seal(split, key);
  const record: NewRecord = codec.encode(split, sealed, {
    revision: 0n,
    recordedAt: '2026-01-02T10:00:00.000Z',
    previous: CHAIN_START,
  });
  return { ...record, stream, revision: 0n, position: 1n };
}

describe('an event type that has had other versions', () => {
  const key = newKey();

  it("brings an event of an older version to today's, its sealed fields still closed", () => {
    const event = today.decode(stored(older, fact, key));
    expect(event).toMatchObject({
      schemaVersion: 3,
      data: { kind: 'SHORT', text: null, by: { first: null, last: null } },
    });
    expect(event.asWritten).toEqual({
      schemaVersion: 1,
      data: { author: null, written: null, kind: 'SHORT' },
      correctedTypes: [],
    });
  });

  it('opens it with each value in its new place, though the order of the fields has changed', () => {
    const opened = today.open(today.decode(stored(older, fact, key)), key);
    expect(opened).toMatchObject({
      seal: 'CLEAR',
      lateReason: 'glömde',
      data: { kind: 'SHORT', text: 'Hej', by: { first: 'Eva', last: 'Ek' } },
    });
  });

  it("says which of today's fields are destroyed", () => {
    const opened = today.open(today.decode(stored(older, fact, key)), 'FORGOTTEN');
    expect(opened).toMatchObject({ seal: 'DESTROYED', unreadable: ['by.first', 'by.last', 'text', 'lateReason'] });
  });

  it("brings the data inside a correction to today's version too", () => {
    const correction: FactToRecord = {
      ...fact,
      type: 'EntryCorrected',
      data: { corrects: id, data: fact.data },
      correctedTypes: ['NoteWritten'],
      lateReason: undefined,
    };
    const opened = today.open(today.decode(stored(older, correction, key)), key);
    expect(opened).toMatchObject({
      seal: 'CLEAR',
      data: { corrects: id, data: { kind: 'SHORT', text: 'Hej', by: { first: 'Eva', last: 'Ek' } } },
    });
  });

  it("leaves an event of today's version as it stands", () => {
    const now = { ...fact, data: { kind: 'SHORT', text: 'Hej', by: { first: 'Eva', last: 'Ek' } } };
    expect(today.decode(stored(today, now, key)).asWritten).toBeUndefined();
  });

  it('shows an event of an unknown type raw', () => {
    const other = new Codec(new EventCatalogue(['note'], [corrected]));
    expect(other.decode(stored(older, fact, key))).toMatchObject({
      type: 'NoteWritten',
      schemaVersion: 1,
      data: { author: null, written: null, kind: 'SHORT' },
    });
  });

  it('refuses an event that a newer program wrote', () => {
    const now = { ...fact, data: { kind: 'SHORT', text: 'Hej', by: { first: 'Eva', last: 'Ek' } } };
    expect(() => older.decode(stored(today, now, key))).toThrow('NoteWritten has version 3: use a newer program');
  });

  it('refuses stored data that do not fit the type, and says where', () => {
    const record = stored(older, fact, key);
    const body = Buffer.from(Buffer.from(record.body).toString('utf8').replace('"kind":"SHORT"', '"kind":7'));
    expect(() => older.decode({ ...record, body })).toThrow('its data do not fit the type at kind');
  });

  it('refuses a null that is no sealed field', () => {
    const record = stored(older, fact, key);
    const body = Buffer.from(Buffer.from(record.body).toString('utf8').replace('"kind":"SHORT"', '"kind":null'));
    expect(() => older.decode({ ...record, body })).toThrow('its data do not fit the type at kind');
    expect(() => older.split({ ...fact, data: { ...fact.data, kind: null } })).toThrow('holds no null');
  });
});
