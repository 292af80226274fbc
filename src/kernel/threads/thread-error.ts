import {
  EventStoreError,
  EventStoreUnavailable,
  EventStoreUnusable,
  StreamNotWhole,
} from '../event-store/event-store.js';
import { IntegrityError, type IntegrityProblem } from '../integrity/integrity-error.js';
import { KeyStoreError, type KeyStoreProblem } from '../privacy/key-store-error.js';
import { ViewStoreError, ViewStoreUnavailable, ViewStoreUnusable } from '../view-store/view-store.js';

/** An error on its way between threads, which takes its class from it. */
export interface ThreadError {
  readonly code?: string;
  readonly message: string;
  /** Of a stream that is not whole. */
  readonly stream?: string;
}

/** What a thread tells of an error, so that {@link errorTold} makes it again. */
export function tellError(error: unknown): ThreadError {
  if (error instanceof StreamNotWhole) return { code: error.code, message: error.message, stream: error.stream };
  if (
    error instanceof EventStoreError ||
    error instanceof ViewStoreError ||
    error instanceof KeyStoreError ||
    error instanceof IntegrityError
  )
    return { code: error.code, message: error.message };
  return { message: error instanceof Error ? error.message : 'unknown error' };
}

/** The error that a thread told, or with which it ended; one whose code is none of a store's as a plain error. */
export function errorTold({ code, message, stream = '' }: ThreadError): Error {
  switch (code) {
    case 'STREAM_TRUNCATED':
    case 'STREAM_DELETED':
    case 'STREAM_LIMITED':
      return new StreamNotWhole(code, stream);
    case 'EVENT_STORE_UNUSABLE':
      return new EventStoreUnusable(message);
    case 'EVENT_STORE_UNAVAILABLE':
      return new EventStoreUnavailable(message);
    case 'VIEW_STORE_UNUSABLE':
      return new ViewStoreUnusable(message);
    case 'VIEW_STORE_UNAVAILABLE':
      return new ViewStoreUnavailable(message);
    case 'SIGNING_KEY_UNUSABLE':
    case 'SEALS_UNUSABLE':
    case 'SEALS_INCONSISTENT':
    case 'LOG_NOT_CONTINUED':
      return new IntegrityError(code satisfies IntegrityProblem, message);
    case 'MASTER_KEY_MISSING':
    case 'MASTER_KEY_WRONG':
    case 'KEY_STORE_MISSING':
    case 'KEY_STORE_MISMATCH':
    case 'KEY_STORE_ROTATED':
    case 'KEY_STORE_BUSY':
    case 'KEY_STORE_UNAVAILABLE':
    case 'KEY_STORE_UNUSABLE':
      return new KeyStoreError(code satisfies KeyStoreProblem, message);
    default:
      return new Error(message);
  }
}
