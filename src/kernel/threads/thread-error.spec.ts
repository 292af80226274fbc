import { expect, it } from '@jest/globals';
import { EventStoreUnavailable, EventStoreUnusable } from '../event-store/event-store.js';
import { IntegrityError } from '../integrity/integrity-error.js';
import { KeyStoreError } from '../privacy/key-store-error.js';
import { ViewStoreUnavailable, ViewStoreUnusable } from '../view-store/view-store.js';
import { errorTold, tellError } from './thread-error.js';

it.each([
  new EventStoreUnusable('the event store is damaged'),
  new EventStoreUnavailable('the event store is busy'),
  new ViewStoreUnusable('x'),
  new ViewStoreUnavailable('x'),
  new IntegrityError('SEALS_UNUSABLE', 'x'),
  new KeyStoreError('KEY_STORE_BUSY', 'x'),
])('an error comes out of a thread as what it was: %s', (error) => {
  // What a thread tells, and an error with which it ends, come without their class.
  for (const told of [
    structuredClone(tellError(error)),
    Object.assign(new Error(error.message), { code: error.code }),
  ]) {
    expect(errorTold(told)).toBeInstanceOf(error.constructor);
    expect(errorTold(told)).toMatchObject({ code: error.code, message: error.message });
  }
});

it('an error that is none of ours keeps its message', () => {
  expect(errorTold(tellError(new TypeError('no such thing')))).toMatchObject({ message: 'no such thing' });
  expect(errorTold(tellError(undefined))).toMatchObject({ message: 'unknown error' });
});
