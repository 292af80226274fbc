import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteViewStore } from '../view-store/sqlite/sqlite-view-store.js';
import { CheckpointedWriter } from './checkpointed-writer.js';
import { NO_LOG } from './view-origin.js';
import {
  VersionedView,
  versionName,
  type ViewDefinition,
  ViewsOfNewerProgram,
  ViewsOfOtherCode,
} from './versioned-view.js';

const FIRST: ViewDefinition = {
  name: 'view',
  code: { number: 1, hash: 'a1' },
  collections: [{ name: 'rows', fields: { id: 'text' }, key: ['id'] }],
};
const SAME_SHAPE: ViewDefinition = { ...FIRST, code: { number: 2, hash: 'b2' } };
const OTHER_SHAPE: ViewDefinition = {
  ...FIRST,
  code: { number: 2, hash: 'b2' },
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
      '1-a1.1',
      true,
      [{ id: 'a' }],
    ]);
    const next = await view.next();
    await view.activate(next);
    expect([next.version, view.outdated, await view.versions()]).toEqual(['2-b2.1', false, ['1-a1.1', '2-b2.1']]);
  });

  it('begins with an empty version, which is behind the log, where the old rows have another shape', async () => {
    const view = await VersionedView.open(store, OTHER_SHAPE);
    expect([view.version.version, view.outdated, await view.version.checkpoint(), await view.versions()]).toEqual([
      '2-b2.1',
      false,
      undefined,
      ['1-a1.1', '2-b2.1'],
    ]);
  });

  it('is seen by others as soon as it is swapped, also by the one that swapped', async () => {
    const [one, other] = [await VersionedView.open(store, SAME_SHAPE), await VersionedView.open(store, SAME_SHAPE)];
    const next = await one.next();
    await one.activate(next);
    expect([(await one.refresh()).version, other.version.version, (await other.refresh()).version]).toEqual([
      '2-b2.1',
      '1-a1.1',
      '2-b2.1',
    ]);
  });

  it('goes on with a build that was broken off', async () => {
    const view = await VersionedView.open(store, SAME_SHAPE);
    const begun = await view.next();
    expect((await view.next()).version).toBe(begun.version);
  });

  it('goes on with rows of its own number that were named before hashes were, and builds beside them', async () => {
    await store.activate('view', (await store.open('view', '2.7', SAME_SHAPE.collections)).version);
    const view = await VersionedView.open(store, SAME_SHAPE);
    expect([view.version.version, view.outdated, (await view.next()).version]).toEqual(['2.7', false, '2-b2.8']);
  });

  it('is refused by name where the number is the same and what it is made of is not', async () => {
    const changed = { ...FIRST, code: { number: 1, hash: 'c3' } };
    const refused = VersionedView.open(store, changed);
    await expect(refused).rejects.toThrow(ViewsOfOtherCode);
    await expect(refused).rejects.toThrow(
      /1-a1\.1, was made by another program with the same number; this one makes 1-c3; raise the number/,
    );
    expect(await store.active('view')).toBe('1-a1.1');
  });

  it.each([
    ['the same shape', SAME_SHAPE],
    ['another shape', OTHER_SHAPE],
  ])('is refused by an older program, in %s', async (_shape, newer) => {
    const built = await VersionedView.open(store, newer);
    await built.activate(built.version.version === '2-b2.1' ? built.version : await built.next());
    await expect(VersionedView.open(store, FIRST)).rejects.toThrow(ViewsOfNewerProgram);
    expect(await store.active('view')).toBe('2-b2.1');
  });

  it('stays with a program that runs when a newer one makes its own version answer', async () => {
    const older = await VersionedView.open(store, FIRST);
    const newer = await VersionedView.open(store, SAME_SHAPE);
    await newer.activate(await newer.next());
    expect((await older.refresh()).version).toBe(versionName(FIRST, 1));
  });

  it('finds a version by its name with and without the hash', async () => {
    const view = await VersionedView.open(store, FIRST);
    expect([await view.named('1.1'), await view.named('1-a1.1'), await view.named('1.2')]).toEqual([
      '1-a1.1',
      '1-a1.1',
      undefined,
    ]);
  });
});
