import { describe, expect, it } from '@jest/globals';
import { contactsOn, stateOn } from '../../../../src/answers/current-state/unit-row.js';
import { assessEpisode, dueOnAt } from '../../../../src/compliance-rules/index.js';
import { figuresIn } from '../../../../src/judgement/figures/figure-names.js';
import { figureStretches } from '../../../../src/judgement/figures/figures.js';
import { dayOf, formatDay, type Day } from '../../../../src/kernel/time/day.js';
import { heldOn, holds } from '../compare.js';
import { dossierOf, judged } from '../hand-made.js';
import { isTaught } from '../not-yet-compared.js';
import { answerCases } from './answers.cases.js';
import { consentCases } from './consent.cases.js';
import { contactCases } from './contacts.cases.js';
import type { ContractCase } from './contract-case.js';
import { figureCases } from './figures.cases.js';
import { localCases } from './local.cases.js';
import { planCases } from './plan.cases.js';
import { titleCases } from './title.cases.js';

const cases = [
  ...answerCases,
  ...titleCases,
  ...consentCases,
  ...contactCases,
  ...planCases,
  ...localCases,
  ...figureCases,
];
const titled = (each: ContractCase): readonly [string, ContractCase] => [`${each.rule}: ${each.says}`, each];

interface Told {
  readonly rule: string;
  readonly assignment?: string;
  readonly status: string;
  readonly titleBasis?: string;
  readonly dueOn?: Day;
}

/** A status as the cases write it. */
function written(statuses: readonly Told[], { rule, assignment }: ContractCase): string {
  const status = statuses.find(
    (each) => each.rule === rule && (assignment === undefined || each.assignment === assignment),
  );
  if (status === undefined) return '-';
  const dated =
    status.status === 'DUE' || (status.status === 'MET' && ['YEARLY', 'FOLLOW_UP', 'BOOKED'].includes(rule));
  const kind = rule === 'TITLE' ? (Reflect.get(status, 'kind') as string | undefined) : undefined;
  const dueOn = dated && status.dueOn !== undefined ? formatDay(status.dueOn) : undefined;
  return [status.status, status.titleBasis, kind, dueOn].filter((part) => part !== undefined).join(' ');
}

const counted = (figures: readonly string[], among: readonly string[] = []): string =>
  among.filter((name) => figures.includes(name)).join(' ');

function byJudge(each: ContractCase, day: string): string {
  const on = judged(each.facts)(day);
  switch (each.rule) {
    case 'JUDGED':
      return on.judged ? (on.local ? 'local' : 'duty') : '-';
    case 'STATE':
      return on.state ?? '-';
    case 'CONTACTS':
      return on.contacts.map((contact) => contact.assignment).join(' ');
    case 'FIGURES':
      return counted(on.figures, each.among);
    case 'REQUESTS':
      return on.changeRequests
        .map(({ request, assignment, since }) => `${request} ${assignment} ${formatDay(since)}`)
        .join(', ');
    case 'MEETING':
      return on.meetingOn === undefined ? '' : formatDay(on.meetingOn);
    default:
      return written(on.statuses, each);
  }
}

function byProduct(each: ContractCase, on: string): string {
  const day = dayOf(on);
  const assessment = assessEpisode(dossierOf(each.facts));
  if (assessment === undefined) throw new Error('the case has no episode');
  const interval = assessment.judged.find((span) => holds(span, day));
  switch (each.rule) {
    case 'JUDGED':
      return interval === undefined ? '-' : interval.local ? 'local' : 'duty';
    case 'STATE':
      return stateOn(assessment, day);
    case 'CONTACTS':
      return contactsOn(assessment, day)
        .map((contact) => contact.assignment)
        .join(' ');
    case 'FIGURES':
      return counted(
        figuresIn(figureStretches(assessment).find((stretch) => holds(stretch, day))?.figures ?? '0'),
        each.among,
      );
    case 'REQUESTS':
      return heldOn(assessment, 'changeRequests', 'request', day).join(', ');
    case 'MEETING':
      return heldOn(assessment, 'bookedMeetings', 'on', day)
        .map((meeting) => formatDay(Number(meeting)))
        .join(' ');
    default: {
      const segments = assessment.segments.filter((segment) => holds(segment, day));
      return written(
        segments.map((segment) => ({ ...segment, dueOn: dueOnAt(segment, day) })) as readonly Told[],
        each,
      );
    }
  }
}

describe('the contract, case by case', () => {
  it.each(cases.map(titled))('by the judge – %s', (_, each) => {
    expect(Object.fromEntries(Object.keys(each.on).map((day) => [day, byJudge(each, day)]))).toEqual(each.on);
  });

  const taught = cases.filter(({ rule, needs = [] }) => [rule, ...needs].every(isTaught));
  it.each(taught.map(titled))('by the product – %s', (_, each) => {
    // Of an open request the product's intervals say which it is; whose and since when, the answers' own tests tell.
    const expected = Object.entries(each.on).map(([day, told]) => [
      day,
      each.rule === 'REQUESTS' ? (told.split(' ')[0] ?? '') : told,
    ]);
    expect(Object.fromEntries(Object.keys(each.on).map((day) => [day, byProduct(each, day)]))).toEqual(
      Object.fromEntries(expected),
    );
  });

  it('has a name of its own for every case', () => {
    const names = cases.map((each) => titled(each)[0]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
