import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { groundwork, IDS, ImportBench, line, uuid } from '../../import/testing/history.spec-helper.js';
import { memoryKeyStore } from '../../kernel/privacy/memory-key-store.js';
import { MemoryEventStore } from '../../kernel/event-store/memory/memory-event-store.js';
import { FixedClock } from '../../kernel/time/clock.js';
import { MemoryViewStore } from '../../kernel/view-store/memory/memory-view-store.js';
import { assembleRegister, type Register } from '../../app/register.js';
import { streamsOfController, streamsOfRecipient } from './streams-of.js';

const [RIGHT, WITHOUT_CARE, OTHER_CONTROLLER, OTHERS] = [uuid(71), uuid(72), uuid(73), uuid(74)];
const started = groundwork().find(({ type }) => type === 'CareEpisodeStarted')!;
const registered = (id: string, controller: string) =>
  line('RecipientRegistered', `recipient-${id}`, {
    controller,
    identity: { type: 'RESERVE', value: id.slice(-4) },
    name: 'N',
    protection: 'NONE',
  });

describe('the streams of an export', () => {
  let bench: ImportBench;
  let register: Register;

  beforeEach(async () => {
    bench = await ImportBench.open();
    register = await assembleRegister(
      { store: new MemoryEventStore(), keys: await memoryKeyStore(), views: new MemoryViewStore() },
      { clock: new FixedClock('2024-06-15T10:00:00.000Z') },
    );
    await bench.importInto(register, [
      ...groundwork(),
      line('ControllerRegistered', `controller-${OTHER_CONTROLLER}`, {
        name: 'B',
        kind: 'PRIVATE',
        orgNumber: '556000-4615',
      }),
      registered(RIGHT, OTHER_CONTROLLER),
      registered(WITHOUT_CARE, IDS.controller),
      registered(OTHERS, OTHER_CONTROLLER),
      line('EntryCorrected', `careEpisode-${IDS.episode}`, {
        corrects: { ref: started['ref'] },
        reason: 'r',
        data: { ...(started['data'] as object), recipient: RIGHT },
      }),
    ]);
    await register.runner.drain();
  });
  afterEach(async () => {
    await register.close();
    await bench.close();
  });

  it('of a controller hold everyone whom its care was ever about, and whom it registered without care', async () => {
    const streams = await streamsOfController(register.index, register.log, IDS.controller);
    expect(streams.filter((stream) => stream.startsWith('recipient-'))).toEqual(
      [IDS.recipient, RIGHT, WITHOUT_CARE].sort().map((id) => `recipient-${id}`),
    );
    expect(streams).toEqual(
      expect.arrayContaining([
        `controller-${IDS.controller}`,
        `unit-${IDS.unit}`,
        `staff-${IDS.staff}`,
        `careEpisode-${IDS.episode}`,
      ]),
    );
    expect(streams).not.toContain(`controller-${OTHER_CONTROLLER}`);
  });

  it('of a person hold the episodes that were ever taken for theirs', async () => {
    expect(await streamsOfRecipient(register.index, RIGHT)).toEqual([
      `recipient-${RIGHT}`,
      `careEpisode-${IDS.episode}`,
    ]);
    expect(await streamsOfRecipient(register.index, IDS.recipient)).toEqual([
      `recipient-${IDS.recipient}`,
      `careEpisode-${IDS.episode}`,
    ]);
  });
});
