import { describe, expect, it } from '@jest/globals';
import type { StoredRecord } from '../../kernel/event-store/event-store.js';
import { writeBody } from '../../kernel/event-sourcing/stored-body.js';
import { differentColumn } from './columns.js';

const ID = '30fea04a-5826-45ec-a39c-4004cdfeedf0';
const RECORDED = '2026-06-15T10:00:00.000Z';
/** Data that name every column, as a correction's do, so that what is looked at must be the event's own. */
const CONFUSING =
  '{"data":{"id":"x","type":"Other"},"effectiveOn":"2024-01-01","id":"x","recordedAt":"x","revision":"7","stream":"x","type":"Other","v":1}';
const fields = {
  actor: { id: 'someone', role: 'ADMINISTRATOR' },
  effectiveOn: '2024-04-02',
  id: ID,
  recordedAt: RECORDED,
  revision: '3',
  schemaVersion: 1,
  stream: 'staff-anna',
  subject: 'anna',
  type: 'TrainingCompleted',
} as const;

function record(body: Uint8Array, beside: Partial<StoredRecord> = {}): StoredRecord {
  return {
    id: ID,
    type: 'TrainingCompleted',
    stream: 'staff-anna',
    revision: 3n,
    position: 9n,
    recordedAt: RECORDED,
    hash: new Uint8Array(32),
    body,
    ...beside,
  };
}

describe('what a store keeps beside the bytes', () => {
  it.each([
    ['plain', writeBody(fields, '{}')],
    [
      'with everything that may stand there',
      writeBody(
        { ...fields, lateReason: null, origin: { ref: 'r"{}', source: 'import' }, register: 'r', sealed: 'AAAA' },
        CONFUSING,
      ),
    ],
    ['in another order of fields', Buffer.from(JSON.stringify({ ...fields, data: {}, v: 1 }))],
  ])('is told from the bytes: %s', (_, body) => {
    expect(differentColumn(record(body))).toBeUndefined();
    for (const [column, value] of [
      ['id', 'x'],
      ['type', 'Other'],
      ['stream', 'x'],
      ['revision', 7n],
      ['recordedAt', 'x'],
    ] as const) {
      expect([column, differentColumn(record(body, { [column]: value }))]).toEqual([column, column]);
    }
  });

  it('is nothing when the bytes are no event', () => {
    for (const body of ['', '[]', 'null', '{"id":', `${writeBody(fields, '{}').toString()} `.repeat(2)])
      expect([body, differentColumn(record(Buffer.from(body)))]).toEqual([body, body === '[]' ? 'id' : 'form']);
  });
});
