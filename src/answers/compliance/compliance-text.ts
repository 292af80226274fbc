import { ruleById } from '../../compliance-rules/index.js';
import type { PolicyBasis } from '../../compliance-rules/model.js';
import { dayOf, formatDay } from '../../kernel/time/day.js';
import { CARE_FORMS } from '../../facts/codes.js';
import { onOneLine } from '../../kernel/safe-text.js';
import { STATUS_LABELS, TITLE_LABELS } from '../labels.js';
import type { Names } from '../text/names.js';
import type { EpisodeInTime, EpisodeOnDay, RuleInTime, RuleOnDay } from './compliance.js';
import type { RulesAnswer } from './rules-answer.js';

/** How an episode is judged on a day, as a person reads it. */
export function episodeOnDayText(judged: Omit<EpisodeOnDay, 'recipient'>, names: Names): string {
  const { episode, careForm, unit, local, rules } = judged;
  return [
    `Omsorgsperiod ${episode}: ${CARE_FORMS[careForm]}, enhet ${onOneLine(names.of(unit))}${local ? ', lokal rutin (ingen lagstadgad skyldighet)' : ''}`,
    ...rules.map((rule) => `  ${ruleText(rule)}, sedan ${rule.since}${detail(rule, names)}`),
    ...documentLines(rules),
    '',
  ].join('\n');
}

/** How an episode is judged over all time, as a person reads it. */
export function episodeInTimeText(
  { episode, careForm, segments }: Omit<EpisodeInTime, 'units' | 'judged' | 'recipient'>,
  names: Names,
): string {
  return [
    `Omsorgsperiod ${episode}: ${CARE_FORMS[careForm]}`,
    // The last day is told, not the first day after: that is how people mean "to".
    ...segments.map(
      (segment) =>
        `  ${segment.from} – ${segment.to === undefined ? '          ' : dayBefore(segment.to)}  ${ruleText(segment)}${detail(segment, names)}`,
    ),
    ...documentLines(segments),
    '',
  ].join('\n');
}

function ruleText({ rule, status }: RuleOnDay | RuleInTime): string {
  return `${STATUS_LABELS[status].padEnd(10)} ${rule} ${ruleById(rule)?.name ?? ''}`.trimEnd();
}

function detail(judged: RuleOnDay | RuleInTime, names: Names): string {
  const { rule, dueOn, titleBasis, assignment, basis, legalBasis } = judged;
  return [
    ...(dueOn === undefined ? [] : [`senast ${dueOn}`]),
    ...(titleBasis === undefined ? [] : [TITLE_LABELS[titleBasis]]),
    ...(assignment === undefined ? [] : [onOneLine(names.of(assignment))]),
    // What is law is said with its paragraph; the routine is everywhere else, and said where the policy names it.
    ...(legalBasis === undefined || ruleById(rule)?.kind !== 'STATUTORY' ? [] : [legalBasis]),
    ...(basis === undefined ? [] : [`enligt ${onOneLine(basis.document)}`]),
  ]
    .map((text) => `, ${text}`)
    .join('');
}

/** The documents that are named, each once with its decision. */
function documentLines(judged: readonly (RuleOnDay | RuleInTime)[]): string[] {
  const lines = judged.flatMap(({ basis }) => (basis === undefined ? [] : [documentLine(basis)]));
  return [...new Set(lines)];
}

function documentLine({ document, decidedBy, decidedOn }: PolicyBasis): string {
  return `  ${onOneLine(document)}: beslutad ${decidedOn} av ${onOneLine(decidedBy)}`;
}

function dayBefore(day: string): string {
  return formatDay(dayOf(day) - 1);
}

/** The catalogue of rules as a lawyer reads it. */
export function rulesText({ on, rules }: RulesAnswer): string {
  return [
    `Regler som gäller för bedömning ${on}`,
    '',
    ...rules.flatMap(({ id, name, version, kind, legalBasis, text, validFrom, validTo, parameters, perAssignment }) => [
      `${id} ${name} (version ${version}, ${kind === 'STATUTORY' ? 'lag' : 'lokal rutin'}${perAssignment ? ', per uppdrag' : ''})`,
      `  ${text}`,
      ...(legalBasis === undefined ? [] : [`  Stöd: ${legalBasis}`]),
      ...(validFrom === undefined && validTo === undefined ? [] : [`  Gäller ${validFrom ?? ''} – ${validTo ?? ''}`]),
      ...(parameters.length === 0
        ? []
        : [
            `  Standardvärden: ${parameters.map((parameter) => `${parameter.name} ${String(parameter.default)}`).join(', ')}`,
          ]),
      '',
    ]),
  ].join('\n');
}
