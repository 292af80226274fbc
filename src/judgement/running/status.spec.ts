import { expect, it } from '@jest/globals';
import { assembleRegister, type Register } from '../../app/register.js';
import { MemoryEventStore } from '../../kernel/event-store/memory/memory-event-store.js';
import { memoryKeyStore } from '../../kernel/privacy/memory-key-store.js';
import { MemoryViewStore } from '../../kernel/view-store/memory/memory-view-store.js';
import { ASSESSMENTS } from '../assessments/assessment-projection.js';
import { INDEX } from '../index/index-projection.js';
import { projectionStatus } from './status.js';

const OLDER = '0.1';

/** Has something happen the next time that it is asked which versions of a view there are. */
class Interrupted extends MemoryViewStore {
  meanwhile: (() => Promise<void>) | undefined;

  override async versions(view: string): Promise<string[]> {
    const happens = this.meanwhile;
    this.meanwhile = undefined;
    await happens?.();
    return super.versions(view);
  }
}

it('is of one moment: a version that is swapped meanwhile is shown as it was, or the new one as it is', async () => {
  const views = new Interrupted();
  for (const { name, collections } of [INDEX, ASSESSMENTS]) {
    await views.open(name, OLDER, collections);
    await views.activate(name, OLDER);
  }
  const register: Register = await assembleRegister({
    store: new MemoryEventStore(),
    keys: await memoryKeyStore(),
    views,
  });
  const { view } = register.index;
  expect(await projectionStatus(register)).toMatchObject([{ version: OLDER, outdated: true }, { version: OLDER }]);
  views.meanwhile = async () => view.activate(await view.next());
  const [index] = await projectionStatus(register);
  expect(views.meanwhile).toBeUndefined();
  expect(view.outdated).toBe(false);
  expect([
    [OLDER, true],
    [view.version.version, false],
  ]).toContainEqual([index?.version, index?.outdated]);
  await register.close();
});
