import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryViewStore } from '../view-store/memory/memory-view-store.js';
import { type Checkpoint, CheckpointMoved, type ViewVersion } from '../view-store/view-store.js';
import { CheckpointedWriter } from './checkpointed-writer.js';
import { NO_LOG, ViewsDoNotFit, ViewsOfAnotherRegister, type ViewOrigin } from './view-origin.js';

const at = (position: bigint) => ({ position, recordedAt: '2026-06-15T10:00:00.000Z', facts: Number(position) });

describe('a runner that writes a view', () => {
  let version: ViewVersion;
  let one: CheckpointedWriter;
  let other: CheckpointedWriter;
  beforeEach(async () => {
    version = await new MemoryViewStore().open('view', '1.1', [{ name: 'rows', fields: { id: 'text' }, key: ['id'] }]);
    one = await CheckpointedWriter.open(version, NO_LOG);
    other = await CheckpointedWriter.open(version, NO_LOG);
    await one.takeOver();
    await one.write(at(1n), {});
  });

  it('takes over where the one before stood, whose next write is refused and leaves nothing behind', async () => {
    await other.takeOver();
    expect(other.reached).toEqual({ ...at(1n), fence: 2 });
    await expect(one.write(at(2n), { puts: [{ collection: 'rows', rows: [{ id: 'a' }] }] })).rejects.toThrow(
      CheckpointMoved,
    );
    expect([one.runs, await version.find('rows', {})]).toEqual([false, []]);
  });

  it('learns by looking that it was overtaken, before it ever tries to write', async () => {
    await other.takeOver();
    await other.write(at(5n), {});
    expect(one.runs).toBe(true);
    expect((await one.refresh()).position).toBe(5n);
    expect(one.runs).toBe(false);
  });

  it('is told in the same way when it writes after such a look, or without ever having taken over', async () => {
    await expect(other.write(at(2n), {})).rejects.toThrow(CheckpointMoved);
    await other.takeOver();
    await one.refresh();
    await expect(one.write(at(2n), {})).rejects.toThrow(CheckpointMoved);
    expect((await version.checkpoint())?.position).toBe(1n);
  });

  it('does not take an old look for the truth when it took over meanwhile', async () => {
    let answer: (seen: Checkpoint | undefined) => void = () => undefined;
    const before = await version.checkpoint();
    const slow = {
      ...version,
      checkpoint: () => new Promise<Checkpoint | undefined>((resolve) => (answer = resolve)),
      write: (batch: Parameters<ViewVersion['write']>[0]) => version.write(batch),
    } as ViewVersion;
    const opening = CheckpointedWriter.open(slow, NO_LOG);
    answer(before);
    const late = await opening;
    const looking = late.refresh();
    const answerOfLook = answer;
    const taking = late.takeOver();
    answer(before);
    await taking;
    answerOfLook(before);
    await looking;
    expect(late.runs).toBe(true);
    await late.write(at(2n), {});
    expect((await version.checkpoint())?.position).toBe(2n);
  });
});

/** The log of a register with entries at these positions, an instant each. */
function logOf(register: string | undefined, ...positions: readonly bigint[]): ViewOrigin {
  return {
    register: async () => register,
    readPage: async (after) => {
      const position = positions.find((one) => one > after);
      return {
        count: position === undefined ? 0 : 1,
        events: [],
        unreadable: [],
        ...(position === undefined ? {} : { last: { position, recordedAt: instantOf(position) } }),
      };
    },
  };
}
const instantOf = (position: bigint): string => `2026-06-15T10:00:0${position}.000Z`;

describe('whose rows a view holds', () => {
  let version: ViewVersion;
  beforeEach(async () => {
    version = await new MemoryViewStore().open('view', '1.1', [{ name: 'rows', fields: { id: 'text' }, key: ['id'] }]);
  });
  const written = async (log: ViewOrigin, position = 1n): Promise<CheckpointedWriter> => {
    const writer = await CheckpointedWriter.open(version, log);
    await writer.takeOver();
    await writer.write({ position, recordedAt: instantOf(position), facts: Number(position) }, {});
    return writer;
  };

  it('is said with every write, and refused by name to everybody else', async () => {
    await written(logOf('ours', 1n));
    expect(await version.checkpoint()).toMatchObject({ register: 'ours', fence: 1 });
    await expect(CheckpointedWriter.open(version, logOf('theirs', 1n))).rejects.toThrow(
      /views in memory belong to register ours, this is register theirs/,
    );
    await expect(CheckpointedWriter.open(version, logOf('ours', 1n))).resolves.toMatchObject({ begun: true });
  });

  it('is found out by one that began at the same moment, before it writes or answers', async () => {
    const late = await CheckpointedWriter.open(version, logOf('theirs'));
    await written(logOf('ours', 1n));
    await expect(late.takeOver()).rejects.toThrow(ViewsOfAnotherRegister);
    await expect(late.refresh()).rejects.toThrow(ViewsOfAnotherRegister);
    expect(await version.checkpoint()).toMatchObject({ register: 'ours', fence: 1 });
  });

  it('is said of rows of before at the next write, and not while nobody can tell', async () => {
    const before = await written(NO_LOG);
    expect(await version.checkpoint()).not.toHaveProperty('register');
    const after = await CheckpointedWriter.open(version, logOf('ours', 1n));
    await after.takeOver();
    expect(await version.checkpoint()).toMatchObject({ register: 'ours', position: 1n });
    await before.takeOver();
    expect(await version.checkpoint()).toMatchObject({ register: 'ours', position: 1n, fence: 3 });
  });

  it.each([
    { what: 'ends before', log: logOf('ours', 1n), says: 'the log ends before that' },
    { what: 'is empty', log: logOf('ours'), says: 'the log ends before that' },
    { what: 'has nothing there', log: logOf('ours', 1n, 3n), says: 'the log has another entry there, or none' },
    {
      what: 'has an entry of another instant there',
      log: {
        ...logOf('ours', 1n, 2n),
        readPage: async () => ({
          count: 1,
          events: [],
          unreadable: [],
          last: { position: 2n, recordedAt: instantOf(9n) },
        }),
      },
      says: 'the log has another entry there, or none',
    },
  ])('is not known of a log that $what', async ({ log, says }) => {
    await (await written(logOf('ours', 1n, 2n), 2n)).assertFits();
    const writer = await CheckpointedWriter.open(version, log);
    await expect(writer.assertFits()).rejects.toThrow(ViewsDoNotFit);
    await expect(writer.assertFits()).rejects.toThrow(says);
  });

  it('does not matter of a version that nobody has written', async () => {
    await (await CheckpointedWriter.open(version, logOf('ours'))).assertFits();
    const begun = await CheckpointedWriter.open(version, logOf('ours'));
    await begun.takeOver();
    await begun.assertFits();
  });
});
