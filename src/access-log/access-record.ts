import { hash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../kernel/event-sourcing/canonical-json.js';
import { PURPOSES } from '../kernel/http/caller.js';
import { ID_PATTERN } from '../kernel/id-form.js';

/** What was done: the words of HSLF-FS 2016:40 4:9 (read, printed, disclosed, changed), and those that a register adds. */
export const ACTS = [
  'READ',
  'SEARCH',
  'LIST',
  'EXPORT',
  'PRINT',
  'WRITE',
  'DENIED',
  'BREAK_GLASS',
  'LOGIN',
  'NONE',
] as const;
export type Act = (typeof ACTS)[number];

/** What an answer lets its reader see of a person. */
export const SHOWN = ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'] as const;
export type Shown = (typeof SHOWN)[number];

/**
 * What the id of a reader is: a staff member's or a grant's in the register, an integration's at the identity provider,
 * a user's of the operating system, what a gateway says in its headers, or the hash of a sign-in that is nobody here.
 */
export const WHO_KINDS = ['STAFF', 'GRANT', 'CLIENT', 'OS_USER', 'ACTOR', 'UNKNOWN'] as const;

/** An id or a code: no space, so never a name, an address or a search word. */
const token = z.string().regex(/^[\w.:/@{}*-]{1,200}$/);
const id = z.string().regex(ID_PATTERN);
/** A day or an instant as a caller may write it. */
const time = z.string().regex(/^[\dTZ:.+-]{8,40}$/i);

const said = z.strictObject({
  who: z.strictObject({
    kind: z.enum(WHO_KINDS),
    id: token,
    role: token.optional(),
    unit: token.optional(),
    onBehalfOf: token.optional(),
    level: z.int().min(1).max(4).optional(),
    session: token.optional(),
  }),
  act: z.enum(ACTS),
  /** The operation, as the API's description or the command line calls it; never the address. */
  route: token,
  /** Ids of recipients: those that the call was about, and all that stand in the answer. */
  persons: z.array(id),
  shown: z.array(z.enum(SHOWN)),
  purpose: z.enum(PURPOSES),
  /** The rule of the access table, or the grant, by which it was allowed. */
  allowedBy: token.optional(),
  knownAt: time.optional(),
  on: time.optional(),
  request: id,
  /** How many persons; or, of an answer without any, nothing. */
  count: z.int().min(0),
  /** The code of a refusal. */
  refused: token.optional(),
});

const recorded = z.strictObject({
  v: z.literal(1),
  at: z.iso.datetime(),
  node: token,
  n: z.int().min(1),
  ...said.shape,
});

/** One call, before it has its place in the log. */
export type Access = z.infer<typeof said>;

/** One call as it stands in the log: who looked at whom, when, with what right. Ids and codes only. */
export type AccessRecord = z.infer<typeof recorded>;

/** A record with the bytes that stand for it and the hash of its node's chain up to and including it. */
export interface StoredAccess {
  readonly record: AccessRecord;
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
}

/** A place in a node's chain; the next record comes after it. */
export interface ChainPlace {
  readonly node: string;
  /** The number of the record there; 0 before the first. */
  readonly n: number;
  readonly hash: Uint8Array;
}

/** What the first record of a node is chained to: 32 zero bytes. */
export const ACCESS_CHAIN_START: Uint8Array = new Uint8Array(32);

const DOMAIN = Buffer.from('fok:access:v1\0', 'latin1');

/** The chain of a node after a record: SHA-256 of a domain tag, the chain before it and the record's exact bytes. */
export function accessHash(previous: Uint8Array, bytes: Uint8Array): Uint8Array {
  return hash('sha256', Buffer.concat([DOMAIN, previous, bytes]), 'buffer');
}

/**
 * What is said of a call, looked through before it comes near the log.
 * @throws z.ZodError when something in it is no id and no code
 */
export function checkedAccess(access: Access): Access {
  return said.parse(access);
}

/** Gives a call its place: chained to what stood before it in its node. */
export function placed(access: Access, at: string, previous: ChainPlace): StoredAccess {
  const record: AccessRecord = { v: 1, at, node: previous.node, n: previous.n + 1, ...access };
  const bytes = accessBytes(record);
  return { record, bytes, hash: accessHash(previous.hash, bytes) };
}

/** The bytes of a record: canonical JSON (RFC 8785) in UTF-8. */
export function accessBytes(record: AccessRecord): Uint8Array {
  return Buffer.from(canonicalJson(record), 'utf8');
}

/** @returns undefined when the bytes are no record, or not in the canonical form */
export function readAccess(bytes: Uint8Array): AccessRecord | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  try {
    const read = recorded.safeParse(JSON.parse(text));
    return read.success && canonicalJson(read.data) === text ? read.data : undefined;
  } catch {
    return undefined;
  }
}
