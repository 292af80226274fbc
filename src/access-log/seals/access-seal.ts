import { hash } from 'node:crypto';
import type { PublicKey, SigningKey } from '../../kernel/integrity/signing-key.js';
import { KEY_TYPE, keyHash, readNote, writeNote } from '../../kernel/integrity/signed-note.js';
import { ACCESS_CHAIN_START } from '../access-record.js';
import type { AccessHead } from '../access-log.js';

/**
 * What the notary signs of the access log: where each node's chain had come to at a time. A signed note (C2SP), whose
 * hash stands in the checkpoint of the event log that is signed after it, so that who witnesses the one witnesses both.
 */
export interface AccessSeal {
  readonly register: string;
  readonly at: string;
  readonly keyId: string;
  readonly heads: readonly AccessHead[];
}

const HEAD = /^node (\S+) ([1-9]\d{0,15}) ([0-9a-f]{64})$/;

/** The text that is signed: origin, time and key, and a line a node in order of name. */
function textOf({ register, at, keyId, heads }: AccessSeal): string {
  const nodes = [...heads].sort((a, b) => (a.node < b.node ? -1 : 1));
  const lines = nodes.map(({ node, n, hash: bytes }) => `node ${node} ${n} ${Buffer.from(bytes).toString('hex')}`);
  return `${[originOf(register), `time ${at}`, `key ${keyId}`, ...lines].join('\n')}\n`;
}

/** @returns the note, as it is kept */
export function signAccessSeal(seal: Omit<AccessSeal, 'keyId'>, key: SigningKey): string {
  const text = textOf({ ...seal, keyId: key.publicKey.id });
  const name = originOf(seal.register);
  const bytes = Buffer.from(key.sign(Buffer.from(text, 'utf8')), 'base64');
  return writeNote({
    text,
    signatures: [{ name, keyHash: keyHash(name, KEY_TYPE.ed25519, key.publicKey.bytes), bytes }],
  });
}

/** @returns undefined when the text is no seal of an access log */
export function readAccessSeal(note: string): AccessSeal | undefined {
  const text = readNote(note)?.text;
  const [origin = '', time = '', key = '', ...lines] = text?.split('\n') ?? [];
  const [, register] = /^fok\/([^/\s+]+)\/access$/.exec(origin) ?? [];
  const heads = lines.slice(0, -1).map((line): AccessHead | undefined => {
    const [, node, n, hex] = HEAD.exec(line) ?? [];
    return node === undefined || hex === undefined
      ? undefined
      : { node, n: Number(n), hash: Uint8Array.from(Buffer.from(hex, 'hex')) };
  });
  if (register === undefined || !time.startsWith('time ') || !key.startsWith('key ')) return undefined;
  const read: AccessSeal = {
    register,
    at: time.slice('time '.length),
    keyId: key.slice('key '.length),
    heads: heads.filter((head) => head !== undefined && head.hash.length === ACCESS_CHAIN_START.length) as AccessHead[],
  };
  return textOf(read) === text ? read : undefined;
}

/** Whether a key signed it. */
export function isSealedBy(note: string, key: PublicKey): boolean {
  const { text, signatures } = readNote(note) ?? { text: '', signatures: [] };
  return signatures.some(
    ({ name, keyHash: hashed, bytes }) =>
      Buffer.compare(hashed, keyHash(name, KEY_TYPE.ed25519, key.bytes)) === 0 &&
      key.verifies(Buffer.from(text, 'utf8'), Buffer.from(bytes).toString('base64')),
  );
}

/** What a checkpoint says of it: SHA-256 of the whole note, hex. */
export function sealHash(note: string): string {
  return hash('sha256', note, 'hex');
}

function originOf(register: string): string {
  return `fok/${register}/access`;
}
