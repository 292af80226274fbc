import { dayOf, type Day } from '../kernel/time/day.js';
import type { Range, Weighted } from './random.js';

/* What the municipality's own routine asks besides the law; the head of rates.ts says how these are to be read. */

/** From this day on the routine asks for a note in the journal of answers, assessments and meetings (social journal). */
export const NOTES_DAY: Day = dayOf('2025-01-01');

/** The decision that the care rests on (biståndsbeslut). */
export const DECISIONS = {
  named: 900,
  daysBefore: [
    [[0, 7], 690],
    [[8, 14], 250],
    [[15, 45], 60],
  ] satisfies Weighted<Range>,
} as const;

/** Risks in the home (riskbedömning), in home care: the safety of who works there, so most are early. */
export const RISKS = {
  assessed: 900,
  days: [
    [[0, 14], 860],
    [[15, 120], 140],
  ] satisfies Weighted<Range>,
  reference: 400,
} as const;

/** The conversation of the offer, beyond its six items (informationssamtal). */
export const CONVERSATIONS = {
  by: 700,
  /** Of those asked about relatives: the answer is written down. */
  relativesWish: 550,
  wishes: [
    ['INFORM', 500],
    ['NOT_NOW', 350],
    ['NONE_EXISTS', 150],
  ] satisfies Weighted<string>,
  /** Of those who had understood: how it showed. */
  understoodHow: 350,
  furtherItems: [
    ['DETAILS_WILL_BE_AGREED', 600],
    ['CONTACT_NAMED', 350],
    ['INFORMATION_SHEET', 500],
  ] satisfies readonly (readonly [string, number])[],
} as const;

/** Assessments that a contact is obviously unnecessary (uppenbart obehövlig). */
export const ASSESSMENTS = {
  assessedBy: 850,
  /** In spite of what speaks against it (begränsat nätverk, kognitiv svikt). */
  counterIndications: 60,
  counterIndication: [
    ['LIMITED_NETWORK', 600],
    ['COGNITIVE_IMPAIRMENT', 400],
  ] satisfies Weighted<string>,
} as const;

/** Appointments (utser). */
export const APPOINTMENTS = {
  considerations: 350,
  /** By somebody else than the manager of the unit. */
  byAnother: 30,
  /** The signed description: who handed it over, and when. */
  given: 600,
  givenBeforeDays: [0, 10] satisfies Range,
} as const;

/** Courses besides the one about the contact's task (annan utbildning). */
export const COURSES = { other: 220, afterDays: [30, 900] satisfies Range } as const;

/** What the employer knows of somebody's title on 2023-07-01 (övergångsregeln). */
export const TRANSITION = { employmentForm: 800, titleOn: 600 } as const;

/** Who takes part (närvarande). */
export const PARTICIPANTS = {
  /** A representative is named by the registration. */
  representativeNamed: 800,
  /** Of health professionals: by a consent of the recipient (samtycke för professionen). */
  consentForProfessional: 850,
  consentBeforeDays: [1, 30] satisfies Range,
} as const;

/** Meetings about the plan (möte för genomgång), and a plan that somebody does not want. */
export const MEETINGS = {
  /** Of plans whose meeting was booked; of the others. */
  heldWhenBooked: 880,
  heldOtherwise: 450,
  /** Held some days before the plan is agreed, rather than on the same day. */
  beforeThePlan: 150,
  beforeDays: [1, 14] satisfies Range,
  /** Each of the five points is left out this often. */
  itemMissing: 40,
  forms: [
    ['PHYSICAL_MEETING', 940],
    ['VIDEO', 30],
    ['PHONE', 30],
  ] satisfies Weighted<string>,
  by: 700,
  invited: 800,
  attachments: 120,
  /** Of those who never get a plan: they did not want one (genomförandeplan avböjd). */
  planDeclined: 450,
  planDeclinedInWords: 700,
} as const;

/** Wishes for another contact (begäran om byte). */
export const REQUESTS = {
  /** Of the changes that the recipient wanted: the wish was written down first. */
  writtenBeforeChange: 800,
  beforeChangeDays: [2, 30] satisfies Range,
  /** Wishes in a year with a contact that do not lead to a change, or not yet. */
  otherPerYear: 25,
  inWords: 600,
  outcomes: [
    ['NOT_POSSIBLE', 450],
    ['WITHDRAWN', 430],
    ['OTHER', 120],
  ] satisfies Weighted<string>,
  /** Nobody ever closes it. */
  leftOpen: 120,
  closedDays: [
    [[0, 14], 780],
    [[15, 90], 220],
  ] satisfies Weighted<Range>,
} as const;

/** Money that the staff handles for somebody (privata medel), agreed with who represents them. */
export const FUNDS = {
  /** Of those in home care who have a representative. */
  agreed: 350,
  afterDays: [5, 120] satisfies Range,
  reference: 700,
  /** Ended before the care or the representative's time is over. */
  endedEarly: 300,
  endedAfterDays: [90, 900] satisfies Range,
} as const;

/** Notes in the journal about answers, assessments and meetings (anteckning). */
export const NOTED = {
  noted: 880,
  days: [
    [[0, 3], 820],
    [[4, 7], 100],
    [[8, 45], 80],
  ] satisfies Weighted<Range>,
} as const;

/** Services changed (beviljade insatser ändrade): the plan is gone through again. */
export const RENEWALS = {
  followedUp: 780,
  unchanged: 700,
  days: [
    [[2, 30], 880],
    [[31, 90], 120],
  ] satisfies Weighted<Range>,
} as const;
