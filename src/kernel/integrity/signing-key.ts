import {
  type KeyObject,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writeSecretFile } from '../privacy/secret-file.js';
import { IntegrityError } from './integrity-error.js';
import { KEY_TYPE, keyHash, type KeyType } from './signed-note.js';

/** What stands before the 32 bytes of an Ed25519 public key in DER (SPKI, RFC 8410). */
const SPKI_START = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;

/** Signs what the register vouches for (Ed25519, RFC 8032). */
export class SigningKey {
  readonly publicKey: PublicKey;

  private constructor(private readonly key: KeyObject) {
    this.publicKey = new PublicKey(createPublicKey(key));
  }

  /**
   * Reads the key from its file (PKCS #8 in PEM), or makes one with mode 0600 when it is not there.
   * @throws IntegrityError, or the file system's error
   */
  static open(path: string): SigningKey {
    if (!existsSync(path))
      writeSecretFile(
        path,
        generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      );
    return SigningKey.read(path);
  }

  /** Reads the key from its file. @throws IntegrityError SIGNING_KEY_UNUSABLE */
  static read(path: string): SigningKey {
    try {
      const key = createPrivateKey(readFileSync(path));
      if (key.asymmetricKeyType === 'ed25519') return new SigningKey(key);
    } catch (error) {
      throw new IntegrityError('SIGNING_KEY_UNUSABLE', `no signing key can be read from ${path}`, { cause: error });
    }
    throw new IntegrityError('SIGNING_KEY_UNUSABLE', `${path} holds another kind of key`);
  }

  /** A fresh key that is kept nowhere; for tests. */
  static ephemeral(): SigningKey {
    return new SigningKey(generateKeyPairSync('ed25519').privateKey);
  }

  /** @returns the signature, base64 */
  sign(message: Uint8Array): string {
    return sign(null, message, this.key).toString('base64');
  }
}

/** The half of a signing key that anybody may have. */
export class PublicKey {
  /** Names the key: the first 16 hex digits of SHA-256 over its DER form (SPKI). */
  readonly id: string;

  constructor(private readonly key: KeyObject) {
    this.id = createHash('sha256')
      .update(key.export({ format: 'der', type: 'spki' }))
      .digest('hex')
      .slice(0, 16);
  }

  /** @throws IntegrityError when the text is no Ed25519 public key in PEM */
  static fromPem(pem: string): PublicKey {
    try {
      const key = createPublicKey(pem);
      if (key.asymmetricKeyType === 'ed25519') return new PublicKey(key);
    } catch (error) {
      throw new IntegrityError('SIGNING_KEY_UNUSABLE', 'the public key cannot be read', { cause: error });
    }
    throw new IntegrityError('SIGNING_KEY_UNUSABLE', 'the public key is of another kind');
  }

  /** Reads what {@link PublicKey.forNotes} writes. @returns undefined when the text is none, or a key of another kind */
  static fromNotes(
    text: string,
  ): { readonly name: string; readonly type: KeyType; readonly key: PublicKey } | undefined {
    const [, name, hashed, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim()) ?? [];
    if (name === undefined || encoded === undefined) return undefined;
    const bytes = Buffer.from(encoded, 'base64');
    const type = Object.values(KEY_TYPE).find((known) => known === bytes[0]);
    const raw = bytes.subarray(1);
    if (
      type === undefined ||
      raw.length !== KEY_BYTES ||
      Buffer.from(keyHash(name, type, raw)).toString('hex') !== hashed
    )
      return undefined;
    return {
      name,
      type,
      key: new PublicKey(createPublicKey({ key: Buffer.concat([SPKI_START, raw]), format: 'der', type: 'spki' })),
    };
  }

  /** The key as verifiers of signed notes take it: name, hash and bytes. @param name what it signs as */
  forNotes(name: string, type: KeyType = KEY_TYPE.ed25519): string {
    const hashed = Buffer.from(keyHash(name, type, this.bytes)).toString('hex');
    return `${name}+${hashed}+${Buffer.concat([Uint8Array.of(type), this.bytes]).toString('base64')}`;
  }

  /** The 32 bytes of the key. */
  get bytes(): Uint8Array {
    return Uint8Array.from(this.key.export({ format: 'der', type: 'spki' }).subarray(SPKI_START.length));
  }

  toPem(): string {
    return this.key.export({ format: 'pem', type: 'spki' }).toString();
  }

  /** Whether the signature (base64) is one of this key over the message. */
  verifies(message: Uint8Array, signature: string): boolean {
    const bytes = Buffer.from(signature, 'base64');
    return bytes.toString('base64') === signature && verify(null, message, this.key, bytes);
  }
}
