import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { groundwork, IDS, ImportBench, uuid } from '../../import/testing/history.spec-helper.js';
import { ViewsOfAnotherRegister } from '../../kernel/projections/view-origin.js';
import { rebuildAssessments, rebuildIndex } from './rebuild.js';

const STRANGER = uuid(4711);

describe('a rebuild that was begun from another log than the one that is there now', () => {
  let bench: ImportBench;
  beforeEach(async () => {
    bench = await ImportBench.open();
    await bench.import(groundwork());
    await bench.register.runner.drain();
  });
  afterEach(() => bench.close());

  /** A version that was begun, as far as nobody's log goes, with a row that no log gives. */
  async function begun(view: 'index' | 'assessments', register: string): Promise<void> {
    const version = await (view === 'index' ? bench.register.index : bench.register.projection).view.next();
    const row =
      view === 'index'
        ? { collection: 'links', rows: [{ kind: 'UNIT_EPISODE', from: IDS.unit, to: STRANGER }] }
        : { collection: 'waiting', rows: [{ kind: 'episode', id: STRANGER, after: '' }] };
    await version.write({
      expected: undefined,
      next: { position: 999n, recordedAt: '2024-06-15T10:00:00.000Z', facts: 999, fence: 1, register },
      puts: [row],
    });
  }
  const rebuild = {
    index: async () => rebuildIndex(bench.register.index, { total: await bench.register.store.count() }),
    assessments: () => rebuildAssessments(bench.register.projection, bench.register.index, bench.register.judge),
  };

  it.each(['index', 'assessments'] as const)('begins anew: nobody answers from such an %s', async (view) => {
    const head = await bench.register.store.head();
    await begun(view, bench.register.keys.register);
    const { version, position } = await rebuild[view]();
    expect(position).toBe(head);
    const { index, projection } = bench.register;
    await (view === 'index' ? index : projection).followActive();
    const now =
      view === 'index'
        ? await index.view.version.find('links', { orderBy: ['kind', 'from', 'to'] })
        : await projection.version.find('waiting', { orderBy: ['kind', 'id'] });
    expect(JSON.stringify(now)).not.toContain(STRANGER);
    expect((view === 'index' ? index : projection).view.version.version).toBe(version);
  });

  it('is left alone when it is another register’s', async () => {
    await begun('assessments', 'another');
    await expect(rebuild.assessments()).rejects.toThrow(ViewsOfAnotherRegister);
    expect(await (await bench.register.projection.view.next()).checkpoint()).toMatchObject({
      register: 'another',
      position: 999n,
    });
  });
});
