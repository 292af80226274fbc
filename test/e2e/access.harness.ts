import { pino } from 'pino';
import type { AccessLog } from '../../src/access-log/access-log.js';
import { openRegister, type Register } from '../../src/app/register.js';
import { configure } from '../../src/kernel/config/configure.js';
import type { Caller } from '../../src/kernel/http/caller.js';
import { DeclaredRoutes, type HandledRoute } from '../../src/kernel/http/declared-routes.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import type { StoreConfig } from '../../src/stores/open-stores.js';
import { createApp } from '../../src/server/create-app.js';
import type { SignIn } from '../../src/sign-in/sign-in.js';
import { MEMORY, NOW } from './commands.harness.js';

/** The day of the tests in Stockholm. */
export const TODAY = '2026-11-22';

const id = (kind: number, n: number): string =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Two municipalities, and a company that works for the first. */
export const TOWN = id(1, 1);
export const OTHER_TOWN = id(1, 2);
export const COMPANY = id(1, 3);
export const NORTH = id(2, 1);
export const SOUTH = id(2, 2);
export const HIRED = id(2, 3);
export const AWAY = id(2, 4);

/** The staff, by who they are. */
export const STAFF = {
  mia: id(3, 1),
  sam: id(3, 2),
  eva: id(3, 3),
  kim: id(3, 4),
  sas: id(3, 5),
  officer: id(3, 6),
  admin: id(3, 7),
  desk: id(3, 8),
  deputy: id(3, 9),
  stranger: id(3, 10),
} as const;
export type StaffName = keyof typeof STAFF;

export const TOLVAN = id(4, 1);
export const BO = id(4, 2);
export const HIDDEN = id(4, 3);
export const FAR = id(4, 4);
export const HELPED = id(4, 5);
export const EPISODE = id(5, 1);
export const INSPECTION = id(15, 1);
export const ISSUER = 'https://idp.example';

export const hsaOf = (name: StaffName): string => `SE2321000016-${name.toUpperCase()}`;
export const grantOf = (name: string): string =>
  id(14, [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1_000_000_000);

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Answers are read as a caller reads them.
  readonly body: Readonly<Record<string, unknown>>;
}

/** Somebody who has signed in; a staff member by her HSA-id unless said otherwise. */
export function caller(name: StaffName | 'ivo' | 'system' | 'nobody', more: Partial<Caller> = {}): Caller {
  return {
    issuer: ISSUER,
    subject: `sub-${name}`,
    level: 3,
    hsaIds: name in STAFF ? [hsaOf(name as StaffName)] : [],
    session: `session-${name}`,
    purpose: 'DAILY',
    ...more,
  };
}

interface Over {
  readonly config?: StoreConfig;
  readonly wrap?: (register: Register) => Register;
  readonly peopled?: boolean;
}

/** A register whose callers sign in, with the people of {@link STAFF}. Who calls stands in a header of the tests. */
export class AccessServer {
  private constructor(
    readonly register: Register,
    readonly clock: FixedClock,
    readonly url: string,
    /** All that its handlers answer. */
    readonly routes: readonly HandledRoute[],
    private readonly stop: () => Promise<void>,
  ) {}

  /**
   * @param open signs callers in as a user would; without it who calls stands in a header of the tests alone
   * @param accessLog where it is written down who looked at whom
   * @param over where the register lies, what stands between it and the server, and whether its people are there
   */
  static async start(
    open?: (register: Register) => Promise<SignIn>,
    accessLog?: AccessLog,
    { config = MEMORY, wrap = (register) => register, peopled = false }: Over = {},
  ): Promise<AccessServer> {
    const clock = new FixedClock(NOW);
    const register = await openRegister(config, { clock, follow: true, judge: (local) => local });
    const configured = await configure({ AUTH: 'demo', DATA_DIR: config.dataDir });
    const signIn = await open?.(register);
    const app = await createApp(wrap(register), {
      logger: pino({ level: 'silent' }),
      configured,
      accessLog,
      ...(signIn && { signIn }),
    });
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRequest', async (request) => {
        const given = request.headers['x-test-caller'];
        if (typeof given === 'string') request.caller = JSON.parse(decodeURIComponent(given)) as Caller;
      });
    await app.listen(0, '127.0.0.1');
    const server = new AccessServer(register, clock, await app.getUrl(), app.get(DeclaredRoutes).all(), async () => {
      await app.close();
      await signIn?.close();
      await register.close();
    });
    if (!peopled) await server.settle();
    return server;
  }

  /** Each role decides alone: the deputy has but her grant for the north unit, and the contact works elsewhere. */
  static async startWithEachRoleAlone(): Promise<AccessServer> {
    const server = await AccessServer.start();
    await server.record(
      `grant-${grantOf('UNIT_DEPUTY north')}`,
      'RoleGranted',
      {
        holder: { staff: STAFF.deputy },
        role: 'UNIT_DEPUTY',
        controller: TOWN,
        units: [NORTH],
        validTo: '2026-12-31',
        reason: 'x',
      },
      { subject: STAFF.deputy },
    );
    await server.record(`staff-${STAFF.kim}`, 'StaffMovedUnit', { unit: SOUTH });
    await server.settled();
    return server;
  }

  close(): Promise<void> {
    return this.stop();
  }

  /** Records an entry as somebody else: the register's own way, past every decision. */
  async record(
    stream: string,
    type: string,
    data: Record<string, unknown>,
    more: Record<string, unknown> = {},
  ): Promise<string> {
    const recorded = `${String(this.recorded++).padStart(8, '0')}-0000-4000-9000-000000000000`;
    const own = stream.slice(stream.indexOf('-') + 1);
    await this.register.log.append(stream, 'ANY', [
      {
        id: recorded,
        type,
        stream,
        effectiveOn: '2026-01-01',
        actor: { id: 'import', role: 'INTEGRATION' },
        controller: TOWN,
        subject: own,
        data,
        ...more,
      },
    ]);
    return recorded;
  }

  private recorded = 1;

  /** Gives a role to a staff member, or to who signs in. */
  async grant(
    role: string,
    to: StaffName | { issuer: string; subject: string },
    more: Record<string, unknown> = {},
    day = '2026-01-01',
  ): Promise<string> {
    const name = typeof to === 'string' ? to : to.subject;
    const grant = grantOf(`${role} ${name}`);
    const holder = typeof to === 'string' ? { staff: STAFF[to] } : to;
    await this.record(
      `grant-${grant}`,
      'RoleGranted',
      { holder, role, controller: TOWN, reason: 'beslut', ...more },
      { effectiveOn: day, subject: typeof to === 'string' ? STAFF[to] : grant },
    );
    return grant;
  }

  async call(who: Caller | undefined, method: string, path: string, { headers, body }: Sent = {}): Promise<Told> {
    const answer = await fetch(`${this.url}${path.startsWith('/') ? '/api/v1' : ''}${path}`, {
      method,
      headers: {
        ...(who ? { 'x-test-caller': encodeURIComponent(JSON.stringify(who)) } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = text.startsWith('{') || text.startsWith('[');
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: json ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : {},
    };
  }

  get(who: Caller | undefined, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Told> {
    return this.call(who, 'GET', path, { headers });
  }

  /** In one word: the status, and the code of an error. */
  async answer(who: Caller | undefined, path: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const { status, body } = await this.get(who, path, headers);
    return status < 400 ? String(status) : `${status} ${String(body['code'])}`;
  }

  /** Posts with the ETag of the stream, past every decision. */
  async post(
    who: Caller | undefined,
    path: string,
    body: unknown,
    stream?: string,
    headers: Record<string, string> = {},
  ): Promise<Told> {
    const head = stream === undefined ? undefined : (await this.register.store.streamHead(stream))?.revision;
    return this.call(who, 'POST', path, {
      headers: { ...(head === undefined ? {} : { 'if-match': `"${head}"` }), ...headers },
      body,
    });
  }

  /** Waits until the views know everything. */
  async settled(): Promise<void> {
    await this.register.waitFor(await this.register.head(), 5_000);
  }

  private async settle(): Promise<void> {
    for (const [controller, name] of [
      [TOWN, 'Ånge'],
      [OTHER_TOWN, 'Bräcke'],
      [COMPANY, 'Hemvård AB'],
    ] as const)
      await this.record(
        `controller-${controller}`,
        'ControllerRegistered',
        { name, kind: 'MUNICIPAL', orgNumber: '212000-2395' },
        { controller },
      );
    for (const [unit, controller, manager, more] of [
      [NORTH, TOWN, 'mia', {}],
      [SOUTH, TOWN, 'sam', {}],
      [HIRED, COMPANY, undefined, { commissionedBy: TOWN }],
      [AWAY, OTHER_TOWN, undefined, {}],
    ] as const)
      await this.record(
        `unit-${unit}`,
        'UnitOpened',
        {
          controller,
          name: 'Enhet',
          careForms: ['HOME_CARE'],
          ...(manager ? { manager: STAFF[manager] } : {}),
          ...more,
        },
        { controller },
      );
    for (const [name, staff] of Object.entries(STAFF)) {
      const unit = ['sam', 'deputy'].includes(name) ? SOUTH : name === 'stranger' ? AWAY : NORTH;
      const controller = name === 'stranger' ? OTHER_TOWN : TOWN;
      await this.record(
        `staff-${staff}`,
        'StaffRegistered',
        { controller, unit, name: `Namn ${name}`, hsaId: hsaOf(name as StaffName) },
        { controller },
      );
      if (['eva', 'kim', 'stranger'].includes(name))
        await this.record(`staff-${staff}`, 'EmploymentStarted', { form: 'PERMANENT' }, { controller });
    }
    await this.person(TOLVAN, EPISODE, NORTH);
    await this.person(BO, id(5, 2), SOUTH);
    await this.person(HIDDEN, id(5, 3), NORTH, { protection: 'CONFIDENTIALITY_MARKED' });
    await this.person(FAR, id(5, 4), AWAY, {}, OTHER_TOWN);
    await this.person(HELPED, id(5, 5), HIRED, {}, COMPANY);
    await this.record(
      `careEpisode-${EPISODE}`,
      'ContactAssigned',
      { assignment: id(6, 1), role: 'PRIMARY', staff: STAFF.kim, considerations: 'Talar finska' },
      { effectiveOn: '2026-02-01', subject: TOLVAN },
    );
    await this.grant('SAS', 'sas');
    await this.grant('CASE_OFFICER', 'officer');
    await this.grant('ADMIN', 'admin');
    await this.grant('RECIPIENT_DESK', 'desk');
    await this.grant('UNIT_DEPUTY', 'deputy', { units: [SOUTH], validTo: '2026-12-31' });
    await this.record(
      `inspection-${INSPECTION}`,
      'InspectionOpened',
      { authority: 'IVO', caseNumber: '3.5.1-1/2026', controller: TOWN, units: [NORTH], validTo: '2026-11-30' },
      { effectiveOn: '2026-11-01' },
    );
    await this.grant('AUDITOR', { issuer: ISSUER, subject: 'sub-ivo' }, { inspection: INSPECTION });
    await this.grant('INTEGRATION', { issuer: ISSUER, subject: 'sub-system' }, { units: [NORTH, SOUTH] });
    await this.settled();
  }

  private async person(
    recipient: string,
    episode: string,
    unit: string,
    more: Record<string, unknown> = {},
    controller = TOWN,
  ): Promise<void> {
    await this.record(
      `recipient-${recipient}`,
      'RecipientRegistered',
      {
        controller,
        identity: { type: 'RESERVE', value: `R-${recipient.slice(-3)}`, issuer: 'kommunen' },
        name: `Person ${recipient.slice(-3)}`,
        protection: 'NONE',
        ...more,
      },
      { controller },
    );
    await this.record(
      `careEpisode-${episode}`,
      'CareEpisodeStarted',
      { recipient, unit, careForm: 'HOME_CARE', legalGround: 'SOL_NEEDS_ASSESSED', services: ['PERSONAL_CARE'] },
      { controller, subject: recipient, effectiveOn: '2026-01-15' },
    );
  }
}
