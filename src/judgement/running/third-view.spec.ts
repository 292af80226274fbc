import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openRegister, type Register } from '../../app/register.js';
import { CheckFindings } from '../../audit/check/check-finding.js';
import { checkViews } from '../../audit/check/check-views.js';
import { eventCatalogue } from '../../facts/event-catalogue.js';
import { MemoryViewStore } from '../../kernel/view-store/memory/memory-view-store.js';
import { observed } from '../../app/observed-register.js';
import { importHistory } from '../../import/import-history.js';
import { groundwork } from '../../import/testing/history.spec-helper.js';
import { CheckpointedWriter } from '../../kernel/projections/checkpointed-writer.js';
import { VersionedView, type ViewDefinition } from '../../kernel/projections/versioned-view.js';
import type { ViewVersion } from '../../kernel/view-store/view-store.js';
import type { Projection, RebuildResult, StoredView, ViewSource } from './projection.js';
import { rebuildViews } from './rebuild-views.js';
import { projectionStatus } from './status.js';
import { STORED_VIEWS } from './stored-views.js';

const TYPES: ViewDefinition = {
  name: 'types',
  code: { number: 1, hash: 'a1' },
  collections: [{ name: 'types', fields: { type: 'text', times: 'integer' }, key: ['type'] }],
};

/** A third view, all of it: how many events of each type the log holds. */
class TypesProjection implements Projection {
  constructor(
    readonly view: VersionedView,
    private writer: CheckpointedWriter,
    private readonly log: ViewSource['log'],
  ) {}

  static async over(view: VersionedView, version: ViewVersion, log: ViewSource['log']): Promise<TypesProjection> {
    return new TypesProjection(view, await CheckpointedWriter.open(version, log), log);
  }

  get reached() {
    return this.writer.reached;
  }
  get ours() {
    return this.writer.runs;
  }
  assertFits() {
    return this.writer.assertFits();
  }
  refresh() {
    return this.writer.refresh();
  }
  becomeRunner() {
    return this.writer.takeOver();
  }
  async unfinished(): Promise<undefined> {}
  async dueIn(): Promise<undefined> {}
  async parked() {
    return [];
  }
  async followActive() {
    const active = await this.view.refresh();
    if (active === this.writer.version) return false;
    this.writer = await CheckpointedWriter.open(active, this.log);
    return true;
  }

  async holds(position: bigint) {
    return (await this.refresh()).position >= position;
  }

  async step() {
    const { position, facts } = this.reached;
    const { events, last, count } = await this.log.readPage(position, 3);
    if (!last) return false;
    const counts = new Map<string, number>();
    for (const row of await this.writer.version.find('types', { orderBy: ['type'] }))
      counts.set(String(row['type']), Number(row['times']));
    for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
    const rows = [...counts].map(([type, times]) => ({ type, times }));
    await this.writer.write(
      { position: last.position, recordedAt: last.recordedAt, facts: facts + count },
      { puts: [{ collection: 'types', rows }] },
    );
    return true;
  }

  async rebuild(): Promise<RebuildResult> {
    const before = this.view.version.version;
    const building = await TypesProjection.over(this.view, await this.view.next(), this.log);
    await building.becomeRunner();
    while (await building.step());
    await this.view.activate(building.writer.version);
    const { position } = building.reached;
    return { version: building.writer.version.version, before, position, seconds: 0, compared: 0 };
  }
}

const typesView: StoredView = {
  definition: TYPES,
  open: async ({ views, log }) => {
    const view = await VersionedView.open(views, TYPES);
    const projection = await TypesProjection.over(view, view.version, log);
    return { projection, rebuild: () => projection.rebuild() };
  },
};

describe('a third stored view, which is one file and one line in the list of views', () => {
  let folder: string;
  let register: Register;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fok-third-view-'));
    const config = { dataDir: folder, eventStore: 'sqlite', viewStore: 'sqlite' } as const;
    register = await openRegister(config, {
      storedViews: [...STORED_VIEWS, typesView],
      judge: (local) => local,
      recordingThread: undefined,
    });
    const file = join(folder, 'history.ndjson');
    writeFileSync(
      file,
      groundwork()
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    );
    await importHistory(register, { file, source: 'import', dryRun: false, rejectFile: join(folder, 'rejects') });
  });
  afterEach(async () => {
    await register.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const names = ['index', 'assessments', 'types'];
  const types = () => register.projections[2]!.projection;

  it('is brought on by the runner, waited for, and told of as the others are', async () => {
    const head = await register.store.head();
    expect(await register.waitFor(head, 0)).toBe(false);
    expect((await projectionStatus(register))[2]).toMatchObject({ name: 'types', lag: groundwork().length, parked: 0 });
    await register.runner.drain();
    expect(await register.waitFor(head, 0)).toBe(true);
    expect((await projectionStatus(register)).map(({ name, lag, position }) => [name, lag, position])).toEqual(
      names.map((name) => [name, 0, String(head)]),
    );
    expect(
      (await observed(register, { auth: 'none', readyMaxLagSeconds: 60 }).views()).map(({ name }) => name),
    ).toEqual(names);
    expect(await types().view.version.get('types', ['UnitOpened'])).toMatchObject({ times: 1 });
  });

  it('is followed by a server', async () => {
    await register.runner.begin();
    register.runner.start();
    expect(await register.waitFor(await register.store.head(), 10_000)).toBe(true);
    expect(types().ours).toBe(true);
  });

  it('is built anew with the others', async () => {
    await register.runner.drain();
    const told = new Set<string>();
    const results = await rebuildViews(register, (name) => told.add(name));
    expect(results.map(({ name }) => name)).toEqual(names);
    expect([types().view.version.version, await types().view.versions()]).toEqual(['1-a1.2', ['1-a1.2']]);
  });

  it('is checked row by row', async () => {
    await register.runner.drain();
    const check = async () => {
      const findings = new CheckFindings();
      const views = { ...register, catalogue: eventCatalogue, scratch: new MemoryViewStore() };
      await checkViews(views, await register.store.head(), { all: true }, findings, () => undefined);
      return findings.kept;
    };
    expect(await check()).toEqual([]);
    const version = types().view.version;
    const checkpoint = (await version.checkpoint())!;
    await version.write({
      expected: checkpoint,
      next: checkpoint,
      puts: [{ collection: 'types', rows: [{ type: 'UnitOpened', times: 7 }] }],
    });
    expect(await check()).toMatchObject([{ code: 'ROW_DIFFERS' }]);
  });
});
