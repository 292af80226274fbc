import type { Range, Weighted } from './random.js';

/* Parameters of the recipients and their care; the head of rates.ts says how they are to be read. */

/** Recipients (omsorgstagare). */
export const RECIPIENTS = {
  /** Age at the first day: [from, to) years, weights. */
  elderlyAges: [
    [[65, 75], 160],
    [[75, 85], 410],
    [[85, 95], 370],
    [[95, 101], 60],
  ] satisfies Weighted<Range>,
  youngAges: [18, 65] satisfies Range,
  /** Younger than 65 in home care; in housing support and LSS all are. */
  young: 40,
  coordinationNumber: 12,
  reserveNumber: 8,
  birthDateKnown: 960,
  protection: [
    ['NONE', 985],
    ['CONFIDENTIALITY_MARKED', 12],
    ['PROTECTED_REGISTRATION', 3],
  ] satisfies Weighted<string>,
  protectionChanges: 6,
  /** A reserve or coordination number is replaced by a personnummer (identitet fastställd). */
  identityFound: 500,
  identityFoundDays: [20, 240] satisfies Range,
  /** New personnummer whose link to the old is secret (fingerade personuppgifter). */
  secretIdentity: 2,
  /** Registered twice, found and merged (dubblett sammanförd). */
  duplicate: 8,
  /** Has a representative (företrädare). */
  representative: 110,
  representativeKinds: [
    ['GOD_MAN', 500],
    ['FRAMTIDSFULLMAKT', 250],
    ['FORVALTARE', 130],
    ['OMBUD', 120],
  ] satisfies Weighted<string>,
  representativeTimeLimited: 250,
} as const;

/** Periods of care (insatser). */
export const EPISODES = {
  /** Share of all recipients with care on the first day follows from this mean stay, in days. */
  meanStayDays: 950,
  stayDays: [
    [[10, 60], 100],
    [[61, 240], 150],
    [[241, 720], 250],
    [[721, 1600], 300],
    [[1601, 3000], 200],
  ] satisfies Weighted<Range>,
  endCauses: [
    ['DEATH', 520],
    ['MOVED', 220],
    ['DECISION_ENDED', 130],
    ['PROVIDER_CHANGED', 60],
    ['RECIPIENT_REQUEST', 50],
    ['OTHER', 20],
  ] satisfies Weighted<string>,
  /**
   * Of those who moved: to residential care in the municipality, where the cohort has such a unit (särskilt boende).
   */
  toResidentialCare: 500,
  /** Of those whose decision ended: care again after a while (nytt beslut). */
  careAgain: 250,
  careAgainAfterDays: [20, 300] satisfies Range,
  /** Without a needs assessment, in home care. */
  withoutAssessment: 30,
  movedUnitPerYear: 30,
  hospitalPerYear: 220,
  hospitalDays: [
    [[2, 10], 700],
    [[11, 40], 300],
  ] satisfies Weighted<Range>,
  shortStayPerYear: 60,
  shortStayDays: [7, 30] satisfies Range,
  servicesChangePerYear: 320,
} as const;

/** Services at the start, home care: named mixes (biståndsmix). */
export const SERVICE_MIXES: Weighted<readonly string[]> = [
  [['SAFETY_ALARM'], 110],
  [['MEALS'], 30],
  [['SAFETY_ALARM', 'MEALS'], 50],
  [['CLEANING', 'SHOPPING'], 60],
  [['SAFETY_ALARM', 'CLEANING', 'SHOPPING', 'LAUNDRY'], 160],
  [['SAFETY_ALARM', 'MEALS', 'PERSONAL_CARE', 'CLEANING'], 200],
  [['SAFETY_ALARM', 'PERSONAL_CARE', 'DELEGATED_HEALTH_CARE', 'MEALS', 'LAUNDRY'], 190],
  [['SAFETY_ALARM', 'PERSONAL_CARE', 'SOCIAL_CONTACT', 'ESCORT'], 70],
  [['SAFETY_ALARM', 'PERSONAL_CARE', 'DELEGATED_HEALTH_CARE', 'NIGHT_CHECK', 'MEALS', 'SOCIAL_CONTACT'], 100],
  [['RESPITE', 'PERSONAL_CARE'], 30],
];
/** Services in the other forms of care. */
export const OTHER_SERVICES: Weighted<readonly string[]> = [
  [['SOCIAL_CONTACT', 'ESCORT'], 400],
  [['PERSONAL_CARE', 'MEALS', 'NIGHT_CHECK', 'DELEGATED_HEALTH_CARE'], 400],
  [['SOCIAL_CONTACT', 'OTHER'], 200],
];
/** What the next change of services adds (utökat bistånd). */
export const ADDED_SERVICES = [
  'PERSONAL_CARE',
  'MEALS',
  'CLEANING',
  'DELEGATED_HEALTH_CARE',
  'SOCIAL_CONTACT',
  'ESCORT',
  'NIGHT_CHECK',
  'LAUNDRY',
] as const;
/** Only these: a contact may be obviously unnecessary (uppenbart obehövligt). */
export const LIGHT_SERVICES: readonly string[] = ['SAFETY_ALARM', 'MEALS'];

/** The offer and what comes before it (information, erbjudande, svar). */
export const OFFERS = {
  /** Of those with light services only: assessed instead of offered. */
  assessedUnnecessary: 720,
  assessmentDays: [
    [[0, 14], 850],
    [[15, 90], 150],
  ] satisfies Weighted<Range>,
  viewMissing: 150,
  /** After the services changed: offered, else assessed again, else nothing (insatsen ändrad). */
  offeredAfterChange: 650,
  reassessedAfterChange: 150,
  afterChangeDays: [
    [[0, 14], 700],
    [[15, 120], 300],
  ] satisfies Weighted<Range>,
  never: 40,
  /** Outside home care there is no duty; some units offer all the same. */
  outsideHomeCare: 450,
  /** After the start of care, and for those who had care before the duty, after the preparations began. */
  days: [
    [[0, 14], 760],
    [[15, 45], 180],
    [[46, 200], 60],
  ] satisfies Weighted<Range>,
  firstRoundDays: [
    [[0, 75], 720],
    [[76, 200], 220],
    [[201, 500], 60],
  ] satisfies Weighted<Range>,
  informationMissing: 50,
  informationForms: [
    ['PHYSICAL_MEETING', 900],
    ['PHONE', 60],
    ['WRITTEN', 20],
    ['VIDEO', 20],
  ] satisfies Weighted<string>,
  /** Each of the six items is left out this often. */
  itemMissing: 20,
  relativeTakesPart: 280,
  /** Of those relatives: with a consent. */
  consent: 820,
  consentWithdrawn: 60,
  answerDays: [
    [[0, 0], 600],
    [[1, 14], 300],
    [[15, 70], 100],
  ] satisfies Weighted<Range>,
  noAnswer: 60,
  offeredAgainAfterSilence: 500,
  /** Of the answers: yes (tackar ja). */
  yes: 850,
  /** Of the noes (avböjer). */
  reasonMissing: 170,
  reasonAddedLater: 250,
  reasons: [
    ['ENOUGH_SUPPORT', 340],
    ['HAS_RELATIVE', 250],
    ['NO_SINGLE_PERSON', 130],
    ['DID_NOT_WISH_TO_STATE', 140],
    ['SHORT_STAY', 80],
    ['OTHER', 60],
  ] satisfies Weighted<string>,
  offeredAgainAfterNo: 300,
  againDays: [120, 400] satisfies Range,
  yesAfterNo: 600,
  /** Says yes, later no (ångrar sig). */
  changesMind: 20,
} as const;

/** The contacts (utsedda kontakter). */
export const CONTACTS = {
  never: 40,
  assignDays: [
    [[0, 14], 820],
    [[15, 60], 180],
  ] satisfies Weighted<Range>,
  /** Known some days ahead (framtida startdag). */
  ahead: 150,
  aheadDays: [1, 14] satisfies Range,
  /** Appointed without looking at the title; of these with a reasoned override. */
  titleIgnored: 25,
  override: 400,
  /** Of contacts without proof after the title was required: replaced within a year. */
  cleanedUp: 500,
  cleanUpDays: [20, 365] satisfies Range,
  second: 280,
  signed: 920,
  signedDays: [
    [[0, 14], 900],
    [[15, 90], 100],
  ] satisfies Weighted<Range>,
  inJournal: 940,
  inProfile: 850,
  inPlanDocument: 700,
  recordedDays: [
    [[0, 10], 880],
    [[11, 60], 120],
  ] satisfies Weighted<Range>,
  wishPerYear: 35,
  /** Whose contact leaves: replaced at once, else after a gap, with or without an end written down. */
  replacedAtOnce: 800,
  gapDays: [5, 60] satisfies Range,
  gapEndWritten: 600,
  /** Leave longer than this: replaced or covered by a deputy. */
  longLeaveDays: 120,
  replacedOnLongLeave: 500,
  absenceWritten: 750,
  deputy: 650,
} as const;

/** Plan and follow-up (genomförandeplan, uppföljning). */
export const PLANS = {
  meetingBooked: 700,
  never: 90,
  days: [
    [[3, 30], 790],
    [[31, 130], 210],
  ] satisfies Weighted<Range>,
  dateMissing: 90,
  followUpAfterDays: [110, 170] satisfies Range,
  heldInTime: 730,
  heldLate: 150,
  lateDays: [1, 80] satisfies Range,
  /** Else not held, and of these with a new day. */
  newDate: 800,
  newDateDays: [7, 45] satisfies Range,
  notHeldReasons: [
    ['RECIPIENT_ABSENT', 350],
    ['STAFF_UNAVAILABLE', 400],
    ['RECIPIENT_DECLINED', 150],
    ['OTHER', 100],
  ] satisfies Weighted<string>,
  outcomes: [
    ['UNCHANGED', 720],
    ['REVISE_PLAN', 210],
    ['OTHER', 40],
    ['CHANGE_CONTACT', 30],
  ] satisfies Weighted<string>,
  notes: 300,
  nextDateMissing: 120,
  plannedSeparately: 500,
} as const;
