import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type Append,
  EventStoreError,
  RecordedAtBehind,
  type StoredRecord,
  WrongExpectedRevision,
} from '../event-store/event-store.js';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import { CHAIN_START, chainHash } from '../integrity/chain.js';
import type { KeyStore } from '../privacy/key-store.js';
import { memoryKeyStore } from '../privacy/memory-key-store.js';
import { FixedClock } from '../time/clock.js';
import { EventCatalogue } from './event-catalogue.js';
import type { RecordedEvent } from './envelope.js';
import { type FactToRecord, type FactsForStream, PersonForgottenError } from './event-log.js';
import { eventType } from './event-type.js';
import { code, correctedData, part, text } from './fields.js';
import { Recorder, type RecorderOptions } from './recorder.js';

const catalogue = new EventCatalogue(
  ['note'],
  [
    eventType('NoteWritten', 'note', {
      label: 'Anteckning skriven',
      data: {
        kind: code({ SHORT: 'kort', LONG: 'lång' }, 'typ', 'Hur lång.'),
        text: text('text', 'Texten.').sealed().optional(),
        author: part('AuthorDto', { name: text('namn', 'Namnet.').sealed() }, 'författare', 'Vem.').optional(),
      },
    }),
    eventType('PersonGone', 'note', { label: 'Personen gallrad', data: {} }),
    eventType('EntryCorrected', undefined, {
      label: 'Rättelse',
      data: { corrects: text('rättar', 'Det som rättas.'), data: correctedData('rätt', 'Det rätta.').optional() },
    }),
  ],
);

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const STREAM = `note-${uuid(1)}`;
const OTHER = `note-${uuid(2)}`;
let next = 1000;

function note(stream = STREAM, more: Partial<FactToRecord> = {}): FactToRecord {
  return {
    id: uuid(next++),
    type: 'NoteWritten',
    stream,
    effectiveOn: '2026-01-01',
    actor: { id: 'a', role: 'b' },
    data: { kind: 'SHORT', text: 'hemligt' },
    ...more,
  };
}

function each(facts: readonly FactToRecord[]): FactsForStream[] {
  return facts.map((fact) => ({ stream: fact.stream, expected: 'ANY', facts: [fact] }));
}

/** Every event chained to the one before it in its stream, over exactly the bytes that are stored. */
async function expectRightChain(store: MemoryEventStore): Promise<StoredRecord[]> {
  const log = await store.readLog({ limit: 100_000 });
  const heads = new Map<string, Uint8Array>();
  for (const record of log) {
    expect(Buffer.from(record.hash)).toEqual(
      Buffer.from(chainHash(heads.get(record.stream) ?? CHAIN_START, record.body)),
    );
    heads.set(record.stream, record.hash);
    expect((JSON.parse(Buffer.from(record.body).toString()) as { revision: string }).revision).toBe(
      String(record.revision),
    );
  }
  return log;
}

/** A store that does not check what an append is chained to, as one over a network may not. */
class PlainStore extends MemoryEventStore {
  override readonly checksChain = false as unknown as true;
}

describe('the recorder', () => {
  let store: MemoryEventStore;
  let keys: KeyStore;
  const clock = new FixedClock('2026-01-02T10:00:00.000Z');
  const recorder = (options?: RecorderOptions): Recorder => new Recorder(store, keys, catalogue, clock, options);

  beforeEach(async () => {
    store = new MemoryEventStore();
    keys = await memoryKeyStore();
    clock.set('2026-01-02T10:00:00.000Z');
  });

  it('stores what is personal as a ciphertext, and opens it again', async () => {
    const log = recorder();
    const fact = note(STREAM, {
      lateReason: 'sjuk',
      data: { kind: 'SHORT', text: 'hemligt', author: { name: 'Eva' } },
    });
    await log.append(STREAM, 'NO_STREAM', [fact]);
    const [closed] = await log.readStream(STREAM);
    expect(closed!.data).toEqual({ kind: 'SHORT', text: null, author: { name: null } });
    expect(closed).toMatchObject({ lateReasonSealed: true, recordedAt: '2026-01-02T10:00:00.000Z', revision: 0n });
    const [record] = await store.readStream(STREAM);
    for (const secret of ['hemligt', 'Eva', 'sjuk']) expect(Buffer.from(record!.body).includes(secret)).toBe(false);
    expect((await log.open([closed!]))[0]).toMatchObject({ ...fact, seal: 'CLEAR', unreadable: [] });
  });

  it('refuses an empty log beside keys that had one, and goes on after a crash that left keys before the first event', async () => {
    await keys.admit({ about: ['p'], sealing: ['p'] });
    await recorder().append(STREAM, 'NO_STREAM', [note()]);
    const lost = new Recorder(new MemoryEventStore(), keys, catalogue, clock);
    await expect(lost.start()).rejects.toMatchObject({ code: 'KEY_STORE_MISMATCH' });
    await expect(lost.append(STREAM, 'NO_STREAM', [note()])).rejects.toMatchObject({ code: 'KEY_STORE_MISMATCH' });
  });

  it('learns from a log that is there that it was begun, for keys of before', async () => {
    await recorder().append(STREAM, 'NO_STREAM', [note()]);
    const [first] = await store.readLog({ limit: 1 });
    const register = (JSON.parse(Buffer.from(first!.body).toString()) as { register: string }).register;
    const older = Object.create(keys, {
      register: { value: register },
      logBegun: { value: async () => noted },
      noteLogBegun: { value: async () => void (noted = true) },
    }) as KeyStore;
    let noted = false;
    await new Recorder(store, older, catalogue, clock).start();
    expect(noted).toBe(true);
  });

  it('never lets recordedAt run backwards, whatever the clock does, and not after a restart either', async () => {
    await recorder().append(STREAM, 'ANY', [note()]);
    clock.set('2026-01-01T00:00:00.000Z');
    const log = recorder();
    await log.append(STREAM, 'ANY', [note()]);
    clock.set('2026-01-03T00:00:00.000Z');
    await log.append(STREAM, 'ANY', [note()]);
    expect((await store.readLog({ limit: 10 })).map(({ recordedAt }) => recordedAt)).toEqual([
      '2026-01-02T10:00:00.000Z',
      '2026-01-02T10:00:00.000Z',
      '2026-01-03T00:00:00.000Z',
    ]);
  });

  it('stamps again when another process wrote with a later time in between', async () => {
    const log = recorder();
    await log.append(STREAM, 'ANY', [note()]);
    const ahead = new Recorder(store, keys, catalogue, new FixedClock('2026-02-01T00:00:00.000Z'));
    await ahead.append(OTHER, 'ANY', [note(OTHER)]);
    await log.append(STREAM, 'ANY', [note()]);
    expect((await store.readLog({ limit: 10 })).map(({ recordedAt }) => recordedAt)).toEqual([
      '2026-01-02T10:00:00.000Z',
      '2026-02-01T00:00:00.000Z',
      '2026-02-01T00:00:00.000Z',
    ]);
    await expectRightChain(store);
  });

  it('refuses an exact revision that another process has passed, and tries ANY again on the new head', async () => {
    const [one, other] = [recorder(), recorder()];
    await one.append(STREAM, 'NO_STREAM', [note()]);
    await other.append(STREAM, 0n, [note()]);
    await expect(one.append(STREAM, 0n, [note()])).rejects.toBeInstanceOf(WrongExpectedRevision);
    await expect(one.append(STREAM, 'NO_STREAM', [note()])).rejects.toBeInstanceOf(WrongExpectedRevision);
    await expect(one.append(OTHER, 'STREAM_EXISTS', [note(OTHER)])).rejects.toBeInstanceOf(WrongExpectedRevision);
    expect(await one.append(STREAM, 'ANY', [note()])).toMatchObject({ revision: 2n, already: false });
    expect(await one.append(STREAM, 2n, [note(), note()])).toMatchObject({ revision: 4n });
    await expectRightChain(store);
  });

  it.each(['ANY', 'NO_STREAM'] as const)(
    'answers the same facts again (%s) with the first answer, though time and ciphertext differ',
    async (expected) => {
      const facts = [note(), note()];
      const first = await recorder().append(STREAM, expected, facts);
      clock.set('2026-01-05T10:00:00.000Z');
      expect(await recorder().append(STREAM, expected, facts)).toEqual({ ...first, already: true });
      expect(await expectRightChain(store)).toHaveLength(2);
    },
  );

  describe.each([
    ['checks the chain', MemoryEventStore],
    ['does not check the chain', PlainStore],
  ])('over a store that %s', (_, Store) => {
    beforeEach(() => {
      store = new Store();
    });

    it('keeps a batch in order within each stream, each fact chained to the one before it', async () => {
      const facts = Array.from({ length: 60 }, (_unused, index) => note(index % 3 === 0 ? OTHER : STREAM));
      const answers = await recorder().appendAll(each(facts));
      const log = await expectRightChain(store);
      for (const stream of [STREAM, OTHER]) {
        expect(log.filter((record) => record.stream === stream).map(({ id }) => id)).toEqual(
          facts.filter((fact) => fact.stream === stream).map(({ id }) => id),
        );
      }
      const places = new Map(log.map(({ id, revision, position }) => [id, { revision, position, already: false }]));
      expect(answers).toEqual(facts.map(({ id }) => places.get(id)));
    });

    it('writes what is good in a batch and says what is wrong with the rest', async () => {
      const good = [note(), note(), note()];
      const twice = { ...good[0]! };
      const answers = await recorder().appendAll([
        ...each([good[0]!, { ...note(), data: { kind: 'NONE' } }, good[1]!]),
        { stream: STREAM, expected: 7n, facts: [note()] },
        ...each([twice, good[2]!]),
      ]);
      expect(answers.map((answer) => (answer instanceof EventStoreError ? answer.code : answer.already))).toEqual([
        false,
        'INVALID_FACT',
        false,
        'WRONG_EXPECTED_REVISION',
        true,
        false,
      ]);
      expect((await expectRightChain(store)).map(({ id }) => id)).toEqual(good.map(({ id }) => id));
    });

    it('keeps the chain right when two processes record the same history at once, in pieces of other sizes', async () => {
      const facts = Array.from({ length: 200 }, (_unused, index) => note(index % 2 === 0 ? STREAM : OTHER));
      const inPieces = async (log: Recorder, size: number): Promise<void> => {
        for (let start = 0; start < facts.length; start += size)
          await log.appendAll(each(facts.slice(start, start + size)));
      };
      await Promise.all([inPieces(recorder(), 7), inPieces(recorder(), 11), inPieces(recorder(), 3)]);
      expect((await expectRightChain(store)).map(({ id }) => id).sort()).toEqual(facts.map(({ id }) => id).sort());
    });

    it("does not chain to an append that turned out to be another one's", async () => {
      const [slow, fast] = [recorder(), recorder()];
      const facts = [note(), note(), note()];
      await slow.append(STREAM, 'ANY', [facts[0]!]);
      await fast.appendAll(each(facts.slice(0, 2)));
      await slow.appendAll(each([facts[1]!, note(OTHER), facts[2]!]));
      expect((await expectRightChain(store)).filter(({ stream }) => stream === STREAM)).toHaveLength(3);
    });

    it('lets many append to one stream at once', async () => {
      const [one, other] = [recorder(), recorder()];
      await Promise.all(
        Array.from({ length: 40 }, (_unused, index) => (index % 2 === 0 ? one : other).append(STREAM, 'ANY', [note()])),
      );
      expect(await expectRightChain(store)).toHaveLength(40);
    });
  });

  it('tries again as long as the store says that time has passed', async () => {
    let refusals = 3;
    class Impatient extends MemoryEventStore {
      override async appendAll(appends: readonly Append[]) {
        return refusals-- > 0
          ? appends.map(() => new RecordedAtBehind('2026-03-01T00:00:00.000Z'))
          : super.appendAll(appends);
      }
    }
    store = new Impatient();
    expect(await recorder().append(STREAM, 'ANY', [note()])).toMatchObject({ revision: 0n });
    expect((await store.readLog({ limit: 1 }))[0]!.recordedAt).toBe('2026-03-01T00:00:00.000Z');
  });

  it('records nothing about a person who was forgotten, save that they were', async () => {
    const log = recorder({ afterForgetting: ['PersonGone'] });
    await log.append(STREAM, 'ANY', [note()]);
    await keys.fence(uuid(1), 'x');
    await expect(log.append(STREAM, 'ANY', [note(STREAM, { data: { kind: 'SHORT' } })])).rejects.toBeInstanceOf(
      PersonForgottenError,
    );
    const answers = await log.appendAll(
      each([note(OTHER, { subject: uuid(1) }), note(OTHER), note(STREAM, { type: 'PersonGone', data: {} })]),
    );
    expect(answers.map((answer) => (answer instanceof EventStoreError ? answer.code : 'recorded'))).toEqual([
      'PERSON_FORGOTTEN',
      'recorded',
      'recorded',
    ]);
    const opened = await log.open(await log.readStream(STREAM));
    expect(opened.map(({ seal, unreadable }) => [seal, unreadable])).toEqual([
      ['DESTROYED', ['text']],
      ['CLEAR', []],
    ]);
  });

  it('says DAMAGED of a ciphertext that was changed, or that belongs to another event, and opens the rest', async () => {
    const log = recorder();
    await log.append(STREAM, 'ANY', [note(), note(), note()]);
    const [one, two, three] = await log.readStream(STREAM);
    const changed = {
      ...one!,
      sealed: `A${one!.sealed!.slice(1)}` === one!.sealed ? `B${one!.sealed.slice(1)}` : `A${one!.sealed!.slice(1)}`,
    };
    const exchanged = { ...two!, sealed: three!.sealed! };
    const opened = await log.open([
      changed,
      exchanged,
      { ...two!, sealed: 'AAAA' },
      { ...two!, subject: uuid(77) },
      three!,
    ]);
    expect(opened.map(({ seal }) => seal)).toEqual(['DAMAGED', 'DAMAGED', 'DAMAGED', 'DAMAGED', 'CLEAR']);
    expect(opened[0]).toMatchObject({ unreadable: ['text'], data: { text: null } });
  });

  it('refuses a correction whose corrected type is not told, because nobody could say what of it is personal', async () => {
    const correction = note(STREAM, {
      type: 'EntryCorrected',
      data: { corrects: uuid(1), data: { kind: 'SHORT', text: 'hemligt' } },
    });
    await expect(recorder().append(STREAM, 'ANY', [correction])).rejects.toMatchObject({ code: 'INVALID_FACT' });
    await recorder().append(STREAM, 'ANY', [{ ...correction, correctedTypes: ['NoteWritten'] }]);
    expect(Buffer.from((await store.readStream(STREAM))[0]!.body).includes('hemligt')).toBe(false);
  });

  it('names types and fields in an error, never a value', async () => {
    const bad = note(STREAM, { data: { kind: 'SHORT', text: 7, author: { name: ['Eva'] } } });
    const error = await recorder()
      .append(STREAM, 'ANY', [bad])
      .catch((caught: unknown) => caught as Error);
    expect((error as Error).message).toContain('text (invalid_type); author.name');
    expect((error as Error).message).not.toContain('Eva');
  });

  it('keeps by what a person is found, and drops what no longer is to find them', async () => {
    const searchTermsOf: RecorderOptions['searchTermsOf'] = ({ data }) => ({
      add: [{ kind: 'text', value: String(data['text']) }],
      ...(data['kind'] === 'LONG' && { dropKinds: ['text'] }),
    });
    const log = recorder({ searchTermsOf });
    await log.append(STREAM, 'ANY', [note(STREAM, { data: { kind: 'SHORT', text: 'ett' } })]);
    await log.append(STREAM, 'ANY', [note(STREAM, { data: { kind: 'SHORT', text: 'två' } })]);
    expect(await keys.findByTerm({ kind: 'text', value: 'ett' })).toEqual([uuid(1)]);
    await log.append(STREAM, 'ANY', [note(STREAM, { data: { kind: 'LONG', text: 'tre' } })]);
    expect(await Promise.all(['ett', 'två', 'tre'].map((value) => keys.findByTerm({ kind: 'text', value })))).toEqual([
      [],
      [],
      [uuid(1)],
    ]);
  });

  it('does not start with the keys of another register, and says so', async () => {
    await recorder().append(STREAM, 'ANY', [note()]);
    const foreign = new Recorder(store, await memoryKeyStore(), catalogue, clock);
    await expect(foreign.start()).rejects.toMatchObject({ code: 'KEY_STORE_MISMATCH' });
    await expect(foreign.append(STREAM, 'ANY', [note()])).rejects.toMatchObject({ code: 'KEY_STORE_MISMATCH' });
    expect(await store.head()).toBe(1n);
  });

  it("puts the register's id on the log's first event, also when the first facts of a batch are refused", async () => {
    await recorder().appendAll(each([note(STREAM, { data: {} }), note(), note()]));
    const registers = (await store.readLog({ limit: 9 })).map(
      ({ body }) => (JSON.parse(Buffer.from(body).toString()) as { register?: string }).register,
    );
    expect(registers).toEqual([keys.register, undefined]);
  });

  describe('with room for events that are read again', () => {
    const plain = (events: readonly RecordedEvent[]): unknown =>
      events.map((event) => ({ ...event, position: String(event.position), revision: String(event.revision) }));

    it('reads a stream once, and then only what others wrote to it', async () => {
      const reads = jest.spyOn(store, 'readStream');
      const server = recorder({ rememberedEvents: 100 });
      await server.append(STREAM, 'ANY', [note()]);
      await server.readStream(STREAM);
      await server.append(STREAM, 'ANY', [note(STREAM, { data: { kind: 'LONG' } })]);
      expect(plain(await server.readStream(STREAM))).toEqual(plain(await recorder().readStream(STREAM)));
      reads.mockClear();
      expect(await server.readStream(STREAM)).toHaveLength(2);
      expect(reads).not.toHaveBeenCalled();
      await recorder().append(STREAM, 'ANY', [note(), note()]);
      expect(plain(await server.readStream(STREAM))).toEqual(plain(await recorder().readStream(STREAM)));
      expect(reads).toHaveBeenCalledWith(STREAM, { from: 2n });
    });

    it('gives what stood there up to a position, and nothing of a stream that is not there', async () => {
      const server = recorder({ rememberedEvents: 100 });
      const first = await server.append(STREAM, 'ANY', [note()]);
      await server.append(STREAM, 'ANY', [note()]);
      await server.readStream(STREAM);
      expect(await server.readStream(STREAM, { upTo: first.position })).toHaveLength(1);
      expect(await server.readStream(OTHER)).toEqual([]);
    });

    it('keeps no more than it may, and is right all the same', async () => {
      const server = recorder({ rememberedEvents: 3 });
      for (const stream of [STREAM, OTHER, STREAM, OTHER, STREAM]) {
        await server.append(stream, 'ANY', [note(stream)]);
        expect(plain(await server.readStream(stream))).toEqual(plain(await recorder().readStream(stream)));
      }
    });
  });
});
