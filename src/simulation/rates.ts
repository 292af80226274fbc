import { dayOf, type Day } from '../kernel/time/day.js';
import type { Range, Weighted } from './random.js';

/*
 * The parameters of the simulated municipality. Shares are in permille (‰) of the cases named, delays are in days.
 * They are plausible, not measured: no statistics lie behind them. Swedish words stand in brackets.
 * docs/reference/simulation.md shows them to readers who do not read code.
 */

/** The duty to offer begins (lagen träder i kraft). */
export const DUTY_DAY: Day = dayOf('2022-07-01');
/** The protected title is required, and the first certificates can be dated (skyddad yrkestitel). */
export const TITLE_DAY: Day = dayOf('2023-07-01');
/** The first day on which a municipality prepares: nothing is offered earlier (förberedelser). */
export const PREPARATION_DAY: Day = dayOf('2022-05-01');

/** Seconds of the day, UTC, between which people write (kontorstid). */
export const OFFICE_SECONDS: Range = [25_200, 59_400];

/** How soon a fact is written down (dokumentation). */
export const DOCUMENTATION = {
  /** Most at once, 4 % more than a week later: late registrations (sen registrering). */
  delayDays: [
    [[0, 0], 680],
    [[1, 2], 200],
    [[3, 7], 80],
    [[8, 90], 40],
  ] satisfies Weighted<Range>,
  /** Beyond this many days after the fact it is late, and a reason is asked for. */
  reasonAfterDays: 7,
  reasonGiven: 850,
} as const;

/** What goes wrong in the records (fel i dokumentationen), per fact of the kinds that can be mended this way. */
export const MISHAPS = {
  /** Written with a wrong day, corrected later (rättelse). */
  wrongDay: 8,
  /** Of those corrections: themselves wrong, and corrected (rättelse av rättelse). */
  correctedAgain: 150,
  /** Written twice, one of them annulled (dubblett). */
  duplicate: 4,
  /** Of those annulments: annulled in turn, since both were right (makulering återtagen). */
  annulmentTakenBack: 80,
  /** Written in the wrong person's record, moved (fel person). */
  wrongRecipient: 3,
  /** The recipient thinks the entry is wrong (bestridd uppgift). */
  disputed: 2,
} as const;

/** Units (enheter) and who runs them. */
export const UNITS = {
  /** Recipients with care at the same time. */
  recipientsAtOnce: [30, 80] satisfies Range,
  /** Units that are simulated together; people move between these only. */
  perCohort: 16,
  privateProviders: [2, 4] satisfies Range,
  /** Opened during the first third of the period instead of before it (ny enhet). */
  openedLater: 60,
  /** Closed during the last half, where another unit can take over (nedlagd enhet). */
  closed: 80,
  managerTenureDays: [
    [[200, 700], 350],
    [[701, 1600], 400],
    [[1601, 4000], 250],
  ] satisfies Weighted<Range>,
} as const;

/** One unit after the other takes the next of these: who runs it and its forms of care (vårdformer). */
export const UNIT_CYCLE: readonly { readonly run: 'MUNICIPAL' | 'PRIVATE'; readonly careForms: readonly string[] }[] = [
  { run: 'MUNICIPAL', careForms: ['HOME_CARE'] },
  { run: 'PRIVATE', careForms: ['HOME_CARE'] },
  { run: 'MUNICIPAL', careForms: ['HOME_CARE', 'HOUSING_SUPPORT'] },
  { run: 'MUNICIPAL', careForms: ['RESIDENTIAL_CARE'] },
  { run: 'PRIVATE', careForms: ['HOME_CARE'] },
  { run: 'MUNICIPAL', careForms: ['HOME_CARE'] },
  { run: 'MUNICIPAL', careForms: ['LSS'] },
  { run: 'MUNICIPAL', careForms: ['HOME_CARE'] },
  { run: 'PRIVATE', careForms: ['HOME_CARE'] },
  { run: 'MUNICIPAL', careForms: ['HOME_CARE'] },
  { run: 'PRIVATE', careForms: ['HOME_CARE'] },
  { run: 'MUNICIPAL', careForms: ['HOME_CARE'] },
];
/** Of the recipients in a unit with two forms: with its second (boendestöd). */
export const SECOND_CARE_FORM = 300;

/** Employees (medarbetare). */
export const STAFF = {
  /** Posts per thousand recipients at the same time. */
  postsPerThousand: 420,
  /** A post stands empty this long after someone left (vakans). */
  vacancyDays: [0, 45] satisfies Range,
  forms: [
    ['PERMANENT', 640],
    ['HOURLY', 220],
    ['FIXED_TERM', 90],
    ['PROBATIONARY', 50],
  ] satisfies Weighted<string>,
  /** How long they stay, permanent employees and others (personalomsättning). */
  permanentTenureDays: [
    [[120, 500], 150],
    [[501, 1500], 350],
    [[1501, 5000], 500],
  ] satisfies Weighted<Range>,
  otherTenureDays: [
    [[30, 180], 400],
    [[181, 500], 400],
    [[501, 1200], 200],
  ] satisfies Weighted<Range>,
  /** Leave for another unit of the municipality rather than for good (byter enhet). */
  movesUnit: 120,
  /** Trained assistant nurses, the others being care assistants (undersköterska, vårdbiträde). */
  assistantNurses: 760,
  /** Care assistants who take the certificate later. */
  studiesLater: 40,
  hsaId: 600,
  training: 900,
  trainingDays: [
    [[0, 60], 850],
    [[61, 300], 150],
  ] satisfies Weighted<Range>,
  yearlyHeld: 860,
  yearlyDays: [330, 420] satisfies Range,
  /** On long leave in a year of employment (föräldraledig, sjukskriven, studier). */
  leavePerYear: 90,
  leaveDays: [
    [[14, 60], 500],
    [[61, 120], 200],
    [[121, 330], 300],
  ] satisfies Weighted<Range>,
  leaveKinds: [
    ['SICK', 500],
    ['PARENTAL', 350],
    ['STUDY', 150],
  ] satisfies Weighted<string>,
} as const;

/** Proof of the title (bevis, övergångsregel), of assistant nurses. */
export const TITLES = {
  certificate: 800,
  /** Days from the first possible one to the certificate's, for those employed then. */
  certificateDays: [
    [[3, 120], 450],
    [[121, 400], 350],
    [[401, 900], 200],
  ] satisfies Weighted<Range>,
  checkedAfterDays: [
    [[0, 30], 700],
    [[31, 200], 300],
  ] satisfies Weighted<Range>,
  methods: [
    ['SOCIALSTYRELSEN_QUERY', 400],
    ['CERTIFICATE_SHOWN', 380],
    ['HOSP_DIRECT', 220],
  ] satisfies Weighted<string>,
  /** Permanently employed on 2023-07-01 and documented so. */
  transition: 620,
  transitionDays: [
    [[0, 60], 600],
    [[61, 400], 400],
  ] satisfies Weighted<Range>,
  withdrawn: 12,
  withdrawnDays: [20, 400] satisfies Range,
  withdrawalCauses: [
    ['WRONG_PERSON', 300],
    ['MISREAD', 300],
    ['WRONG_REGISTER_HIT', 300],
    ['FORGED', 50],
    ['OTHER', 50],
  ] satisfies Weighted<string>,
  /** Another education approved by the employer, outside home care and within it (annan godkänd utbildning). */
  approvedEducation: 550,
  approvedEducationHomeCare: 30,
} as const;
