import { checkLabel, Collections } from '../collection.js';
import type { CollectionSpec, ViewStore, ViewVersion } from '../view-store.js';
import { ViewStoreUnavailable, ViewStoreUnusable } from '../view-store.js';
import { MemoryViewVersion } from './memory-view-version.js';

/** Views that live as long as the process: for tests, and for answers made up for one question. */
export class MemoryViewStore implements ViewStore {
  readonly name = 'memory';
  private readonly held = new Map<string, Map<string, MemoryViewVersion>>();
  private readonly pointers = new Map<string, string>();
  private closed = false;

  async open(projection: string, version: string, collections: readonly CollectionSpec[]): Promise<ViewVersion> {
    const versions = this.versionsOf(projection);
    checkLabel('version', version);
    const asked = new Collections(collections);
    const opened = versions.get(version) ?? new MemoryViewVersion(projection, version);
    opened.adopt(asked);
    versions.set(version, opened);
    return opened;
  }

  async active(projection: string): Promise<string | undefined> {
    this.versionsOf(projection);
    return this.pointers.get(projection);
  }

  async activate(projection: string, version: string): Promise<void> {
    const known = this.versionsOf(projection).get(version);
    if (!known) throw new ViewStoreUnusable(`${projection} has no version ${version}`);
    if (await known.filling()) throw new ViewStoreUnusable(`version ${version} of ${projection} is still being filled`);
    this.pointers.set(projection, version);
  }

  async versions(projection: string): Promise<string[]> {
    return [...this.versionsOf(projection).keys()].sort();
  }

  async drop(projection: string, version: string): Promise<void> {
    const versions = this.versionsOf(projection);
    if (this.pointers.get(projection) === version)
      throw new ViewStoreUnusable(`version ${version} of ${projection} is the one that answers`);
    versions.get(version)?.close();
    versions.delete(version);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const versions of this.held.values()) for (const version of versions.values()) version.close();
  }

  private versionsOf(projection: string): Map<string, MemoryViewVersion> {
    if (this.closed) throw new ViewStoreUnavailable('the view store was closed');
    checkLabel('projection', projection);
    const versions = this.held.get(projection) ?? new Map<string, MemoryViewVersion>();
    this.held.set(projection, versions);
    return versions;
  }
}
