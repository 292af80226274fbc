import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { AccessLog } from '../../src/access-log/access-log.js';
import { createApp } from '../../src/server/create-app.js';
import type { Configured } from '../../src/kernel/config/configure.js';
import { DeclaredRoutes, type HandledRoute } from '../../src/kernel/http/declared-routes.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import type { StoreConfig } from '../../src/stores/open-stores.js';
import { openRegister, type Register } from '../../src/app/register.js';
import type { SignIn } from '../../src/sign-in/sign-in.js';
import { mustBeDescribed } from '../support/described-answers.js';
import { configAt } from '../support/stores.js';

/** The day of the tests is 2026-11-22 in Stockholm. */
export const NOW = '2026-11-22T08:00:00.000Z';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Answers are read as a caller reads them: by looking into them.
  readonly body: Body;
}

/** The members of an answer that the tests look at. */
export interface Body {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly id: string;
  readonly code: string;
  readonly consistencyToken: string;
  readonly warnings: readonly { readonly rule: string; readonly message: string }[];
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly [member: string]: unknown;
}

export interface Sent {
  readonly ifMatch?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A register of the process alone: what is about other stores cannot be asked of it. */
export const MEMORY: StoreConfig = { dataDir: './unused', eventStore: 'memory', viewStore: 'memory' };

export interface ServerOptions {
  /** Default a register of its own on the stores under test, which ends with the server. */
  readonly config?: StoreConfig;
  /** Stands between the server and the register, to make things go wrong. */
  readonly wrap?: (register: Register) => Register;
  /** The settings, where they are not all as usual. */
  readonly configured?: Configured;
  /** How its callers are known; everybody is believed without it. Whoever gives it closes it. */
  readonly signIn?: SignIn;
  /** How many calls it takes at once. */
  readonly requestsAtOnce?: number;
  /** How many calls a minute it takes from one caller. */
  readonly callsAMinute?: number;
  /** Where it is written down who looked at whom. */
  readonly accessLog?: AccessLog;
}

export const MANAGER = { 'X-Actor-Id': 'SE2321000016-1003', 'X-Actor-Role': 'UNIT_MANAGER' };

/** A register with its server, listening on a port of its own. */
export class TestServer {
  private constructor(
    readonly register: Register,
    readonly url: string,
    readonly clock: FixedClock,
    /** What was logged. */
    readonly log: string[],
    /** All that its handlers answer. */
    readonly routes: readonly HandledRoute[],
    private readonly stop: () => Promise<void>,
  ) {}

  static async start({ config, wrap = (register) => register, ...limits }: ServerOptions = {}): Promise<TestServer> {
    const folder = mkdtempSync(join(tmpdir(), 'fok-served-'));
    const clock = new FixedClock(NOW);
    // Threads cannot be started from within Jest: episodes are judged where they are asked for.
    const register = await openRegister(config ?? configAt(folder), { clock, follow: true, judge: (local) => local });
    const log: string[] = [];
    const app = await createApp(wrap(register), {
      logger: pino({ level: 'info' }, { write: (line: string) => log.push(line) }),
      ...limits,
    });
    await app.listen(0, '127.0.0.1');
    return new TestServer(register, await app.getUrl(), clock, log, app.get(DeclaredRoutes).all(), async () => {
      await app.close();
      await register.close();
      rmSync(folder, { recursive: true, force: true });
    });
  }

  close(): Promise<void> {
    return this.stop();
  }

  /** Sends a command as the manager. */
  async post(path: string, body: unknown, { ifMatch, key, headers }: Sent = {}): Promise<Answer> {
    return this.send('POST', path, body, {
      ...MANAGER,
      ...(ifMatch ? { 'If-Match': ifMatch } : {}),
      ...(key ? { 'Idempotency-Key': key } : {}),
      ...headers,
    });
  }

  /** Sends a command on the stream as it stands now. */
  async onCurrent(resource: string, path: string, body: unknown, sent: Sent = {}): Promise<Answer> {
    return this.post(`${resource}${path}`, body, { ifMatch: await this.etag(resource), ...sent });
  }

  /** The same, when it must succeed. */
  async record(resource: string, path: string, body: unknown, sent: Sent = {}): Promise<Answer> {
    return mustBe(201, await this.onCurrent(resource, path, body, sent));
  }

  /** Opens something new, and waits until the views know it too. */
  async open(path: string, body: unknown): Promise<string> {
    const { body: opened } = mustBe(201, await this.post(path, body));
    await this.register.waitFor(BigInt(opened.position), 5_000);
    return opened.id;
  }

  async etag(resource: string): Promise<string> {
    const { headers } = mustBe(200, await this.get(resource));
    return headers.get('etag') ?? '';
  }

  /** Asks, and waits longer than a caller would where views lag behind on a busy machine; `Prefer` says otherwise. */
  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, { Prefer: 'wait=30', ...headers });
  }

  /** Asks something that lies beside the API. */
  beside(path: string): Promise<Answer> {
    return this.fetch('GET', path, undefined, {});
  }

  send(method: string, path: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<Answer> {
    return this.fetch(method, `/api/v1${path}`, body, headers);
  }

  private async fetch(
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = text.startsWith('{') || text.startsWith('[');
    const told = json ? (JSON.parse(text) as Body) : ({ text } as unknown as Body);
    if (json) mustBeDescribed(method, path, answer.status, told);
    return { status: answer.status, headers: answer.headers, body: told };
  }
}

/** @throws Error that shows the answer when it has another status */
export function mustBe(status: number, answer: Answer): Answer {
  if (answer.status !== status)
    throw new Error(`expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}

/** The people and places of the process, and one ongoing episode. */
export interface Scene {
  readonly controller: string;
  readonly unit: string;
  readonly anna: string;
  readonly bo: string;
  readonly untitled: string;
  readonly recipient: string;
  readonly episode: string;
}

/**
 * A municipality, a unit with two undersköterskor and one employee without a title, a recipient with home care since 2
 * November.
 */
export async function setTheScene(server: TestServer): Promise<Scene> {
  const on = { effectiveOn: '2026-11-02', lateReason: 'Registrerades i efterhand.' };
  const controller = await server.open('/controllers', {
    name: 'Ånge kommun',
    kind: 'MUNICIPAL',
    orgNumber: '212000-2395',
    municipalityCode: '2260',
    ...on,
  });
  const unit = await server.open('/units', { controller, name: 'Hemtjänsten Norr', careForms: ['HOME_CARE'], ...on });
  const staff = (name: string) => server.open('/staff', { controller, unit, name, ...on });
  const [anna, bo, untitled] = [await staff('Anna Lind'), await staff('Bo Ek'), await staff('Cia Dahl')];
  for (const member of [anna, bo]) {
    await server.record(`/staff/${member}`, '/title-verifications', {
      certificateDate: '2024-03-05',
      method: 'HOSP_DIRECT',
      checkedBy: 'HOSP',
      ...on,
    });
    await server.record(`/staff/${member}`, '/trainings', { course: 'Fast omsorgskontakt', ...on });
  }
  const recipient = await server.open('/recipients', {
    controller,
    identity: { type: 'PERSONNUMMER', value: '191212121212' },
    name: 'Tolvan Tolvansson',
    protection: 'NONE',
    ...on,
  });
  const episode = await server.open('/care-episodes', {
    recipient,
    unit,
    careForm: 'HOME_CARE',
    legalGround: 'SOL_NEEDS_ASSESSED',
    services: ['PERSONAL_CARE'],
    ...on,
  });
  return { controller, unit, anna, bo, untitled, recipient, episode };
}

export const SECTIONS = {
  security: 'Larm.',
  continuity: 'Samma på morgonen.',
  individualCare: 'Dusch tisdag.',
  coordination: 'Distriktssköterskan.',
};
export const SIX_ITEMS = [
  'ROLE_REPLACES_CONTACT_PERSON',
  'ROLE_CONTENT',
  'FREE_CHOICE',
  'RELATIVES_ASKED',
  'BROCHURE',
  'UNDERSTOOD',
];
