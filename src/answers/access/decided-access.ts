import type { Facts } from '../../compliance-rules/facts.js';
import { LONGEST_INSPECTION_DAYS } from '../../facts/types/access.js';
import { type Day, dayOf, formatDay } from '../../kernel/time/day.js';

/** The codes of `facts/codes.ts`, spelt out because the answers' schemas are made from these types. */
export type GrantedRole =
  'SAS' | 'CASE_OFFICER' | 'AUDITOR' | 'ADMIN' | 'INTEGRATION' | 'RECIPIENT_DESK' | 'UNIT_DEPUTY';
export type Authority = 'IVO' | 'MUNICIPAL_AUDITOR' | 'JO' | 'OTHER';

/** Who holds a grant: an employee, or somebody who is known by where she signs in alone. */
export interface Holder {
  readonly staff?: string;
  readonly issuer?: string;
}

/** A role that somebody has been given. Why, and as whom she signs in, is read in its entry. */
export interface Grant {
  readonly grant: string;
  /** The entry that gave it. */
  readonly event: string;
  /** Of its stream: what a revocation has to match. */
  readonly etag: string;
  readonly holder: Holder;
  readonly role: GrantedRole;
  readonly controller: string;
  readonly units?: readonly string[];
  readonly inspection?: string;
  readonly decidedBy?: string;
  readonly from: string;
  /** The last day, where it has one. */
  readonly to?: string;
}

/** An inspection that goes on. It admits nobody by itself. */
export interface Inspection {
  readonly inspection: string;
  readonly event: string;
  readonly etag: string;
  readonly authority: Authority;
  readonly caseNumber: string;
  readonly controller: string;
  readonly units?: readonly string[];
  readonly recipients?: readonly string[];
  readonly decidedBy?: string;
  readonly from: string;
  readonly to: string;
}

type Placed<T> = Omit<T, 'etag'>;

/** A grant as it holds on a day; undefined when it does not. @param facts of its stream */
export function grantOn(grant: string, facts: Facts, on: Day): Placed<Grant> | undefined {
  const [granted] = facts.of('RoleGranted');
  if (!granted) return undefined;
  const { holder, role, controller, units, inspection, decidedBy, validTo } = granted.data;
  const to = lastDay(validTo, facts.of('RoleRevoked')[0]?.day);
  if (granted.day > on || (to !== undefined && to < on)) return undefined;
  return {
    grant,
    event: granted.id,
    holder: {
      ...(holder.staff === undefined ? {} : { staff: holder.staff }),
      ...(holder.issuer === undefined ? {} : { issuer: holder.issuer }),
    },
    role,
    controller,
    ...(units === undefined ? {} : { units }),
    ...(inspection === undefined ? {} : { inspection }),
    ...(decidedBy === undefined ? {} : { decidedBy }),
    from: formatDay(granted.day),
    ...(to === undefined ? {} : { to: formatDay(to) }),
  };
}

/** An inspection as it goes on on a day; undefined when it does not. @param facts of its stream */
export function inspectionOn(inspection: string, facts: Facts, on: Day): Placed<Inspection> | undefined {
  const [opened] = facts.of('InspectionOpened');
  if (!opened) return undefined;
  const { authority, caseNumber, controller, units, recipients, decidedBy, validTo } = opened.data;
  const closed = facts.of('InspectionClosed')[0]?.day ?? Infinity;
  const to = Math.min(dayOf(validTo), closed - 1, opened.day + LONGEST_INSPECTION_DAYS - 1);
  if (opened.day > on || to < on) return undefined;
  return {
    inspection,
    event: opened.id,
    authority,
    caseNumber,
    controller,
    ...(units === undefined ? {} : { units }),
    ...(recipients === undefined ? {} : { recipients }),
    ...(decidedBy === undefined ? {} : { decidedBy }),
    from: formatDay(opened.day),
    to: formatDay(to),
  };
}

/** The earlier of the last valid day and the last one before an end. */
function lastDay(validTo: string | undefined, endedOn: Day | undefined): Day | undefined {
  const days = [...(validTo === undefined ? [] : [dayOf(validTo)]), ...(endedOn === undefined ? [] : [endedOn - 1])];
  return days.length === 0 ? undefined : Math.min(...days);
}
