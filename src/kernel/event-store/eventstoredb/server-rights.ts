import { isDeepStrictEqual } from 'node:util';
import { AccessDeniedError, BACKWARDS, END, jsonEvent, NO_STREAM, StreamNotFoundError } from '@eventstore/db-client';
import { EventStoreUnusable } from '../event-store.js';
import { Connection } from './connection.js';
import { jsonOf } from './stream-metadata.js';

/** No stream has this revision: what is asked on condition of it is decided on, and changes nothing. */
const NEVER = 2n ** 62n;
const NOT_KNOWN = 16;
/** Where a right is tried; nothing is ever written there. */
const TRIED = 'rights-tried';

/** An event that gives the register's group its rights, and takes them from everybody else. */
export interface RightsEvent {
  readonly stream: '$settings' | '$$$all';
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What was found in place of one of them. */
export interface RightsFound {
  readonly wanted: RightsEvent;
  /** `HIDDEN`: this user may not look, which is as it should be for the register's own. */
  readonly state: 'IN_FORCE' | 'ABSENT' | 'OTHER' | 'HIDDEN';
  /** What stands there, where it is another. */
  readonly there?: unknown;
}

/** What the user of an address could do to the register's streams besides reading and appending. */
export interface RightsTried {
  /** Undefined on a server that asks for none. */
  readonly user: string | undefined;
  readonly mayDelete: boolean;
  /** Whether it may write their metadata, and so hide them or a part of them. */
  readonly mayTruncate: boolean;
}

interface Place {
  readonly connectionString: string;
  /** What every stream of the register begins with. */
  readonly namespace: string;
}

/** The two events, for a group: its members append and read, administrators delete, and nobody else does anything. */
export function wantedRights(group: string): readonly RightsEvent[] {
  return [
    {
      stream: '$settings',
      type: 'update-default-acl',
      data: { $userStreamAcl: { $r: group, $w: group, $d: '$admins', $mr: group, $mw: '$admins' } },
    },
    { stream: '$$$all', type: '$metadata', data: { $acl: { $r: group } } },
  ];
}

/**
 * Looks what stands where the rights should.
 * @throws EventStoreUnavailable, EventStoreRefused: a user or password that is not known
 */
export async function lookAtRights(place: Place, group: string): Promise<RightsFound[]> {
  return connected(place, async (connection) => {
    const found: RightsFound[] = [];
    for (const wanted of wantedRights(group)) found.push((await lookAt(connection, wanted)).found);
    return found;
  });
}

/**
 * Writes those that are not in force; the user of the address must be an administrator.
 * @param replace also where others stand, which other applications may rest on
 * @returns those that were written
 * @throws EventStoreRefused; EventStoreUnusable where others stand and are not to be replaced, or change meanwhile
 */
export async function applyRights(place: Place, group: string, replace: boolean): Promise<RightsEvent[]> {
  return connected(place, async (connection) => {
    const looked: Awaited<ReturnType<typeof lookAt>>[] = [];
    for (const wanted of wantedRights(group)) looked.push(await lookAt(connection, wanted));
    const missing = looked.filter(({ found }) => found.state !== 'IN_FORCE');
    const others = missing.filter(({ found }) => found.state === 'OTHER');
    if (others.length > 0 && !replace) {
      const streams = others.map(({ found }) => found.wanted.stream).join(' and ');
      throw new EventStoreUnusable(`other rights stand in ${streams}: see what they are for, then replace them`);
    }
    for (const { found, revision } of missing) await write(connection, found.wanted, revision);
    return missing.map(({ found }) => found.wanted);
  });
}

/** Tries what the user may do to streams of the register, by asking for it under a condition that never holds. */
export async function tryRights(place: Place): Promise<RightsTried> {
  return connected(place, async (connection) => {
    const { client, credentials } = connection;
    const stream = place.namespace + TRIED;
    const options = { expectedRevision: NEVER, credentials };
    const metadata = jsonEvent({ type: '$metadata', data: {} });
    return {
      user: connection.knowsUser ? credentials.username : undefined,
      mayDelete: await isLet(connection, () => client.deleteStream(stream, options)),
      mayTruncate: await isLet(connection, () => client.appendToStream(`$$${stream}`, metadata, options)),
    };
  });
}

/** @returns false when it is not allowed; that the condition did not hold is said only to who may */
async function isLet(connection: Connection, ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    const failure = connection.failure(error, 'be asked what it may');
    if (!(error instanceof AccessDeniedError)) {
      if (isAboutRevision(error)) return true;
      throw failure;
    }
    if (error.code === NOT_KNOWN) throw failure;
    return false;
  }
}

function isAboutRevision(error: unknown): boolean {
  return error instanceof Error && 'type' in error && error.type === 'wrong-expected-version';
}

async function lookAt(
  connection: Connection,
  wanted: RightsEvent,
): Promise<{ readonly found: RightsFound; readonly revision?: bigint }> {
  const { client, credentials } = connection;
  try {
    const read = client.readStream(wanted.stream, {
      direction: BACKWARDS,
      fromRevision: END,
      maxCount: 1,
      credentials,
    });
    // Read to its end, which the client waits for when it is closed.
    let last: { readonly data: unknown; readonly revision: bigint } | undefined;
    for await (const { event } of read) last = event ?? last;
    const there = jsonOf(last?.data);
    const state = isDeepStrictEqual(there, wanted.data) ? 'IN_FORCE' : isNothing(there) ? 'ABSENT' : 'OTHER';
    return {
      found: { wanted, state, ...(state === 'OTHER' ? { there } : {}) },
      ...(last ? { revision: last.revision } : {}),
    };
  } catch (error) {
    if (error instanceof StreamNotFoundError) return { found: { wanted, state: 'ABSENT' } };
    if (error instanceof AccessDeniedError && error.code !== NOT_KNOWN) return { found: { wanted, state: 'HIDDEN' } };
    throw connection.failure(error, `read ${wanted.stream}`);
  }
}

function isNothing(there: unknown): boolean {
  return there === undefined || isDeepStrictEqual(there, {});
}

async function write(connection: Connection, { stream, type, data }: RightsEvent, revision?: bigint): Promise<void> {
  const { client, credentials } = connection;
  try {
    await client.appendToStream(stream, jsonEvent({ type, data: { ...data } }), {
      expectedRevision: revision ?? NO_STREAM,
      credentials,
    });
  } catch (error) {
    if (isAboutRevision(error)) throw new EventStoreUnusable(`${stream} changed meanwhile: look again`);
    throw connection.failure(error, `append to ${stream}`);
  }
}

async function connected<T>({ connectionString }: Place, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = Connection.open(connectionString);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** One line for whoever runs the register; undefined where its user can do no more than it has to. */
export function rightsWarning({ user, mayDelete, mayTruncate }: RightsTried): string | undefined {
  if (!mayDelete && !mayTruncate) return undefined;
  const may = [...(mayDelete ? ['delete'] : []), ...(mayTruncate ? ['truncate'] : [])].join(' and ');
  const who =
    user !== undefined
      ? `the user ${user}, and perhaps every other,`
      : 'everybody who reaches the server, which asks for no user,';
  return `EventStoreDB: ${who} may ${may} the register's streams; fok eventstore prepare tells how to end that (docs/how-to/run-it-on-servers.md)`;
}
