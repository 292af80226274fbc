import type { Day } from '../kernel/time/day.js';

/**
 * A recorded entry as the rules need it: nothing sealed has to be opened (a sealed field stands as null: it was given).
 */
export interface Entry {
  readonly id: string;
  readonly type: string;
  /** Position in the log; orders entries of one stream, never decides anything between streams. */
  readonly position: bigint;
  /** RFC 3339 UTC with milliseconds. */
  readonly recordedAt: string;
  /** `YYYY-MM-DD`, Stockholm. */
  readonly effectiveOn: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * All that an episode's judgement may rest on, each stream in position order. It may hold more than is needed
 * (streams that only an annulled or later entry names): `assessEpisode` decides what counts.
 */
export interface Dossier {
  /** The episode's id (stream `careEpisode-<id>`). */
  readonly episode: string;
  readonly entries: readonly Entry[];
  /**
   * By recipient id: the episode's recipient and every recipient that any merge entry links to it, directly or through
   * others.
   */
  readonly recipients: ReadonlyMap<string, readonly Entry[]>;
  /** By staff id: everyone whom an appointment of the episode names. */
  readonly staff: ReadonlyMap<string, readonly Entry[]>;
  /** By unit id: every unit that the episode names. */
  readonly units: ReadonlyMap<string, readonly Entry[]>;
  /** By controller id: the `policy-` stream of every controller that those units name. */
  readonly policies: ReadonlyMap<string, readonly Entry[]>;
}

export type Status = 'MET' | 'DUE' | 'BREACH' | 'WARNING';
/** STATUTORY: the law says so. LOCAL: the routine or a recommendation says so; never shown as law. */
export type RuleKind = 'STATUTORY' | 'LOCAL';
export type TitleBasis = 'CERTIFICATE' | 'TRANSITION' | 'EMPLOYER_APPROVED' | 'NONE';
/** The codes of `facts/codes.ts`, spelt out because the answers' schemas are made from this type. */
export type CareForm = 'HOME_CARE' | 'HOUSING_SUPPORT' | 'RESIDENTIAL_CARE' | 'LSS' | 'SHORT_TERM' | 'DAY_CARE';
/** What the local rules of a controller rest on, where the policy says so. */
export interface PolicyBasis {
  readonly document: string;
  readonly decidedBy: string;
  /** `YYYY-MM-DD` */
  readonly decidedOn: string;
  readonly replaces?: string;
  readonly changes?: string;
}
export type ContactRole = 'PRIMARY' | 'SECOND' | 'DEPUTY';

/** Half-open: `from` is the first day, `to` the first day after it; without `to` it has no known end. */
export interface Interval {
  readonly from: Day;
  readonly to?: Day;
}

/** What `dueOn` was on the days of a segment before `until`, down to the one before it. */
export interface FormerDueOn {
  readonly until: Day;
  readonly dueOn?: Day;
}

/** A longest run of days with the same rule, assignment, status and title basis, of TITLE also kind (contract §3). */
export interface Segment extends Interval {
  readonly rule: string;
  readonly ruleVersion: string;
  readonly assignment?: string;
  readonly status: Status;
  /** That of the first day. */
  readonly kind: RuleKind;
  /** What a LOCAL one rests on by the policy of the first day, where it says so. */
  readonly basis?: PolicyBasis;
  /**
   * The last day that is still in time; on DUE, and on MET where a deadline or a law ends it. Within a segment it may
   * move (a follow-up that is held sets a new one): this is the one of its last day. `dueOnAt` says which held on a
   * given day.
   */
  readonly dueOn?: Day;
  /** Where it moved: what it was before, and the first day of the next. In order of days. */
  readonly formerDueOn?: readonly FormerDueOn[];
  readonly titleBasis?: TitleBasis;
  /** Ids of the entries that the judgement rests on, in order. */
  readonly evidence: readonly string[];
  /**
   * For those of them that bear only on later days than the segment's first: from which on. `evidenceAt` says which
   * bear on a day.
   */
  readonly evidenceFrom?: Readonly<Record<string, Day>>;
}

export interface AssignmentPicture extends Interval {
  readonly assignment: string;
  readonly staff: string;
  readonly role: ContactRole;
  /** Days, within the assignment, on which the employee is absent. */
  readonly absent: readonly Interval[];
  /** Title basis by day, from 2023-07-01, also on days that are not judged. */
  readonly titles: readonly (Interval & { readonly basis: TitleBasis })[];
}

/**
 * What the rules see in one episode, as intervals: states, figures and answers are read off it, never computed twice.
 */
export interface EpisodeAssessment {
  readonly episode: string;
  readonly recipient: string;
  readonly careForm: CareForm;
  /** Undefined when the start is annulled or not known yet, or the episode ends before it starts. */
  readonly ongoing?: Interval;
  /** The unit by day, within the ongoing days. */
  readonly units: readonly (Interval & { readonly unit: string })[];
  /** Judged days; `local` on those that are no duty days. */
  readonly judged: readonly (Interval & { readonly local: boolean })[];
  readonly paused: readonly Interval[];
  /** The first day with an offer, if any. */
  readonly offeredFrom?: Day;
  /** The first day with a PlanAgreed, if any. */
  readonly planAgreedFrom?: Day;
  readonly standing: readonly (Interval & { readonly answer: 'YES' | 'NO' })[];
  /** Days on which an assessment of obvious unnecessity is valid, whether or not a contact is offered. */
  readonly validAssessments: readonly Interval[];
  /** Days from an assessment on (valid or not), until the next offer. */
  readonly assessed: readonly Interval[];
  /** Every assignment with at least one active day. */
  readonly assignments: readonly AssignmentPicture[];
  /** Days on which somebody was a contact person (kontaktman), before contacts by law, and no contact yet. */
  readonly contactPersons: readonly (Interval & { readonly assignment: string; readonly staff: string })[];
  /** Days on which PLAN is met by the recipient not wanting a plan, and by nothing else. */
  readonly planDeclined: readonly Interval[];
  /** Wishes for another contact, on the days on which they are open and the assignment is active. */
  readonly changeRequests: readonly (Interval & {
    readonly request: string;
    readonly assignment: string;
    readonly since: Day;
  })[];
  /** The meeting that is booked last, on the days on which neither meeting nor plan has followed, with its day. */
  readonly bookedMeetings: readonly (Interval & { readonly on: Day; readonly event: string })[];
  /** *The* primary's assignment by day. */
  readonly primary: readonly (Interval & { readonly assignment: string })[];
  /** In order of rule catalogue, assignment, from. */
  readonly segments: readonly Segment[];
}
