import { isRecord } from './facts.js';

/** Days that are not set: the rule is off. */
type Days = number | undefined;

/** Policy values and their defaults (contract §4). */
export const DEFAULTS = {
  offerTargetDays: 14,
  answerTargetDays: 14,
  assignTargetDays: 14,
  planTargetDays: 30,
  signTargetDays: 14,
  recordTargetDays: 14,
  planFollowUpMaxMonths: 6,
  yearlyMonths: 12,
  allowTransition: true,
  residentialCareDuty: false,
  localRulesFor: [] as readonly string[],
  titleForDeputy: true,
  consentForProfessionals: false,
  agreedWithRecipient: false,
  appointedByManager: false,
  planForDeclined: false,
  nameSecond: false,
  planFrom: 'YES' as 'YES' | 'START',
  bookTargetDays: undefined as Days,
  noteTargetDays: undefined as Days,
  changeTargetDays: undefined as Days,
  startWithinDays: undefined as Days,
  planRenewDays: undefined as Days,
  riskAssessmentDays: undefined as Days,
  firstContactWeekdays: undefined as Days,
  trainingCourses: undefined as readonly string[] | undefined,
  unnecessityCriteria: undefined as readonly string[] | undefined,
};
export type Policy = typeof DEFAULTS;

/** "the defaults, over them general values, over them byCareForm[careForm] (absent: the general value; null: the default, off)" */
export function policyOf(values: unknown, careForm: string | undefined): Policy {
  if (!isRecord(values)) return DEFAULTS;
  const { byCareForm, ...general } = values;
  const ofForm = isRecord(byCareForm) && careForm !== undefined ? byCareForm[careForm] : undefined;
  const policy: Record<string, unknown> = { ...DEFAULTS, ...general };
  for (const [key, value] of Object.entries(isRecord(ofForm) ? ofForm : {})) {
    policy[key] = value === null ? DEFAULTS[key as keyof Policy] : value;
  }
  return policy as Policy;
}
