import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkLabel, Collections } from '../collection.js';
import type { CollectionSpec, ViewStore, ViewVersion } from '../view-store.js';
import { ViewStoreUnavailable, ViewStoreUnusable } from '../view-store.js';
import { Catalogue } from './catalogue.js';
import { SqliteViewVersion } from './sqlite-view-version.js';
import { isFillingAt } from './version-file.js';

const ENDING = '.sqlite';

/**
 * Views in a folder: `<projection>/<version>.sqlite`, one file each, so that filling one never takes the lock of what
 * answers, and `catalogue.sqlite`, which says which version answers. Several processes may use the folder at once.
 */
export class SqliteViewStore implements ViewStore {
  readonly name = 'sqlite';
  private readonly handles = new Map<string, { readonly path: string; readonly version: Promise<SqliteViewVersion> }>();
  private closed = false;

  private constructor(
    private readonly folder: string,
    private readonly catalogue: Catalogue,
  ) {}

  /**
   * Opens the folder, and makes it when it is missing.
   * @throws ViewStoreUnusable when it cannot be written, or holds a catalogue that is not ours or newer than the
   * program.
   */
  static async open(folder: string): Promise<SqliteViewStore> {
    return new SqliteViewStore(folder, await Catalogue.open(join(folder, `catalogue${ENDING}`)));
  }

  /**
   * Whoever opens a version with the same collections again gets the same handle; they end with the store, or with the
   * version.
   */
  open(projection: string, version: string, collections: readonly CollectionSpec[]): Promise<ViewVersion> {
    this.checkOpen();
    const path = this.pathOf(projection, version);
    const name = JSON.stringify([path, collections]);
    const known = this.handles.get(name);
    if (known) return known.version;
    const opening = this.openFile(path, projection, version, collections);
    this.handles.set(name, { path, version: opening });
    opening.catch(() => this.handles.delete(name));
    return opening;
  }

  async active(projection: string): Promise<string | undefined> {
    this.checkOpen();
    checkLabel('projection', projection);
    return this.catalogue.active(projection);
  }

  async activate(projection: string, version: string): Promise<void> {
    this.checkOpen();
    const path = this.pathOf(projection, version);
    await this.catalogue.activate(projection, version, () => {
      if (!existsSync(path)) throw new ViewStoreUnusable(`${projection} has no version ${version}`);
      if (isFillingAt(path)) throw new ViewStoreUnusable(`version ${version} of ${projection} is still being filled`);
    });
  }

  async versions(projection: string): Promise<string[]> {
    this.checkOpen();
    checkLabel('projection', projection);
    const folder = join(this.folder, projection);
    if (!existsSync(folder)) return [];
    const files = [...readdirSync(folder)].filter((file) => file.endsWith(ENDING));
    return files.map((file) => file.slice(0, -ENDING.length)).sort();
  }

  async drop(projection: string, version: string): Promise<void> {
    this.checkOpen();
    const path = this.pathOf(projection, version);
    await this.catalogue.withActive(projection, (active) => {
      if (active === version)
        throw new ViewStoreUnusable(`version ${version} of ${projection} is the one that answers`);
      // While this lock is held nobody can make it answer. Who still reads it elsewhere reads on in what is no longer
      // in the folder.
      for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
    });
    await this.closeHandles((handle) => handle.path === path);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.closeHandles(() => true);
    this.catalogue.close();
  }

  private async openFile(
    path: string,
    projection: string,
    version: string,
    collections: readonly CollectionSpec[],
  ): Promise<SqliteViewVersion> {
    const opened = await SqliteViewVersion.open(path, projection, version, new Collections(collections));
    if (!this.closed) return opened;
    opened.close();
    throw new ViewStoreUnavailable('the view store was closed');
  }

  private async closeHandles(which: (handle: { readonly path: string }) => boolean): Promise<void> {
    const chosen = [...this.handles].filter(([, handle]) => which(handle));
    for (const [name] of chosen) this.handles.delete(name);
    for (const opened of await Promise.allSettled(chosen.map(([, handle]) => handle.version))) {
      if (opened.status === 'fulfilled') opened.value.close();
    }
  }

  private pathOf(projection: string, version: string): string {
    checkLabel('projection', projection);
    checkLabel('version', version);
    return join(this.folder, projection, `${version}${ENDING}`);
  }

  private checkOpen(): void {
    if (this.closed) throw new ViewStoreUnavailable('the view store was closed');
  }
}
