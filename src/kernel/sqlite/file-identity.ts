import { statSync } from 'node:fs';

/**
 * Which file a path named when it was opened. A file that is removed or replaced while it is open goes on taking what is
 * written, and loses all of it when it is closed: whoever acknowledges what they wrote asks first.
 */
export class FileIdentity {
  private constructor(
    private readonly path: string,
    private readonly opened: string | undefined,
  ) {}

  /** @param path a file that is open, or `:memory:`, which is always there */
  static of(path: string): FileIdentity {
    return new FileIdentity(path, path === ':memory:' ? undefined : identityAt(path));
  }

  /** Whether the path still names the file that was opened. Costs a look at its folder, some microseconds. */
  isThere(): boolean {
    return this.opened === undefined || identityAt(this.path) === this.opened;
  }
}

/** Device and inode; `gone` when there is no file, or none that may be looked at. */
function identityAt(path: string): string {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found ? `${found.dev}:${found.ino}` : 'gone';
  } catch {
    return 'gone';
  }
}
