import type { Level, Purpose } from '../kernel/http/caller.js';
import type { Day } from '../kernel/time/day.js';

/** Every capacity in which somebody may do something. */
export const ROLES = [
  'UNIT_MANAGER',
  'UNIT_DEPUTY',
  'CONTACT',
  'CARE_STAFF',
  'SAS',
  'CASE_OFFICER',
  'AUDITOR',
  'ADMIN',
  'INTEGRATION',
  'RECIPIENT_DESK',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * How far a row reaches: the units of the role, the persons whom she is contact of, the whole controller, units that
 * work for it, what an inspection names, or nothing in particular.
 */
export const REACHES = ['OWN_UNITS', 'OWN_RECIPIENTS', 'CONTROLLER', 'COMMISSIONED', 'GRANT', 'NONE'] as const;
export type Reach = (typeof REACHES)[number];

/** What a permission asks of the answer: no free text, or persons found by their number alone. */
export const OBLIGATIONS = ['NO_FREE_TEXT', 'IDENTITY_ONLY'] as const;
export type Obligation = (typeof OBLIGATIONS)[number];

/** One row of the table: who may do what, how far, and on which conditions. */
export interface PolicyRow {
  readonly id: string;
  readonly roles: readonly Role[];
  /** Actions; those of a group are written out. */
  readonly actions: ReadonlySet<string>;
  readonly scope: Reach;
  /** The level of assurance that the sign-in has at least. */
  readonly level: Level;
  /** What the call has to be for, one of these; anything where absent. */
  readonly purposes?: readonly Purpose[];
  readonly obligations: readonly Obligation[];
  /** It reaches persons with protected data without being named: it opens nothing about them. */
  readonly reachesProtected: boolean;
  /** Swedish: what it lets people do, for whoever asks. */
  readonly sv: string;
}

/** The table as it is checked in; what controllers have withdrawn of it is said beside it. */
export interface AccessPolicy {
  readonly version: number;
  /** Actions that everybody may, signed in or not. */
  readonly open: ReadonlySet<string>;
  /** Actions that everybody may who is signed in. */
  readonly signedIn: ReadonlySet<string>;
  /** Whether a broken glass opens a person with protected registration, or a secret former number. */
  readonly glassForProtectedRegistration: boolean;
  readonly rows: readonly PolicyRow[];
}

/** What a controller has withdrawn from the table: it may narrow it, never widen it. */
export interface Narrowing {
  /** Ids of rows that hold nowhere in its register. */
  readonly withdrawn: ReadonlySet<string>;
  /** True when no broken glass opens its persons with protected registration. */
  readonly noGlassForProtectedRegistration: boolean;
}

/** A role that somebody holds on a day. */
export interface Assigned {
  readonly role: Role;
  /** By what: what the role follows from, or that it was granted. */
  readonly rule: 'MANAGES_UNIT' | 'IS_CONTACT' | 'EMPLOYED_IN_UNIT' | 'GRANT';
  readonly controller: string;
  /** Only for these units; all of the controller's where absent. */
  readonly units?: readonly string[];
  /** Only for these persons: whom a contact is contact of, or whom an inspection names. */
  readonly recipients?: readonly string[];
  /** The staff member who has it, where it is one. */
  readonly staff?: string;
  readonly grant?: string;
  readonly inspection?: string;
  /** First and last day, `YYYY-MM-DD` in Stockholm. */
  readonly from: string;
  readonly to?: string;
}

/** Who asks: what she has signed in with, whose staff record that is, and which roles she holds that day. */
export interface Subject {
  readonly level: Level;
  /** Ids of the staff members that she is: one for each register that she is employed in. */
  readonly staff: readonly string[];
  readonly roles: readonly Assigned[];
}

/** Why a person's data are not for everybody whose unit she has care from. */
export interface Protected {
  readonly protection: 'NONE' | 'CONFIDENTIALITY_MARKED' | 'PROTECTED_REGISTRATION';
  /** She has a number of before that nobody may connect with her. */
  readonly formerSecret: boolean;
  /** The staff who alone may open her data; undefined where nobody has narrowed it. */
  readonly named?: ReadonlySet<string>;
}

/** A glass that is broken right now. */
export interface Glass {
  /** As the event names who broke it. */
  readonly by: string;
  /** The day on which it was broken. */
  readonly on: Day;
  /** Instant, RFC 3339 UTC. */
  readonly until: string;
}

/** A person's registrations and care, as far as a decision needs them. */
export interface PersonResource {
  readonly kind: 'person';
  readonly recipients: ReadonlySet<string>;
  readonly controllers: ReadonlySet<string>;
  /** Units of care that goes on or will begin. */
  readonly units: ReadonlySet<string>;
  /** Units of all care, also what has ended. */
  readonly everUnits: ReadonlySet<string>;
  /** Controllers for whom those units work. */
  readonly commissionedBy: ReadonlySet<string>;
  /** Who registered her within the last 30 days, as the event names them; only without care that goes on. */
  readonly registeredBy?: string;
  readonly protected: Protected;
  readonly glass: readonly Glass[];
}

/** What a call is about besides persons. */
export interface PlaceResource {
  readonly kind: 'unit' | 'staff' | 'controller' | 'list';
  /** Of an inspection: which one. It lies where its controller does, and is nobody's who inspects something else. */
  readonly inspection?: string;
  readonly controllers: ReadonlySet<string>;
  readonly units: ReadonlySet<string>;
  readonly commissionedBy: ReadonlySet<string>;
}

export type Resource = PersonResource | PlaceResource;

/** What a call asks for. */
export interface Asked {
  /** The actions of which one is enough. */
  readonly actions: readonly string[];
  /**
   * All that the route can turn out to ask for: who may none of it gets 403 whatever it is about, and who may some of
   * it is not told by the answer what lies outside her reach.
   */
  readonly family: readonly string[];
  /** All that it is about; none for what is not there. */
  readonly resources: readonly Resource[];
  /** False for what is not there: the answer is that of what lies outside her reach. */
  readonly found: boolean;
}

/** On which day, at which instant, and for what. */
export interface DecisionContext {
  /** Instant, RFC 3339 UTC with milliseconds. */
  readonly now: string;
  readonly purpose: Purpose;
  /** What each controller has withdrawn. */
  readonly narrowings: ReadonlyMap<string, Narrowing>;
}

/** A permission or a refusal, and what it rests on. */
export type Verdict =
  | {
      readonly allow: true;
      /** The row; or `open` and `signed-in` for what needs none. */
      readonly by: string;
      readonly role?: Role;
      readonly assigned?: Assigned;
      readonly obligations: readonly Obligation[];
      /** All pairs of a role and a row that allow it: what lists may show is what any of them reaches. */
      readonly grounds: readonly Ground[];
      /** She is among the named, or has broken the glass. */
      readonly opensProtected: boolean;
    }
  | { readonly allow: false; readonly why: 'NOT_ALLOWED' | 'NOT_THERE' | 'LEVEL_TOO_LOW' };

/** A role that somebody holds and a row of the table that gives that role something. */
export interface Ground {
  readonly assigned: Assigned;
  readonly row: PolicyRow;
}
