import type { Assigned } from '../../access/model.js';
import { CallerRoles } from '../../access/roles/caller-roles.js';
import { asGranted, assignedOn, daysNotLeft, type StaffFacts } from '../../access/roles/held-roles.js';
import { namesByStream } from '../../answers/text/names.js';
import { Facts } from '../../compliance-rules/facts.js';
import { holds, switchedOn } from '../../compliance-rules/intervals.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { signInTerm } from '../../facts/search-terms.js';
import type { ReadSide } from '../../judgement/read-side.js';
import { type Day, dayOf } from '../../kernel/time/day.js';
import type { AccessRecord } from '../access-record.js';
import type { Reader } from './stand-out.js';
import { surnamesIn } from './surnames.js';

export type ReaderReads = Pick<ReadSide, 'index' | 'streams' | 'log' | 'keys'>;

/** What the register knows of those who look, by their ids in the access log. */
export class KnownReaders {
  private readonly roles: CallerRoles;
  private readonly same = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(private readonly reads: ReaderReads) {
    this.roles = new CallerRoles(reads);
  }

  /** Who somebody was on a day, as is known now; of who is neither employee nor holder of a grant nothing is known. */
  async on({ kind, id }: Pick<AccessRecord['who'], 'kind' | 'id'>, date: string): Promise<Reader> {
    const day = dayOf(date);
    const staff = kind === 'STAFF' ? await this.roles.staffMember(id, { day }) : undefined;
    if (!staff) return { roles: kind === 'GRANT' ? await this.granted(id, day) : [], surnames: new Set() };
    const names = await namesByStream(this.reads, [`staff-${id}`]);
    return {
      employed: isEmployed(staff, day),
      onLeave: holds(switchedOn(staff.facts.of('LeaveStarted', 'LeaveEnded'), 'LeaveStarted'), day),
      roles: assignedOn(await this.roles.heldBy(staff, { day }), day),
      surnames: surnamesIn(names.values()),
    };
  }

  /** All ids by which the register knows whom an id means: a sign-in may hold several grants, and be a staff member's. */
  idsOf(id: string): Promise<ReadonlySet<string>> {
    let ids = this.same.get(id);
    if (!ids) this.same.set(id, (ids = this.findSame(id)));
    return ids;
  }

  private async findSame(id: string): Promise<ReadonlySet<string>> {
    const ids = new Set([id]);
    for (const category of ['staff', 'grant']) {
      const facts = new Facts(
        resolveEntries(await this.reads.log.open(await this.reads.streams.read(`${category}-${id}`))),
      );
      const signIns = [
        ...facts.of('IdentityLinked').map(({ data }) => data),
        ...facts.of('RoleGranted').map(({ data }) => data.holder),
      ];
      for (const { issuer, subject } of signIns) {
        if (issuer === undefined || typeof subject !== 'string') continue;
        for (const other of await this.reads.keys.findByTerm(signInTerm(issuer, subject))) ids.add(other);
      }
    }
    return ids;
  }

  private async granted(id: string, day: Day): Promise<Assigned[]> {
    const facts = await this.factsOf(`grant-${id}`);
    const inspection = facts.of('RoleGranted')[0]?.data.inspection;
    const inspected = inspection === undefined ? undefined : await this.factsOf(`inspection-${inspection}`);
    return assignedOn(
      asGranted({ id, facts }, undefined, () => inspected),
      day,
    );
  }

  private async factsOf(stream: string): Promise<Facts> {
    return new Facts(resolveEntries(await this.reads.streams.read(stream)));
  }
}

/** Where no employment was ever said, whoever has not left is employed. */
function isEmployed(staff: StaffFacts, day: Day): boolean {
  const said = staff.facts.of('EmploymentStarted', 'EmploymentEnded');
  const begun = said.some(({ type }) => type === 'EmploymentStarted');
  return holds(begun ? switchedOn(said, 'EmploymentStarted') : daysNotLeft(staff), day);
}
