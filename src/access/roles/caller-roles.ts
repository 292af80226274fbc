import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { signInTerm } from '../../facts/search-terms.js';
import type { RecordedEvent } from '../../kernel/event-sourcing/envelope.js';
import type { Caller } from '../../kernel/http/caller.js';
import { holds as within } from '../../compliance-rules/intervals.js';
import type { Day } from '../../kernel/time/day.js';
import type { ReadSide } from '../../judgement/read-side.js';
import type { Subject } from '../model.js';
import {
  asCareStaff,
  asContact,
  asGranted,
  asManager,
  assignedOn,
  type Held,
  linksByDay,
  type StaffFacts,
} from './held-roles.js';

export type RoleReads = Pick<ReadSide, 'index' | 'streams' | 'log' | 'keys'>;

/** As of which day, and from which part of the log; the whole log where no position is named. */
export interface AsOf {
  readonly day: Day;
  readonly upTo?: bigint;
}

/** What a reading of roles rested on: an event on one of these streams may change it. */
export type Rests = Set<string>;

/** Who a caller is, and which roles she holds on a day, as known at a time: read from the streams themselves. */
export class CallerRoles {
  constructor(private readonly reads: RoleReads) {}

  /** @param rests is told all that the answer rests on */
  async subjectOf(caller: Caller, at: AsOf, rests: Rests = new Set()): Promise<Subject> {
    const staff = await this.staffOf(caller, at, rests);
    const own = await Promise.all(staff.map((one) => this.heldBy(one, at, rests)));
    const granted = await this.grantedTo(caller, at, rests);
    return {
      level: caller.level,
      staff: staff.map(({ id }) => id),
      roles: assignedOn([...own.flat(), ...granted], at.day),
    };
  }

  /** The roles of a staff member, on all days. */
  async heldBy(staff: StaffFacts, at: AsOf, rests: Rests = new Set()): Promise<Held[]> {
    const { index } = this.reads;
    const [units, episodes, grants] = await Promise.all([
      index.unitsManagedBy(staff.id),
      index.episodesOfStaff(staff.id),
      index.grantsOf(staff.id),
    ]);
    const read = (category: string, ids: readonly string[]) =>
      Promise.all(ids.map((id) => this.entity(`${category}-${id}`, at, rests)));
    return [
      ...asCareStaff(staff),
      ...(await read('unit', units)).flatMap((unit) => (unit ? asManager(staff, unit) : [])),
      ...(await read('careEpisode', episodes)).flatMap((episode) => (episode ? asContact(staff, episode) : [])),
      ...(await Promise.all(grants.map((grant) => this.granted(grant, staff, at, rests)))).flat(),
    ];
  }

  /** A staff member's entries; undefined for nobody, and for a registration that was annulled. */
  async staffMember(id: string, at: AsOf, rests: Rests = new Set()): Promise<StaffFacts | undefined> {
    const staff = await this.entity(`staff-${id}`, at, rests);
    return staff && staff.facts.of('StaffRegistered').length > 0 ? staff : undefined;
  }

  /** What a grant gives a staff member; nothing where it is another's. */
  async granted(id: string, holder: StaffFacts, at: AsOf, rests: Rests = new Set()): Promise<Held[]> {
    const grant = await this.entity(`grant-${id}`, at, rests);
    const [fact] = grant?.facts.of('RoleGranted') ?? [];
    if (!grant || fact?.data.holder.staff !== holder.id) return [];
    return asGranted(grant, holder, await this.inspectionsOf(grant.facts, at, rests));
  }

  private async staffOf({ hsaIds, issuer, subject, client }: Caller, at: AsOf, rests: Rests): Promise<StaffFacts[]> {
    // A program is nobody's colleague, whatever its token says besides.
    if (client) return [];
    const ids = (await Promise.all(hsaIds.map((one) => this.reads.index.staffWithHsaId(one)))).flat();
    const known = await Promise.all([...new Set(ids)].map((id) => this.staffMember(id, at, rests)));
    const same = (one: string | undefined) => hsaIds.some((own) => own.toUpperCase() === one?.toUpperCase());
    const byDirectory = known.filter(
      (one): one is StaffFacts => one !== undefined && same(one.facts.of('StaffRegistered')[0]?.data.hsaId),
    );
    if (byDirectory.length > 0) return byDirectory;
    const linked: StaffFacts[] = [];
    for (const id of await this.reads.keys.findByTerm(signInTerm(issuer, subject))) {
      const staff = await this.opened(`staff-${id}`, at, rests);
      const link = staff && linksByDay(staff).find((each) => within([each], at.day))?.value;
      if (staff && link?.issuer === issuer && link.subject === subject) linked.push(staff);
    }
    return linked;
  }

  /** Grants to whom signs in, and not to a staff member. */
  private async grantedTo({ issuer, subject }: Caller, at: AsOf, rests: Rests): Promise<Held[]> {
    const held: Held[] = [];
    for (const id of await this.reads.keys.findByTerm(signInTerm(issuer, subject))) {
      const grant = await this.opened(`grant-${id}`, at, rests);
      const [fact] = grant?.facts.of('RoleGranted') ?? [];
      const holder = fact?.data.holder;
      if (!grant || holder?.issuer !== issuer || holder.subject !== subject) continue;
      held.push(...asGranted(grant, undefined, await this.inspectionsOf(grant.facts, at, rests)));
    }
    return held;
  }

  private async inspectionsOf(
    grant: Facts,
    at: AsOf,
    rests: Rests,
  ): Promise<(inspection: string) => Facts | undefined> {
    const id = grant.of('RoleGranted')[0]?.data.inspection;
    const inspection = id === undefined ? undefined : await this.entity(`inspection-${id}`, at, rests);
    return () => inspection?.facts;
  }

  private async entity(stream: string, at: AsOf, rests: Rests): Promise<StaffFacts | undefined> {
    return factsOf(stream, await this.history(stream, at, rests));
  }

  private async opened(stream: string, at: AsOf, rests: Rests): Promise<StaffFacts | undefined> {
    return factsOf(stream, await this.reads.log.open(await this.history(stream, at, rests)));
  }

  private history(stream: string, { upTo }: AsOf, rests: Rests): Promise<readonly RecordedEvent[]> {
    rests.add(stream);
    return this.reads.streams.read(stream, upTo);
  }
}

/** The facts of a stream, and whose register it is in; undefined for one that is not there. */
function factsOf(stream: string, history: readonly RecordedEvent[]): StaffFacts | undefined {
  const [first] = history;
  if (!first) return undefined;
  const id = stream.slice(stream.indexOf('-') + 1);
  return { id, controller: first.controller ?? id, facts: new Facts(resolveEntries(history)) };
}
