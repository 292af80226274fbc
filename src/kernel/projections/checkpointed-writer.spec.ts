import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryViewStore } from '../view-store/memory/memory-view-store.js';
import { type Checkpoint, CheckpointMoved, type ViewVersion } from '../view-store/view-store.js';
import { CheckpointedWriter } from './checkpointed-writer.js';

const at = (position: bigint) => ({ position, recordedAt: '2026-06-15T10:00:00.000Z', facts: Number(position) });

describe('a runner that writes a view', () => {
  let version: ViewVersion;
  let one: CheckpointedWriter;
  let other: CheckpointedWriter;
  beforeEach(async () => {
    version = await new MemoryViewStore().open('view', '1.1', [{ name: 'rows', fields: { id: 'text' }, key: ['id'] }]);
    one = await CheckpointedWriter.open(version);
    other = await CheckpointedWriter.open(version);
    await one.takeOver();
    await one.write(at(1n), {});
  });

  it('takes over where the one before stood, whose next write is refused and leaves nothing behind', async () => {
    await other.takeOver();
    expect(other.reached).toEqual({ ...at(1n), fence: 2 });
    await expect(one.write(at(2n), { puts: [{ collection: 'rows', rows: [{ id: 'a' }] }] })).rejects.toThrow(CheckpointMoved);
    expect([one.runs, await version.find('rows', {})]).toEqual([false, []]);
  });

  it('learns by looking that it was overtaken, before it ever tries to write', async () => {
    await other.takeOver();
    await other.write(at(5n), {});
    expect(one.runs).toBe(true);
    expect((await one.refresh()).position).toBe(5n);
    expect(one.runs).toBe(false);
  });

  it('does not take an old look for the truth when it took over meanwhile', async () => {
    let answer: (seen: Checkpoint | undefined) => void = () => undefined;
    const before = await version.checkpoint();
    const slow = { ...version, checkpoint: () => new Promise<Checkpoint | undefined>((resolve) => (answer = resolve)), write: (batch: Parameters<ViewVersion['write']>[0]) => version.write(batch) } as ViewVersion;
    const opening = CheckpointedWriter.open(slow);
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
