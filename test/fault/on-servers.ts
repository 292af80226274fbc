import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';
import { FakeMongoDB, type Kind } from '../doubles/mongodb/fake-mongodb.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { Caller, type Told } from './http-client.js';
import { begin, CONTROLLER, mustBeWhole, serve, type Served, type Settings } from './served.js';

/** How long a caller waits before it sends again what was refused; the server would have it wait longer. */
const PAUSE_MS = 50;

/** So long the server of the views may be silent, in milliseconds; a minute where nobody says. */
export const SILENCE_MS = 10_000;

const CALLERS = 8;

/** Callers at work. */
export interface Load {
  /** Waits until so many more units were opened. */
  readonly more: (count: number) => Promise<void>;
  /** Tells them to stop. @throws what one of them met that it must not meet */
  readonly end: () => Promise<void>;
}

export async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await met())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** A register whose log and views lie on servers, each behind a network that can be disturbed. */
export class OnServers {
  readonly folder = mkdtempSync(join(tmpdir(), 'fok-servers-'));
  readonly caller = new Caller(CONTROLLER);

  private constructor(
    readonly events: EventStoreDbDouble,
    readonly views: FakeMongoDB,
    readonly toEvents: TcpProxy,
    readonly toViews: TcpProxy,
  ) {}

  /** Starts the servers, and a register on them that holds the example. */
  static async start(kind: Kind): Promise<OnServers> {
    const events = new EventStoreDbDouble();
    await events.start();
    const views = await FakeMongoDB.start(kind);
    views.transactionLifetimeMs = 500; // a real one ends after a minute what nobody ends
    const made = new OnServers(
      events,
      views,
      await TcpProxy.before(() => events.port),
      await TcpProxy.before(() => Number(new URL(views.url).port)),
    );
    await begin(made.folder, made.settings);
    return made;
  }

  get settings(): Settings {
    return {
      EVENT_STORE: 'eventstoredb',
      EVENTSTORE_URL: `esdb://127.0.0.1:${this.toEvents.port}?tls=false`,
      VIEW_STORE: 'mongodb',
      // Directly: a member of a replica set would tell its own address, past the network between.
      MONGODB_URL: `mongodb://127.0.0.1:${this.toViews.port}/fok?directConnection=true&socketTimeoutMS=${SILENCE_MS}`,
    };
  }

  serve(): Promise<Served> {
    return serve(this.folder, this.settings);
  }

  /**
   * Opens the unit of a key, sending again for as long as the stores are said to be away.
   * @returns what was told, the last of it 201
   */
  async persist(url: string, key: string): Promise<Told[]> {
    const all: Told[] = [];
    for (;;) {
      const told = await this.caller.open(url, key);
      if (!told) throw new Error('the register itself hung up');
      all.push(told);
      if (told.status === 201) return all;
      if (told.status !== 503 || told.code !== 'STORE_UNAVAILABLE' || told.retryAfter === null)
        throw new Error(`key ${key} is answered ${JSON.stringify(told)}`);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** Lets callers open units until they are told to stop. */
  load(url: string): Load {
    let over = false;
    let done = 0;
    let number = 0;
    const callers = Array.from({ length: CALLERS }, async () => {
      while (!over) {
        await this.persist(url, `load-${(number += 1)}`);
        done += 1;
      }
    });
    const failed = Promise.all(callers);
    return {
      more: (count) => {
        const wanted = done + count;
        return Promise.race([until(() => done >= wanted), failed.then(() => undefined)]);
      },
      end: async () => {
        over = true;
        await failed;
      },
    };
  }

  /** How often a unit was opened in the log, under any id. */
  opened(id: string): number {
    return this.events.log.events.filter(({ stream, type }) => type === 'UnitOpened' && stream === `fok.unit-${id}`)
      .length;
  }

  /**
   * Ends a server. Then every unit that was asked for must be in the log once, no other, and log and views be whole.
   */
  async allOnce({ server, url }: Served): Promise<void> {
    await this.caller.sendAgain(url);
    const { code, stderr } = await server.stop();
    if (code !== 0) throw new Error(`the server ended with ${code}: ${stderr}`);
    const wanted = [...this.caller.acknowledged.values()].sort();
    const found = this.events.log.events
      .filter(({ type }) => type === 'UnitOpened')
      .map(({ stream }) => stream.slice('fok.unit-'.length))
      .filter((id) => !EXAMPLE.test(id))
      .sort();
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      throw new Error(`${wanted.length} units were opened, in the log are ${found.length}`);
    await mustBeWhole(this.folder, ['--all'], this.settings);
  }

  async end(): Promise<void> {
    await Promise.all([this.toEvents.close(), this.toViews.close()]);
    this.events.kill();
    await this.views.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The ids of the example's units. */
const EXAMPLE = /^a0000000-/;
