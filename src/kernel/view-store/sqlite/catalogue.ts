import type { Connection } from './connection.js';
import { whenFree } from './failures.js';
import { CATALOGUE_ID, openFile } from './version-file.js';

/**
 * Which version of each projection answers: a small file beside the versions, flushed to the disk at every change, seen
 * by all processes at once.
 */
export class Catalogue {
  private constructor(
    private readonly path: string,
    private readonly connection: Connection,
  ) {}

  /** @throws ViewStoreUnusable when the file is not ours, newer, or cannot be written. */
  static async open(path: string): Promise<Catalogue> {
    const tables = ['CREATE TABLE active (projection TEXT PRIMARY KEY, version TEXT NOT NULL) STRICT, WITHOUT ROWID'];
    return new Catalogue(path, await openFile(path, CATALOGUE_ID, 'FULL', tables));
  }

  active(projection: string): Promise<string | undefined> {
    return whenFree(this.path, () => this.read(projection));
  }

  /** Makes a version the one that answers, if `check` does not throw. No other process activates or drops meanwhile. */
  activate(projection: string, version: string, check: () => void): Promise<void> {
    return this.locked(() => {
      check();
      this.connection
        .statement(
          'INSERT INTO active (projection, version) VALUES (?, ?) ON CONFLICT (projection) DO UPDATE SET version = excluded.version',
        )
        .run(projection, version);
    });
  }

  /** Runs something that depends on which version is active, while that cannot change. */
  withActive(projection: string, work: (active: string | undefined) => void): Promise<void> {
    return this.locked(() => work(this.read(projection)));
  }

  close(): void {
    this.connection.closeWriter();
  }

  private locked(work: () => void): Promise<void> {
    return whenFree(this.path, () => this.connection.transaction('IMMEDIATE', work));
  }

  private read(projection: string): string | undefined {
    return (
      this.connection.statement('SELECT version FROM active WHERE projection = ?').get(projection) as
        { version: string } | undefined
    )?.version;
  }
}
