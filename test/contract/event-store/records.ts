import { createHash, randomUUID } from 'node:crypto';
import {
  type Append,
  type AppendResult,
  type EventStore,
  EventStoreError,
  type ExpectedRevision,
  type NewRecord,
  type StoredRecord,
} from '../../../src/kernel/event-store/event-store.js';

export const NOON = '2026-03-01T12:00:00.000Z';
export const ONE_LATER = '2026-03-01T12:00:00.001Z';

/** A record with an id of its own; what is not said is something plausible. */
export function record(given: Partial<NewRecord> = {}): NewRecord {
  const id = given.id ?? randomUUID();
  const body = given.body ?? Buffer.from(`{"of":"${id}"}`);
  return {
    id,
    type: 'ContactOffered',
    recordedAt: NOON,
    body,
    hash: createHash('sha256').update(id).update(body).digest(),
    ...given,
  };
}

export function records(count: number): NewRecord[] {
  return Array.from({ length: count }, () => record());
}

/** The name of a stream that nobody has used. */
export function newStream(): string {
  return `careEpisode-${randomUUID()}`;
}

export function to(stream: string, expected: ExpectedRevision, ...given: NewRecord[]): Append {
  return { stream, expected, records: given };
}

/** One append by itself. @throws EventStoreError its own */
export async function appendTo(store: EventStore, append: Append): Promise<AppendResult> {
  const [answer] = await store.appendAll([append]);
  if (!answer || answer instanceof EventStoreError) throw answer ?? new Error('an append was not answered');
  return answer;
}

/** Makes a stream of so many records and gives it back with them. */
export async function streamOf(
  store: EventStore,
  count: number,
): Promise<{ stream: string; written: NewRecord[]; result: AppendResult }> {
  const stream = newStream();
  const written = records(count);
  const result = await appendTo(store, { stream, expected: 'NO_STREAM', records: written });
  return { stream, written, result };
}

export function idsOf(given: readonly { readonly id: string }[]): string[] {
  return given.map(({ id }) => id);
}

/** The whole log, read page by page. */
export async function wholeLog(store: EventStore): Promise<StoredRecord[]> {
  const all: StoredRecord[] = [];
  for (let from = 0n; ; from = all.at(-1)!.position) {
    const page = await store.readLog({ from, limit: 100 });
    if (page.length === 0) return all;
    all.push(...page);
  }
}

/** The error with which a promise rejects, or undefined when it does not. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
