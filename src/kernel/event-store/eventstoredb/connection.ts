import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import { type EventStoreError, EventStoreUnusable } from '../event-store.js';
import { asEventStoreError } from './errors.js';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** How long the client may take to let go; it has been seen to hang for ever with unread events. */
const DISPOSE_MS = 2000;

/**
 * Nobody is asked for this on a connection without TLS: the client sends no credentials there. Giving some makes it use
 * one call an append; its default, one stream for all appends, ends the process after a restart of the server (an
 * exception out of an event handler).
 */
const NOT_SENT: Credentials = { username: 'none', password: 'none' };

/** The client library and how it is spoken to. */
export class Connection {
  private constructor(
    readonly client: EventStoreDBClient,
    /** To be given with every append. */
    readonly credentials: Credentials,
  ) {}

  /**
   * Takes a connection string, `esdb://` or `esdb+discover://` (`kurrentdb` means the same), with one host or several
   * and the client's options (`tls`, `tlsCAFile`, `nodePreference` …). Nothing is connected yet.
   * @param credentials default those in the connection string; with TLS there must be some
   * @throws EventStoreUnusable for a string that is none; its text, which may hold a password, is not repeated
   */
  static open(connectionString: string, credentials?: Credentials): Connection {
    const secure = !/[?&]tls=false(&|$)/i.test(connectionString);
    const { client, given } = parsed(connectionString, credentials);
    if (secure && !given) throw new EventStoreUnusable('EventStoreDB with TLS needs a user and a password');
    return new Connection(client, given ?? NOT_SENT);
  }

  /** Whether the server is told who asks. */
  get knowsUser(): boolean {
    return this.credentials !== NOT_SENT;
  }

  /**
   * What the client threw, as the port's error.
   * @param asked what was asked for, as what follows "may not"
   * @param stream what it was asked of, by the port's name
   */
  failure(error: unknown, asked: string, stream?: string): EventStoreError {
    return asEventStoreError(error, { user: this.credentials.username, asked, stream });
  }

  async close(): Promise<void> {
    const late = new AbortController();
    await Promise.race([this.client.dispose(), sleep(DISPOSE_MS, undefined, { signal: late.signal })]).finally(() =>
      late.abort(),
    );
  }
}

/** What the client understands. Of any other it would print the whole string, with the password, and go on without. */
const OPTIONS = [
  'connectionName',
  'defaultDeadline',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
  'nodePreference',
  'throwOnAppendFailure',
  'tls',
  'tlsCAFile',
  'userCertFile',
  'userKeyFile',
];

/** Names are taken in any spelling of letters, as the client does. */
function assertKnownOptions(connectionString: string): void {
  const known = new Set(OPTIONS.map((name) => name.toLowerCase()));
  for (const option of (connectionString.split('?')[1] ?? '').split('&')) {
    const name = option.split('=')[0]!;
    if (name !== '' && !known.has(name.toLowerCase()))
      throw new EventStoreUnusable(
        `the connection string of EventStoreDB has the option ${/^\w{1,40}$/.test(name) ? name : 'of a name that is none'}, which is not one of ${OPTIONS.join(', ')}`,
      );
  }
}

function parsed(connectionString: string, credentials?: Credentials) {
  assertKnownOptions(connectionString);
  try {
    const given = credentials ?? credentialsIn(connectionString);
    // The successor of the server calls the same protocol by a name of its own, which this client does not know. Who
    // calls is said with each call: what the client does not have it cannot print.
    const known = connectionString.replace(/^kurrentdb(?=:|\+)/i, 'esdb').replace(CREDENTIALS, '$1');
    return { client: survivable(EventStoreDBClient.connectionString(known)), given };
  } catch {
    throw new EventStoreUnusable(
      'the connection string of EventStoreDB is not as it should be: esdb://user:password@host:2113',
    );
  }
}

/** What stands before the host. */
const CREDENTIALS = /^([^:]+:\/\/)([^:/@]+):([^@/]*)@/;

/**
 * With a cluster the client rejects a promise that nobody holds when a call fails while its search for a node fails
 * too, and that ends the process. The failed call itself is told to whoever made it, so nothing is lost by taking that
 * rejection here.
 */
function survivable(client: EventStoreDBClient): EventStoreDBClient {
  const handleError: unknown = Reflect.get(client, 'handleError');
  if (typeof handleError === 'function') {
    Reflect.set(client, 'handleError', (...args: unknown[]) =>
      Promise.resolve(Reflect.apply(handleError, client, args)).catch(() => undefined),
    );
  }
  return client;
}

function credentialsIn(connectionString: string): Credentials | undefined {
  const [, , username, password] = CREDENTIALS.exec(connectionString) ?? [];
  if (username === undefined || password === undefined) return undefined;
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}
