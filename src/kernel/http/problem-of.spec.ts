import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { UnreadableEvent } from '../event-sourcing/unreadable-event.js';
import {
  AppendTooLarge,
  EventStoreUnavailable,
  EventStoreUnusable,
  StreamNotWhole,
} from '../event-store/event-store.js';
import { KeyStoreError } from '../privacy/key-store-error.js';
import { ViewsOfAnotherRegister } from '../projections/view-origin.js';
import { ViewStoreUnavailable, ViewStoreUnusable } from '../view-store/view-store.js';
import { problemMapping } from './problem-of.js';

const problemOf = problemMapping(() => []);
const request = { url: '/' } as FastifyRequest;

describe('an error of a store', () => {
  it.each([
    [new EventStoreUnavailable('busy'), 503, 'STORE_UNAVAILABLE', '2'],
    [new ViewStoreUnavailable('gone'), 503, 'STORE_UNAVAILABLE', '2'],
    [new EventStoreUnusable('the disk with the event store is full'), 503, 'STORE_UNAVAILABLE', '60'],
    [new ViewStoreUnusable('the disk is full'), 503, 'STORE_UNAVAILABLE', '60'],
    [
      new ViewsOfAnotherRegister(
        { place: 'database "fok" of MongoDB', projection: 'index', version: '1.1' },
        'theirs',
        'ours',
      ),
      503,
      'STORE_UNAVAILABLE',
      '60',
    ],
    [new KeyStoreError('KEY_STORE_BUSY', 'the key store is busy'), 503, 'STORE_UNAVAILABLE', '2'],
    [new KeyStoreError('KEY_STORE_ROTATED', 'the master key was changed'), 503, 'STORE_UNAVAILABLE', '60'],
    [new StreamNotWhole('STREAM_TRUNCATED', 'staff-x'), 503, 'STREAM_TRUNCATED', '60'],
    [new StreamNotWhole('STREAM_DELETED', 'staff-x'), 503, 'STREAM_DELETED', '60'],
    [new StreamNotWhole('STREAM_LIMITED', 'staff-x'), 503, 'STREAM_LIMITED', '60'],
    [new AppendTooLarge('too large'), 413, 'BODY_TOO_LARGE', undefined],
    [new UnreadableEvent({ id: 'e', stream: 's', position: 7n }, 'its bytes'), 500, 'ENTRY_UNREADABLE', undefined],
  ])('%p is answered with %i %s', (thrown, status, code, retryAfter) => {
    const { type, occurrence } = problemOf(thrown, request);
    expect([type.status, type.code, occurrence.headers?.['retry-after']]).toEqual([status, code, retryAfter]);
  });
});
