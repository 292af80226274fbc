import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Append, AppendResult, EventStoreError, Watch } from '../../src/kernel/event-store/event-store.js';
import { MemoryEventStore } from '../../src/kernel/event-store/memory/memory-event-store.js';
import { untrueSentences } from './event-store.contract.js';
import { memoryKind } from './event-store/kinds.js';

/** Takes whatever revision the writer expects. */
class TakesAnyRevision extends MemoryEventStore {
  override appendAll(appends: readonly Append[]): Promise<(AppendResult | EventStoreError)[]> {
    return super.appendAll(appends.map((append) => ({ ...append, expected: 'ANY' })));
  }
}

/** Writes every fifth record twice, the second time under another id. */
class DoublesAnEvent extends MemoryEventStore {
  private written = 0;
  override async appendAll(appends: readonly Append[]): Promise<(AppendResult | EventStoreError)[]> {
    const answers = await super.appendAll(appends);
    for (const { stream, records } of appends) {
      const doubled = records.filter(() => ++this.written % 5 === 0).map((record) => ({ ...record, id: randomUUID() }));
      if (doubled.length > 0) await super.appendAll([{ stream, expected: 'STREAM_EXISTS', records: doubled }]);
    }
    return answers;
  }
}

/** Keeps to itself what it took. */
class SaysNothing extends MemoryEventStore {
  override watch(): Watch {
    return super.watch(() => undefined);
  }
}

/** Writes an append again that comes again. */
class ForgetsWhatItWrote extends MemoryEventStore {
  override appendAll(appends: readonly Append[]): Promise<(AppendResult | EventStoreError)[]> {
    const renamed = appends.map((append) => ({
      ...append,
      records: append.records.map((record) => ({ ...record, id: randomUUID() })),
    }));
    return super.appendAll(renamed);
  }
}

/** Calls on, whether anything came or not. */
class CallsForNothing extends MemoryEventStore {
  override watch(onGrown: () => void): Watch {
    const timer = setInterval(onGrown, 50).unref();
    return { stop: () => clearInterval(timer) };
  }
}

describe('the event store contract', () => {
  it('is true of the memory store, run as here', async () => {
    expect(await untrueSentences(memoryKind())).toEqual([]);
  });

  it.each([
    ['takes any revision', TakesAnyRevision, 'refuses to write to a stream of 3 when 1 is expected'],
    ['doubles an event', DoublesAnEvent, 'writes 64 appends that come at once, each once and whole'],
    [
      'says nothing',
      SaysNothing,
      'calls who watches when something is appended, in an empty log and in one that has grown',
    ],
    [
      'forgets what it wrote',
      ForgetsWhatItWrote,
      'answers the first append of a stream again when it comes again with ANY',
    ],
    ['calls for nothing', CallsForNothing, 'leaves who watches alone while nothing is appended'],
  ])('is broken by a store that %s', async (_, Broken, sentence) => {
    expect(await untrueSentences(memoryKind(() => new Broken()))).toContain(sentence);
  });
});
