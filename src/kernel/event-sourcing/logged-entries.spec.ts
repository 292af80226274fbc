import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StoredRecord, StreamTexts } from '../event-store/event-store.js';
import { CHAIN_START } from '../integrity/chain.js';
import { newKey } from '../privacy/cipher.js';
import { ClosedLog } from './closed-log.js';
import { Codec } from './codec.js';
import type { LoggedEntry } from './envelope.js';
import { EventCatalogue } from './event-catalogue.js';
import type { FactToRecord } from './event-log.js';
import { eventType } from './event-type.js';
import { correctedData, text } from './fields.js';
import { readBody } from './stored-body.js';
import { UnreadableEvent } from './unreadable-event.js';

const word = text('ord', 'Ett ord.');
const correction = eventType('EntryCorrected', undefined, {
  label: 'Rättelse',
  data: { corrects: text('rättar', 'Det som rättas.'), data: correctedData('rätt', 'Det rätta.').optional() },
});
const older = new Codec(
  new EventCatalogue(
    ['note'],
    [eventType('NoteWritten', 'note', { label: 'Anteckning', data: { word: word.sealed(), kind: word } }), correction],
  ),
);
const codec = new Codec(
  new EventCatalogue(
    ['note'],
    [
      eventType('NoteWritten', 'note', {
        label: 'Anteckning',
        former: [({ word: written, kind }) => ({ text: written, kind })],
        data: { text: word.sealed(), kind: word },
      }),
      correction,
    ],
  ),
);

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const stream = `note-${id(0)}`;
const key = newKey();
const facts: readonly FactToRecord[] = [1, 2, 3].map((n) => {
  const common = { id: id(n), stream, effectiveOn: '2026-01-01', actor: { id: 'a', role: 'b' } };
  const data = { word: `Å "hej" ${n}`, kind: `K${n}` };
  return n === 3
    ? { ...common, type: 'EntryCorrected', data: { corrects: id(1), data }, correctedTypes: ['NoteWritten'] }
    : { ...common, type: 'NoteWritten', data };
});
const whole: readonly StoredRecord[] = facts.map((fact, at) => {
  const split = older.split(fact);
  const place = { revision: BigInt(at), recordedAt: '2026-01-02T10:00:00.000Z', previous: CHAIN_START };
  const record = older.encode(split, older.seal(split, key), place);
  return { ...record, stream, revision: BigInt(at), position: BigInt(at * 10 + 1) };
});

const textOf = (record: StoredRecord): string => Buffer.from(record.body).toString('utf8');
const textsOf = (records: readonly StoredRecord[]): StreamTexts => ({
  positions: JSON.stringify(records.map(({ position }) => Number(position))),
  bodies: `[${records.map(textOf).join(',')}]`,
});
const withBody = (at: number, body: string): StoredRecord[] =>
  whole.map((record, n) => (n === at ? { ...record, body: Buffer.from(body, 'utf8') } : record));

/** One by one, with what the store keeps beside the bodies made to say the same: nothing else is given up. */
function oneByOne(records: readonly StoredRecord[]): LoggedEntry[] | undefined {
  try {
    return records.map((record) => {
      const body = readBody(record.body);
      const columns = typeof body === 'string' ? {} : { id: body.id, type: body.type };
      const event = codec.decode({ ...record, ...columns });
      const { type, position, recordedAt, effectiveOn, data, correctedTypes } = event;
      return { id: event.id, type, stream: event.stream, position, recordedAt, effectiveOn, data, correctedTypes };
    });
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}

describe('entries of a stream that is read in one piece', () => {
  it('are those that its records give one by one, of former versions and corrected ones too', () => {
    const entries = codec.decodeEntries(stream, textsOf(whole));
    expect(entries).toHaveLength(3);
    expect(entries).toEqual(oneByOne(whole));
    expect(entries?.[2]?.data).toEqual({ corrects: id(1), data: { text: null, kind: 'K3' } });
  });

  it('are none where any byte of a body makes an event unreadable, and otherwise the same', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 2 }),
        fc.nat(),
        fc.constantFrom('', ' ', '"', '{', '}', '[', ']', ',', ':', '0', '7', 'x', 'null', '},{', '\u0000', 'é'),
        fc.nat({ max: 2 }),
        (at, place, put, away) => {
          const body = textOf(whole[at]!);
          const start = place % body.length;
          const records = withBody(at, body.slice(0, start) + put + body.slice(start + away));
          expect(codec.decodeEntries(stream, textsOf(records))).toEqual(oneByOne(records));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['in another stream', (body: string) => body.replace(stream, `note-${id(9)}`)],
    ['at another revision', (body: string) => body.replace('"revision":"1"', '"revision":"2"')],
    ['of a newer version', (body: string) => body.replace('"schemaVersion":1', '"schemaVersion":3')],
    ['of a newer log format', (body: string) => body.replace('"v":1', '"v":2')],
    ['of data that do not fit', (body: string) => body.replace('"kind":"K2"', '"kind":2')],
    ['that is two', (body: string) => `${body},${body}`],
    ['that is none', () => ''],
  ])('are none with an event %s', (_, change) => {
    const damaged = withBody(1, change(textOf(whole[1]!)));
    expect(codec.decodeEntries(stream, textsOf(damaged))).toBeUndefined();
  });

  it('are read record by record where they are none, so that the damage is named', async () => {
    const damaged = withBody(1, textOf(whole[1]!).replace('"v":1', '"v":2'));
    const log = (records: readonly StoredRecord[]): ClosedLog =>
      new ClosedLog(
        {
          readTexts: async () => textsOf(records),
          readStream: async () => [...records],
          readLog: async () => [],
        },
        codec,
      );
    await expect(log(damaged).readEntries(stream, 99n)).rejects.toThrow(UnreadableEvent);
    expect(await log(whole).readEntries(stream, 99n)).toEqual(oneByOne(whole));
  });
});
