import type { Day } from '../kernel/time/day.js';
import { BEGINNING, FOREVER, holds, runsOf, span, subtract, type Span } from './intervals.js';
import { LEGAL_BASES, type LegalBasisTable } from './legal-basis.js';
import type { CareForm, RuleKind } from './model.js';
import { POLICY_DEFAULTS } from './policy.js';
import type { Rule, RuleVersion } from './rule.js';
import { agreedWithRule } from './rules/agreed-with.rule.js';
import { answerRule } from './rules/answer.rule.js';
import { appointedRule } from './rules/appointed.rule.js';
import { assignedRule } from './rules/assigned.rule.js';
import { bookedRule } from './rules/booked.rule.js';
import { changeRule } from './rules/change.rule.js';
import { consentRule } from './rules/consent.rule.js';
import { declineReasonRule } from './rules/decline-reason.rule.js';
import { deputyRule } from './rules/deputy.rule.js';
import { firstContactRule } from './rules/first-contact.rule.js';
import { followUpDateRule } from './rules/follow-up-date.rule.js';
import { followUpRule } from './rules/follow-up.rule.js';
import { informedRule } from './rules/informed.rule.js';
import { namedRule } from './rules/named.rule.js';
import { notedRule } from './rules/noted.rule.js';
import { offerRule } from './rules/offer.rule.js';
import { planRenewedRule } from './rules/plan-renewed.rule.js';
import { planRule } from './rules/plan.rule.js';
import { riskRule } from './rules/risk.rule.js';
import { signedRule } from './rules/signed.rule.js';
import { startedInTimeRule } from './rules/started-in-time.rule.js';
import { titleRule } from './rules/title.rule.js';
import { trainingRule } from './rules/training.rule.js';
import { unnecessaryRule } from './rules/unnecessary.rule.js';
import { yearlyRule } from './rules/yearly.rule.js';

/** Every rule, in the order of contract §3: the order of segments and of all answers. */
export const RULES: readonly Rule[] = [
  offerRule,
  unnecessaryRule,
  answerRule,
  declineReasonRule,
  assignedRule,
  titleRule,
  trainingRule,
  signedRule,
  yearlyRule,
  planRule,
  followUpDateRule,
  followUpRule,
  namedRule,
  deputyRule,
  consentRule,
  informedRule,
  bookedRule,
  agreedWithRule,
  notedRule,
  appointedRule,
  changeRule,
  firstContactRule,
  startedInTimeRule,
  planRenewedRule,
  riskRule,
];

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));

/** A rule of the catalogue; undefined where this program does not know it. */
export function ruleById(id: string): Rule | undefined {
  return BY_ID.get(id);
}

/** A version of a rule and the days that it judges. */
export interface DatedVersion {
  readonly version: RuleVersion;
  readonly days: readonly Span[];
}

/**
 * Which version of a rule judges which days: of all that are released the last one that is valid on the day, whatever
 * the knowledge time.
 * @param pinned the version to use alone on its days, so that an old report can be made again
 */
export function versionsFor(rule: Rule, pinned?: string): readonly DatedVersion[] {
  if (pinned !== undefined) return dated(rule.versions.filter(({ version }) => version === pinned));
  const all = released.get(rule) ?? dated(rule.versions);
  released.set(rule, all);
  return all;
}

const released = new WeakMap<Rule, readonly DatedVersion[]>();

/** @param versions in the order of release: on a day on which several are valid the last one judges */
function dated(versions: readonly RuleVersion[]): DatedVersion[] {
  const found: DatedVersion[] = [];
  let taken: Span[] = [];
  for (const version of [...versions].reverse()) {
    const valid = span(version.validFrom ?? BEGINNING, version.validTo === undefined ? FOREVER : version.validTo + 1);
    const days = subtract(valid, taken);
    if (days.length > 0) found.push({ version, days });
    taken = runsOf([...taken, ...days]);
  }
  return found.reverse();
}

/** What the catalogue says of a rule on a day (`GET /rules?on=`). Dates are days; `validTo` is the last one. */
export interface CatalogueEntry {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly text: string;
  readonly kind: RuleKind;
  readonly legalBasis?: string;
  readonly careForms: readonly CareForm[];
  readonly perAssignment: boolean;
  readonly validFrom?: Day;
  readonly validTo?: Day;
  /** The policy values that set its targets, with their defaults. */
  readonly parameters: readonly {
    readonly name: string;
    /** null where the rule is off until a policy sets it. */
    readonly default: number | boolean | string | readonly string[] | null;
  }[];
}

/** The rules that days like this one are judged by, in catalogue order: TITLE is not there before 2023-07-01. */
export function rulesOn(
  day: Day,
  options: { readonly legalBases?: LegalBasisTable; readonly rules?: readonly Rule[] } = {},
): CatalogueEntry[] {
  return (options.rules ?? RULES).flatMap((rule) => {
    const version = versionsFor(rule).find(({ days }) => holds(days, day))?.version;
    if (!version) return [];
    return [
      {
        id: rule.id,
        name: rule.name,
        version: version.version,
        text: version.text,
        kind: rule.kind,
        legalBasis: legalBasisOn(rule.id, day, options.legalBases, options.rules),
        careForms: rule.careForms,
        perAssignment: rule.perAssignment,
        validFrom: version.validFrom,
        validTo: version.validTo,
        parameters: version.parameters.map((name) => ({ name, default: POLICY_DEFAULTS[name] ?? null })),
      },
    ];
  });
}

/**
 * The text that a rule rests on that day; undefined where there is none (the law before it was in force) or no such
 * rule.
 */
export function legalBasisOn(
  ruleId: string,
  day: Day,
  table: LegalBasisTable = LEGAL_BASES,
  rules: readonly Rule[] = RULES,
): string | undefined {
  const rule = rules.find(({ id }) => id === ruleId);
  return (
    rule &&
    table[rule.basis]?.find(({ from, to }) => (from === undefined || from <= day) && (to === undefined || day <= to))
      ?.text
  );
}
