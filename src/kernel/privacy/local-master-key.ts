import { createHash } from 'node:crypto';
import { newKey, seal, unseal } from './cipher.js';
import type { KeyInContext, MasterKey } from './master-key.js';

/** A master key whose bytes this process holds. */
export class LocalMasterKey implements MasterKey {
  readonly id: string;

  /** @param bytes 32 bytes */
  constructor(private readonly bytes: Uint8Array) {
    this.id = createHash('sha256').update('fok:master-key:v1\0').update(bytes).digest('hex').slice(0, 16);
  }

  /** A fresh one that is kept nowhere: what it wraps is gone with the process. */
  static ephemeral(): LocalMasterKey {
    return new LocalMasterKey(newKey());
  }

  async wrap(keys: readonly KeyInContext[]): Promise<Uint8Array[]> {
    return keys.map(({ key, context }) => seal(this.bytes, key, associated(context)));
  }

  async unwrap(wrapped: readonly KeyInContext[]): Promise<(Uint8Array | undefined)[]> {
    return wrapped.map(({ key, context }) => unseal(this.bytes, key, associated(context)));
  }
}

function associated(context: string): string {
  return `fok:wrap:v1\0${context}`;
}
