/**
 * The key that wraps all other keys. Shaped like a key management service, so that one can stand behind it: it never
 * gives its own bytes away, it works over a network, and it takes many at a time.
 */
export interface MasterKey {
  /** Names the key without telling anything of it. Another key has another id. */
  readonly id: string;
  /** Encrypts keys; each is bound to its context and can only be unwrapped with the same. */
  wrap(keys: readonly KeyInContext[]): Promise<Uint8Array[]>;
  /** Decrypts wrapped keys; one that this master key did not wrap in this context gives undefined. */
  unwrap(wrapped: readonly KeyInContext[]): Promise<(Uint8Array | undefined)[]>;
}

export interface KeyInContext {
  readonly key: Uint8Array;
  /** What the key is for, e.g. the person's id. */
  readonly context: string;
}
