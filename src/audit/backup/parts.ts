/** Where the parts of a register lie in its data folder. */
export interface RegisterFiles {
  /** The log's file; none when it is on a server. */
  readonly events: string | undefined;
  readonly tree: string;
  readonly publicKey: string;
  readonly keys: string;
  readonly signingKey: string;
  readonly masterKey: MasterKeyPlace;
}

/** The master key lies with the other keys and is backed up with them, or is kept elsewhere and is not. */
export interface MasterKeyPlace {
  readonly path: string;
  readonly kept: 'HERE' | 'ELSEWHERE';
}

/** Names within the backup. The log and what vouches for it tell nothing of persons without the keys, which lie in a part of their own. */
export const NAMES = { events: 'events.sqlite', tree: 'seals.sqlite', publicKey: 'public-key.pem', keys: 'keys.sqlite', signingKey: 'signing.key', masterKey: 'master.key' } as const;

/** The folder of the keys when no other is named. */
export const KEYS_FOLDER = 'keys';
