import { type CollectionSpec, type ViewStore, ViewStoreUnusable, type ViewVersion } from '../view-store/view-store.js';

/**
 * A view as the code knows it: its name, its shape, and the number that is raised when rows of before no longer mean
 * the same.
 */
export interface ViewDefinition {
  readonly name: string;
  readonly codeVersion: number;
  readonly collections: readonly CollectionSpec[];
}

/** A version's name: the code's number, then which build of it. */
interface Build {
  readonly code: number;
  readonly build: number;
}

/**
 * Which version of a view answers, in this process and in others: a rebuild anywhere makes another one active, and
 * everybody
 * who looks again reads from that one.
 */
export class VersionedView {
  private constructor(
    private readonly store: ViewStore,
    readonly definition: ViewDefinition,
    private current: ViewVersion,
  ) {}

  /**
   * Opens the version that answers; the first time it makes one. Rows that other code made in another shape cannot be
   * read: then an
   * empty version answers from now on, which is behind the log until it is built.
   */
  static async open(store: ViewStore, definition: ViewDefinition): Promise<VersionedView> {
    const { name, codeVersion, collections } = definition;
    const active = await store.active(name);
    if (active !== undefined) {
      try {
        return new VersionedView(store, definition, await store.open(name, active, collections));
      } catch (error) {
        if (!(error instanceof ViewStoreUnusable) || buildOf(active)?.code === codeVersion) throw error;
      }
    }
    const first = nameOf({ code: codeVersion, build: 1 });
    const version = await store.open(name, first, collections);
    await store.activate(name, first);
    return new VersionedView(store, definition, version);
  }

  /** The version that answers, as far as this process knows. */
  get version(): ViewVersion {
    return this.current;
  }

  /** True when the rows were made by code with another number: they answer until a rebuild is done. */
  get outdated(): boolean {
    return buildOf(this.current.version)?.code !== this.definition.codeVersion;
  }

  /** Looks which version answers now. */
  async refresh(): Promise<ViewVersion> {
    const active = await this.store.active(this.definition.name);
    if (active !== undefined && active !== this.current.version)
      this.current = await this.store.open(this.definition.name, active, this.definition.collections);
    return this.current;
  }

  /** The version to rebuild into: one that a rebuild began and did not finish, or a new one. */
  async next(): Promise<ViewVersion> {
    const { name, codeVersion, collections } = this.definition;
    const begun = await this.begun();
    if (begun) return begun;
    const last = Math.max(0, ...(await this.builds()).map(({ build }) => build));
    return this.store.open(name, nameOf({ code: codeVersion, build: last + 1 }), collections);
  }

  /**
   * The version that a rebuild by this code is building, or has begun and not finished; undefined when there is none.
   */
  async begun(): Promise<ViewVersion | undefined> {
    const { name, codeVersion, collections } = this.definition;
    const active = buildOf((await this.store.active(name)) ?? '');
    const after = active?.code === codeVersion ? active.build : 0;
    const unfinished = (await this.builds()).find(({ build }) => build > after);
    return unfinished && this.store.open(name, nameOf(unfinished), collections);
  }

  /** Those of this code. */
  private async builds(): Promise<Build[]> {
    return (await this.versions())
      .map(buildOf)
      .filter((build) => build?.code === this.definition.codeVersion) as Build[];
  }

  /** Makes a finished version the one that answers, here and everywhere. The one before stays until it is removed. */
  async activate(version: ViewVersion): Promise<void> {
    await this.store.activate(this.definition.name, version.version);
    this.current = version;
  }

  versions(): Promise<string[]> {
    return this.store.versions(this.definition.name);
  }

  /** Removes a version that does not answer. @throws ViewStoreError for the one that does */
  remove(version: string): Promise<void> {
    return this.store.drop(this.definition.name, version);
  }
}

function nameOf({ code, build }: Build): string {
  return `${code}.${build}`;
}

function buildOf(name: string): Build | undefined {
  const match = /^(\d+)\.(\d+)$/.exec(name);
  return match ? { code: Number(match[1]), build: Number(match[2]) } : undefined;
}
