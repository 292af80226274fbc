import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EventStore } from '../kernel/event-store/event-store.js';
import { Notary } from '../kernel/integrity/notary.js';
import { SigningKey } from '../kernel/integrity/signing-key.js';
import { TreeFile } from '../kernel/integrity/tree-file.js';
import type { Clock } from '../kernel/time/clock.js';

export interface EvidencePaths {
  /** The file with the tree and its checkpoints; beside the log, not in it. */
  readonly seals: string;
  /** The signing key's file; made with mode 0600 when it is not there. */
  readonly signingKey: string;
}

/** What seals, proves and exports a log. */
export interface Evidence {
  readonly tree: TreeFile;
  readonly notary: Notary;
  readonly signingKey: SigningKey;
  close(): void;
}

/** Opens the seals of a log, or makes them. @throws IntegrityError, or the file system's error */
export function openEvidence(store: EventStore, clock: Clock, paths: EvidencePaths): Evidence {
  mkdirSync(dirname(paths.signingKey), { recursive: true, mode: 0o700 });
  mkdirSync(dirname(paths.seals), { recursive: true });
  const signingKey = SigningKey.open(paths.signingKey);
  const tree = TreeFile.open(paths.seals);
  return { tree, signingKey, notary: new Notary(store, tree, signingKey, clock), close: () => tree.close() };
}
