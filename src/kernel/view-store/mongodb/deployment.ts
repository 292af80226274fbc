import type { ClientSession } from 'mongodb';
import type { Checkpoint } from '../view-store.js';
import type { How, Page } from './page.js';
import type { VersionDocument } from './version-document.js';

/**
 * What one reader sees: the version as it stood, the session that holds the moment still, and the late rows that do not
 * count.
 */
export interface Sight {
  readonly document: VersionDocument;
  readonly session?: ClientSession;
  readonly hidden: readonly bigint[];
}

/**
 * How rows and checkpoint move as one, and how several reads see one moment: the two things that depend on the kind of
 * server.
 */
export interface Deployment {
  /** @throws CheckpointMoved when another runner wrote in between; nothing was written then. */
  write(page: Page, expected: Checkpoint | undefined, next: Checkpoint, how: How): Promise<void>;
  look<T>(read: (sight: Sight) => Promise<T>): Promise<T>;
}
