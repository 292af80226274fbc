import type { FactsForStream } from '../kernel/event-sourcing/event-log.js';
import { PersonForgottenError } from '../kernel/event-sourcing/event-log.js';
import { type AppendResult, EventStoreError } from '../kernel/event-store/event-store.js';
import { KeyStoreError } from '../kernel/privacy/key-store-error.js';
import type { StoreConfig } from '../stores/open-stores.js';

/** What a recording thread is started with. */
export interface RecordingSetup {
  readonly config: StoreConfig;
}

/** What it is asked: facts to record, as {@link writeBatch} writes them, or to close its stores and end. */
export type RecordingRequest = { readonly record: string } | 'close';

/** What it says: that it has its stores open, the answers in the order asked, or why all of them failed. */
export type RecordingAnswer =
  'ready' | { readonly answers: readonly (AppendResult | RefusedAppend)[] } | { readonly failed: RefusedAppend };

/** An error on its way between threads, which takes its class from it. */
export interface RefusedAppend {
  readonly code: string;
  readonly message: string;
  /** Of a person who was forgotten. */
  readonly subject?: string;
}

/** An error that a recording thread met; code and message are those of the error itself. */
export class RecordingFailed extends EventStoreError {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Facts as text: reading it back costs half of what a copy of so many small objects costs. */
export function writeBatch(batch: readonly FactsForStream[]): string {
  return JSON.stringify(
    batch.map((append) => ({
      ...append,
      expected: typeof append.expected === 'bigint' ? { exactly: String(append.expected) } : append.expected,
    })),
  );
}

/** Takes {@link writeBatch} back. */
export function readBatch(text: string): FactsForStream[] {
  const batch = JSON.parse(text) as (Omit<FactsForStream, 'expected'> & {
    readonly expected: Exclude<FactsForStream['expected'], bigint> | { readonly exactly: string };
  })[];
  return batch.map((append) => ({
    ...append,
    expected: typeof append.expected === 'object' ? BigInt(append.expected.exactly) : append.expected,
  }));
}

/**
 * An error as it goes to the other thread. Of one that is not ours only its kind is told: its message may quote what
 * was recorded.
 */
export function refusalOf(error: unknown): RefusedAppend {
  if (error instanceof PersonForgottenError)
    return { code: error.code, message: error.message, subject: error.subject };
  if (error instanceof EventStoreError || error instanceof KeyStoreError)
    return { code: error.code, message: error.message };
  return {
    code: 'RECORDING_FAILED',
    message: `the recording thread failed: ${error instanceof Error ? error.name : 'unknown error'}`,
  };
}

/** The error that a refusal stands for. */
export function errorOf({ code, message, subject }: RefusedAppend): EventStoreError {
  return subject === undefined ? new RecordingFailed(code, message) : new PersonForgottenError(subject);
}
