import {
  type CollectionSpec,
  type ViewStore,
  ViewStoreError,
  ViewStoreUnusable,
  type ViewVersion,
} from '../view-store/view-store.js';

/** What the rows of a view mean: a number that rises whenever that changes, and a hash of what they are made of. */
export interface ViewCode {
  readonly number: number;
  readonly hash: string;
}

/** A view as the code knows it: its name, its shape, and what its rows mean. */
export interface ViewDefinition {
  readonly name: string;
  readonly code: ViewCode;
  readonly collections: readonly CollectionSpec[];
}

/**
 * A version's name: the code's number and hash, then which build of it. Names that were given before hashes were have
 * a number alone, which says what they are just as well.
 */
interface Build {
  readonly number: number;
  readonly hash: string | undefined;
  readonly build: number;
}

/** The rows were made by a program whose number is higher: this one does not know what they mean. */
export class ViewsOfNewerProgram extends ViewStoreError {
  readonly code = 'VIEWS_OF_NEWER_PROGRAM';
  constructor({ name, code }: ViewDefinition, found: string) {
    super(
      `the version of view ${name} that answers, ${found}, was made by a newer program; this one makes ${code.number}: run that program, or remove the views if this one is to be used (they are built again from the log)`,
    );
  }
}

/** The rows were made by another program with the same number: one of the two was changed without raising it. */
export class ViewsOfOtherCode extends ViewStoreError {
  readonly code = 'VIEWS_OF_OTHER_CODE';
  constructor({ name, code }: ViewDefinition, found: string) {
    super(
      `the version of view ${name} that answers, ${found}, was made by another program with the same number; this one makes ${code.number}-${code.hash}; raise the number in src/judgement/view-versions.ts, or run the program that made them`,
    );
  }
}

/**
 * Which version of a view answers, in this process and in others: a rebuild anywhere makes another one active, and
 * everybody who looks again reads from that one.
 */
export class VersionedView {
  private constructor(
    private readonly store: ViewStore,
    readonly definition: ViewDefinition,
    private current: ViewVersion,
  ) {}

  /**
   * Opens the version that answers; the first time it makes one. Rows of an older number in another shape cannot be
   * read: then an empty version answers from now on, which is behind the log until it is built.
   * @throws ViewsOfNewerProgram, ViewsOfOtherCode
   */
  static async open(store: ViewStore, definition: ViewDefinition): Promise<VersionedView> {
    const { name, code, collections } = definition;
    const active = await store.active(name);
    if (active !== undefined) {
      refuseForeign(definition, active);
      try {
        return new VersionedView(store, definition, await store.open(name, active, collections));
      } catch (error) {
        if (!(error instanceof ViewStoreUnusable) || standing(definition, active) !== 'older') throw error;
      }
    }
    const first = nameOf({ ...code, build: 1 });
    const version = await store.open(name, first, collections);
    await store.activate(name, first);
    return new VersionedView(store, definition, version);
  }

  /** The version that answers, as far as this process knows. */
  get version(): ViewVersion {
    return this.current;
  }

  /** True when the rows were made by code with a lower number: they answer until a rebuild is done. */
  get outdated(): boolean {
    return standing(this.definition, this.current.version) === 'older';
  }

  /**
   * Looks which version answers now. One of a newer program is that program's: this one goes on with the version it
   * has, which stays until it is removed.
   */
  async refresh(): Promise<ViewVersion> {
    const active = await this.store.active(this.definition.name);
    if (active !== undefined && active !== this.current.version && isReadable(standing(this.definition, active)))
      this.current = await this.store.open(this.definition.name, active, this.definition.collections);
    return this.current;
  }

  /** The version to rebuild into: one that a rebuild began and did not finish, or a new one. */
  async next(): Promise<ViewVersion> {
    const { name, code, collections } = this.definition;
    const begun = await this.begun();
    if (begun) return begun;
    const last = Math.max(0, ...(await this.builds()).map(({ build }) => build));
    return this.store.open(name, nameOf({ ...code, build: last + 1 }), collections);
  }

  /**
   * The version that a rebuild by this code is building, or has begun and not finished; undefined when there is none.
   */
  async begun(): Promise<ViewVersion | undefined> {
    const { name, collections } = this.definition;
    const active = (await this.store.active(name)) ?? '';
    const after = standing(this.definition, active) === 'ours' ? (buildOf(active)?.build ?? 0) : 0;
    const unfinished = (await this.builds()).find(({ build }) => build > after);
    return unfinished && this.store.open(name, nameOf(unfinished), collections);
  }

  /** Those of this code. */
  private async builds(): Promise<Build[]> {
    return (await this.versions())
      .filter((version) => standing(this.definition, version) === 'ours')
      .flatMap((version) => buildOf(version) ?? []);
  }

  /** Makes a finished version the one that answers, here and everywhere. The one before stays until it is removed. */
  async activate(version: ViewVersion): Promise<void> {
    await this.store.activate(this.definition.name, version.version);
    this.current = version;
  }

  versions(): Promise<string[]> {
    return this.store.versions(this.definition.name);
  }

  /** The version of this name, which may be written without its hash; undefined when there is none. */
  async named(name: string): Promise<string | undefined> {
    const versions = await this.versions();
    return versions.find((version) => version === name) ?? versions.find((version) => withoutHash(version) === name);
  }

  /** Removes a version that does not answer. @throws ViewStoreError for the one that does */
  remove(version: string): Promise<void> {
    return this.store.drop(this.definition.name, version);
  }
}

type Standing = 'ours' | 'older' | 'newer' | 'otherCode';

/** What made a version, by its name. A name that no program gives is older than any. */
function standing({ code }: ViewDefinition, version: string): Standing {
  const found = buildOf(version);
  if (!found || found.number < code.number) return 'older';
  if (found.number > code.number) return 'newer';
  return found.hash === undefined || found.hash === code.hash ? 'ours' : 'otherCode';
}

function isReadable(by: Standing): boolean {
  return by === 'ours' || by === 'older';
}

function refuseForeign(definition: ViewDefinition, version: string): void {
  const by = standing(definition, version);
  if (by === 'newer') throw new ViewsOfNewerProgram(definition, version);
  if (by === 'otherCode') throw new ViewsOfOtherCode(definition, version);
}

/** The name of the nth build of a view by this code. */
export function versionName({ code }: ViewDefinition, build: number): string {
  return nameOf({ ...code, build });
}

function nameOf({ number, hash, build }: Build): string {
  return hash === undefined ? `${number}.${build}` : `${number}-${hash}.${build}`;
}

function withoutHash(version: string): string {
  const build = buildOf(version);
  return build ? nameOf({ ...build, hash: undefined }) : version;
}

function buildOf(name: string): Build | undefined {
  const match = /^(\d+)(?:-([0-9a-f]+))?\.(\d+)$/.exec(name);
  return match ? { number: Number(match[1]), hash: match[2], build: Number(match[3]) } : undefined;
}
