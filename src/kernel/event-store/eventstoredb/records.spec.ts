import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { toRecord } from './records.js';

type Event = Exclude<Parameters<typeof toRecord>[0], undefined>;

function stored(data: unknown): Event {
  return {
    streamId: 'fok.recipient-1',
    id: randomUUID(),
    type: 'RecipientRegistered',
    isJson: true,
    revision: 0n,
    created: new Date('2026-01-01T00:00:00Z'),
    position: { commit: 1n, prepare: 1n },
    metadata: { recordedAt: '2026-01-01T00:00:00Z', hash: '', mark: 'then:1' },
    data,
  } as unknown as Event;
}

function nested(levels: number): unknown {
  let value: unknown = {};
  for (let level = 0; level < levels; level++) value = { value };
  return value;
}

describe('an event that a server sends', () => {
  it('is ours when its JSON has a canonical form', () => {
    expect(Buffer.from(toRecord(stored({ b: 1, a: [null] }), 'fok.')?.body ?? []).toString()).toBe(
      '{"a":[null],"b":1}',
    );
  });

  // 1e999 is JSON, and read as Infinity.
  it.each([
    ['a number beyond all numbers', JSON.parse('{"x":1e999}')],
    ['a hundred thousand objects in each other', nested(100_000)],
    ['no object', 'text'],
  ])('with %s is nobody’s of ours, and no error', (_, data) => {
    expect(toRecord(stored(data), 'fok.')).toBeUndefined();
  });
});
