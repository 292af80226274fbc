import { Facts } from '../compliance-rules/facts.js';
import { resolveEntries } from '../compliance-rules/resolve-entries.js';
import { appointedIn } from '../compliance-rules/situation/assignments.js';
import type { ReadSide } from '../judgement/read-side.js';
import { loadPerson } from '../judgement/person/person.js';
import { type Day, formatDay } from '../kernel/time/day.js';
import { narrowingOf } from './followed-access.js';
import type { AccessPolicy, Assigned, DecisionContext, Narrowing, PersonResource, Subject } from './model.js';
import { visible } from './reach.js';
import { personResource } from './resources.js';
import { CallerRoles, type AsOf } from './roles/caller-roles.js';
import { asGranted, assignedOn } from './roles/held-roles.js';

/** Somebody who could have opened a person's data, and in which role. */
export interface CouldRead {
  readonly staff?: string;
  /** Of who is no staff member: the sign-in that the grant names. Absent where it cannot be read. */
  readonly subject?: string;
  readonly role: Assigned['role'];
  readonly rule: Assigned['rule'];
  readonly grant?: string;
  readonly from: string;
  readonly to?: string;
}

/** Reading of a person is any of these. */
const READING = ['recipient.state', 'recipient.timeline'];

/**
 * Who could have read about a person on a day, as known at a time: by the table as it is today, by roles, reach,
 * protection, broken glass and what the controllers had withdrawn as they were then; with a sign-in that is sure enough
 * and for whatever purpose her role reads for.
 * @param upTo the last position of the log that is known; the whole log where undefined
 * @returns by staff member and grant, in order; undefined for nobody of that id
 */
export async function whoCouldRead(
  reads: ReadSide,
  policy: AccessPolicy,
  recipient: string,
  { day, upTo }: AsOf,
): Promise<CouldRead[] | undefined> {
  const found = await personResource(reads, recipient, { day, upTo });
  if (!found) return undefined;
  const person = { ...found, glass: found.glass.filter(({ on }) => on === day) };
  const roles = new CallerRoles(reads);
  const could: CouldRead[] = [];
  const narrowings = await narrowingsOf(reads, person, { day, upTo });
  for (const staff of await candidates(reads, person, recipient, upTo)) {
    const member = await roles.staffMember(staff, { day, upTo });
    if (!member) continue;
    const held = assignedOn(await roles.heldBy(member, { day, upTo }), day);
    could.push(...readable(policy, person, { staff: [staff], held, narrowings, day }));
  }
  for (const { grant, subject } of await grantsBeside(reads, person, { day, upTo })) {
    const told = readable(policy, person, { staff: [], held: grant, narrowings, day });
    could.push(...told.map((one) => ({ ...(subject === undefined ? {} : { subject }), ...one })));
  }
  return could.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

interface Held {
  readonly staff: readonly string[];
  readonly held: readonly Assigned[];
  readonly narrowings: DecisionContext['narrowings'];
  readonly day: Day;
}

/** Those of the roles in which the person could be read. */
function readable(policy: AccessPolicy, person: PersonResource, { staff, held, narrowings, day }: Held): CouldRead[] {
  const subject: Subject = { level: 4, staff, roles: held };
  // A glass that was broken that day counts for the day.
  const context: DecisionContext = { now: `${formatDay(day - 1)}T00:00:00.000Z`, purpose: 'DAILY', narrowings };
  const rows = policy.rows.filter(({ actions }) => READING.some((action) => actions.has(action)));
  const reads = (assigned: Assigned): boolean =>
    rows.some(
      (row) =>
        row.roles.includes(assigned.role) &&
        !narrowings.get(assigned.controller)?.withdrawn.has(row.id) &&
        visible({ policy, subject, context }, { assigned, row }, person),
    );
  return held.filter(reads).map(({ staff: id, role, rule, grant, from, to }) => ({
    ...(id === undefined ? {} : { staff: id }),
    role,
    rule,
    ...(grant === undefined ? {} : { grant }),
    from,
    ...(to === undefined ? {} : { to }),
  }));
}

/** All staff members who may have had a role by which they reach the person. */
async function candidates(
  reads: ReadSide,
  person: PersonResource,
  recipient: string,
  upTo: bigint | undefined,
): Promise<string[]> {
  const { index } = reads;
  const found = new Set<string>(person.registeredBy === undefined ? [] : [person.registeredBy]);
  const { streams } = await loadPerson(reads, recipient, upTo);
  for (const history of streams.values())
    for (const staff of appointedIn(new Facts(resolveEntries(history)))) found.add(staff);
  for (const unit of person.everUnits) {
    for (const staff of await index.staffOfUnit(unit)) found.add(staff);
    const facts = new Facts(resolveEntries(await index.shared.read(`unit-${unit}`, upTo)));
    for (const { data } of facts.of('UnitOpened')) if (data.manager !== undefined) found.add(data.manager);
    for (const { data } of facts.of('UnitManagerAppointed')) found.add(data.staff);
  }
  for (const { by } of person.glass) found.add(by);
  for (const controller of controllersOf(person))
    for (const grant of await index.grantsAt(controller)) {
      const [fact] = new Facts(resolveEntries(await reads.streams.read(`grant-${grant}`, upTo))).of('RoleGranted');
      if (fact?.data.holder.staff !== undefined) found.add(fact.data.holder.staff);
    }
  return [...found].sort();
}

/** What grants give to who is no staff member. */
async function grantsBeside(
  reads: ReadSide,
  person: PersonResource,
  { day, upTo }: AsOf,
): Promise<{ readonly grant: readonly Assigned[]; readonly subject?: string }[]> {
  const found: { readonly grant: readonly Assigned[]; readonly subject?: string }[] = [];
  for (const controller of controllersOf(person))
    for (const id of await reads.index.grantsAt(controller)) {
      const history = await reads.log.open(await reads.streams.read(`grant-${id}`, upTo));
      const grant = { id, facts: new Facts(resolveEntries(history)) };
      const [fact] = grant.facts.of('RoleGranted');
      if (!fact || fact.data.holder.staff !== undefined || fact.data.controller !== controller) continue;
      const { inspection } = fact.data;
      const opened =
        inspection === undefined
          ? undefined
          : new Facts(resolveEntries(await reads.streams.read(`inspection-${inspection}`, upTo)));
      const held = assignedOn(
        asGranted(grant, undefined, () => opened),
        day,
      );
      const { subject } = fact.data.holder;
      found.push({ grant: held, ...(typeof subject === 'string' ? { subject } : {}) });
    }
  return found;
}

async function narrowingsOf(
  reads: ReadSide,
  person: PersonResource,
  { day, upTo }: AsOf,
): Promise<ReadonlyMap<string, Narrowing>> {
  const narrowings = new Map<string, Narrowing>();
  for (const controller of controllersOf(person)) {
    const narrowing = narrowingOf(await reads.streams.read(`policy-${controller}`, upTo), day);
    if (narrowing) narrowings.set(controller, narrowing);
  }
  return narrowings;
}

function controllersOf({ controllers, commissionedBy }: PersonResource): Set<string> {
  return new Set([...controllers, ...commissionedBy]);
}

function keyOf({ staff = '~', grant = '', role }: CouldRead): string {
  return `${staff} ${role} ${grant}`;
}
