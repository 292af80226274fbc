import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteViewStore } from '../view-store/sqlite/sqlite-view-store.js';
import { CheckpointedWriter } from './checkpointed-writer.js';
import { NO_LOG } from './view-origin.js';
import { VersionedView, type ViewDefinition } from './versioned-view.js';

const FIRST: ViewDefinition = {
  name: 'view',
  codeVersion: 1,
  collections: [{ name: 'rows', fields: { id: 'text' }, key: ['id'] }],
};
const SAME_SHAPE: ViewDefinition = { ...FIRST, codeVersion: 2 };
const OTHER_SHAPE: ViewDefinition = {
  ...FIRST,
  codeVersion: 2,
  collections: [{ name: 'rows', fields: { id: 'uuid', more: 'integer' }, key: ['id'] }],
};

describe('a view whose code is newer than the version that answers', () => {
  let folder: string;
  let store: SqliteViewStore;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fok-versions-'));
    store = await SqliteViewStore.open(folder);
    const { version } = await VersionedView.open(store, FIRST);
    const writer = await CheckpointedWriter.open(version, NO_LOG);
    await writer.takeOver();
    await writer.write(
      { position: 1n, recordedAt: '', facts: 1 },
      { puts: [{ collection: 'rows', rows: [{ id: 'a' }] }] },
    );
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers from the old rows, and says that they are old, until the new ones are built', async () => {
    const view = await VersionedView.open(store, SAME_SHAPE);
    expect([view.version.version, view.outdated, await view.version.find('rows', {})]).toEqual([
      '1.1',
      true,
      [{ id: 'a' }],
    ]);
    const next = await view.next();
    await view.activate(next);
    expect([next.version, view.outdated, await view.versions()]).toEqual(['2.1', false, ['1.1', '2.1']]);
  });

  it('begins with an empty version, which is behind the log, where the old rows have another shape', async () => {
    const view = await VersionedView.open(store, OTHER_SHAPE);
    expect([view.version.version, view.outdated, await view.version.checkpoint(), await view.versions()]).toEqual([
      '2.1',
      false,
      undefined,
      ['1.1', '2.1'],
    ]);
  });

  it('is seen by others as soon as it is swapped, also by the one that swapped', async () => {
    const [one, other] = [await VersionedView.open(store, SAME_SHAPE), await VersionedView.open(store, SAME_SHAPE)];
    const next = await one.next();
    await one.activate(next);
    expect([(await one.refresh()).version, other.version.version, (await other.refresh()).version]).toEqual([
      '2.1',
      '1.1',
      '2.1',
    ]);
  });

  it('goes on with a build that was broken off', async () => {
    const view = await VersionedView.open(store, SAME_SHAPE);
    const begun = await view.next();
    expect((await view.next()).version).toBe(begun.version);
  });
});
