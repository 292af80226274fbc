import { ACTOR_ROLES, GRANTED_ROLES } from '../../facts/codes.js';
import { everyStream } from '../../judgement/every-stream.js';
import type { ReadSide } from '../../judgement/read-side.js';
import { type Caller, DEMO_ISSUER, type Level } from '../../kernel/http/caller.js';
import { today } from '../../kernel/time/clock.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { staffState } from '../../answers/current-state/staff-state.js';
import { unitFacts } from '../../answers/current-state/unit-facts.js';

/** Somebody whom the identity provider of a demo can sign in. */
export interface DemoPerson {
  /** What the provider calls the sign-in. */
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly hsaIds: readonly string[];
  /** In what capacity, Swedish. */
  readonly as: string;
  readonly level: Level;
}

/** A role that somebody holds, as far as a demo shows it. */
export interface HeldRole {
  readonly role: string;
  readonly units?: readonly string[];
}

export interface DemoReads {
  readonly reads: Pick<ReadSide, 'index' | 'streams' | 'log' | 'clock'>;
  /** The roles of who signs in so, today. */
  readonly rolesOf: (caller: Caller) => Promise<readonly HeldRole[]>;
}

/** Every role that a person can hold, those that say most of somebody first: a manager is employed as well. */
const ROLES = [
  ...Object.keys(GRANTED_ROLES).filter((role) => role !== 'INTEGRATION'),
  'UNIT_MANAGER',
  'CONTACT',
  'CARE_STAFF',
] as const;

/** So many people are looked at before the demo offers what it has found. */
const MOST_LOOKED_AT = 500;

type Identity = Omit<DemoPerson, 'id' | 'as' | 'level'>;

/**
 * One person for each role that somebody in the data holds today, and one of them once more with a sign-in that is not
 * sure enough. Whoever has neither an HSA-id nor a linked sign-in cannot be told apart and is passed over.
 */
export async function demoPersons(from: DemoReads): Promise<readonly DemoPerson[]> {
  const foremost = new Map<string, DemoPerson>();
  const besides = new Map<string, DemoPerson>();
  let looked = 0;
  for await (const identity of candidates(from)) {
    looked += 1;
    const held = await from.rolesOf(callerAs(identity));
    const roles = ROLES.filter((role) => held.some((one) => one.role === role));
    for (const [at, role] of roles.entries()) {
      const found = at === 0 ? foremost : besides;
      const units = held.find((one) => one.role === role)?.units ?? [];
      if (!found.has(role)) found.set(role, await inRole(from, identity, role, units));
    }
    if (foremost.size === ROLES.length || looked === MOST_LOOKED_AT) break;
  }
  const offered = ROLES.flatMap((role) => foremost.get(role) ?? besides.get(role) ?? []);
  const [first] = offered.slice(-3);
  if (!first) return [];
  return [...offered, { ...first, id: `${first.id}-2`, as: `${first.as}, med för låg tillitsnivå (2)`, level: 2 }];
}

async function inRole(
  { reads: { streams, clock } }: DemoReads,
  identity: Identity,
  role: string,
  [unit]: readonly string[],
): Promise<DemoPerson> {
  const label = (ACTOR_ROLES as Readonly<Record<string, string>>)[role] ?? role;
  const place = unit === undefined ? undefined : (await unitFacts(streams, unit, today(clock)))?.name;
  const as = `${label.slice(0, 1).toUpperCase()}${label.slice(1)}${place === undefined ? '' : `, ${place}`}`;
  return { ...identity, id: role.toLowerCase().replaceAll('_', '-'), as, level: 3 };
}

function callerAs({ subject, name, hsaIds }: Identity): Caller {
  return { issuer: DEMO_ISSUER, subject, name, hsaIds, level: 3, session: 'demo', purpose: 'DAILY' };
}

/** Everybody who might sign in: who holds a grant, who leads a unit, who works. */
async function* candidates(from: DemoReads): AsyncGenerator<Identity> {
  const { index, streams, log } = from.reads;
  for await (const grant of everyStream(index, 'grant')) {
    const events = await log.open(await streams.read(`grant-${grant}`));
    for (const { data } of resolveEntries(events).filter(({ type }) => type === 'RoleGranted')) {
      const { holder } = data as { holder: { staff?: string; issuer?: string; subject?: string | null } };
      const { staff, issuer, subject } = holder;
      if (staff !== undefined) yield* employee(from, staff);
      else if (issuer === DEMO_ISSUER && typeof subject === 'string') yield { subject, name: subject, hsaIds: [] };
    }
  }
  const seen = new Set<string>();
  for await (const unit of everyStream(index, 'unit')) {
    const { manager } = (await unitFacts(streams, unit, today(from.reads.clock))) ?? {};
    for (const staff of [...(manager === undefined ? [] : [manager]), ...(await index.staffOfUnit(unit))]) {
      if (seen.has(staff)) continue;
      seen.add(staff);
      yield* employee(from, staff);
    }
  }
}

/** How an employee signs in, where she can. */
async function* employee({ reads: { log, streams, clock } }: DemoReads, staff: string): AsyncGenerator<Identity> {
  const facts = resolveEntries(await log.open(await streams.read(`staff-${staff}`)));
  const state = staffState(facts, today(clock)) as { name?: string | null; hsaId?: string | null };
  const linked = facts
    .filter(({ type }) => type === 'IdentityLinked')
    .map(({ data }) => data as { issuer: string; subject: string | null })
    .findLast(({ issuer }) => issuer === DEMO_ISSUER)?.subject;
  const hsaIds = typeof state.hsaId === 'string' ? [state.hsaId] : [];
  const subject = linked ?? hsaIds[0];
  if (typeof subject === 'string') yield { subject, name: state.name ?? subject, hsaIds };
}
