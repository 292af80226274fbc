import { describe, expect, it } from '@jest/globals';
import {
  accepted,
  assigned,
  declined,
  offered,
  policy,
  servicesChanged,
  started,
  titleVerified,
  transitionDocumented,
  unnecessary,
  type GivenFact,
} from '../compliance-rules/testing/facts.spec-helper.js';
import { given } from '../compliance-rules/testing/history.spec-helper.js';
import { dayOf } from '../kernel/time/day.js';
import { changesOn, type Judged, warningsOn } from './compliance-change.js';

const accompanied = [started('2024-01-01'), offered('2024-01-10'), accepted('2024-01-12')];

/** A history judged without and with one more fact, whose id is `step`. */
function judged(history: readonly GivenFact[], step: GivenFact): Judged {
  return {
    episode: 'episode',
    before: given(...history).assessment(),
    after: given(...history, step.as('step')).assessment(),
  };
}

const warned = (history: readonly GivenFact[], step: GivenFact, day: string) =>
  warningsOn(dayOf(day), judged(history, step), 'step').map(({ rule }) => rule);

describe('warnings are what the rules say of the step on its day', () => {
  it('none, when it breaks nothing', () =>
    expect(warned(accompanied.slice(0, 2), accepted('2024-01-12'), '2024-01-12')).toEqual([]));
  it('a breach that rests on the step', () =>
    expect(warned(accompanied.slice(0, 2), declined('2024-01-12', 'offer', {}), '2024-01-12')).toEqual([
      'DECLINE_REASON',
    ]));
  it('a breach that rests on the step, though there was one before', () =>
    expect(
      warned(
        [...accompanied.slice(0, 2), declined('2024-01-11', 'offer', {})],
        declined('2024-01-12', 'offer', {}),
        '2024-01-12',
      ),
    ).toEqual(['DECLINE_REASON']));
  it('not what was wanting before and has nothing to do with it', () =>
    expect(
      warned([...accompanied, assigned('2024-01-15')], titleVerified('anna', '2024-01-16', '2023-08-01'), '2024-01-16'),
    ).toEqual([]));
  it('one for each rule that an appointment breaks', () =>
    expect(warned(accompanied, assigned('2024-01-15'), '2024-01-15')).toEqual(['TITLE', 'TRAINING']));
  it.each([
    [
      'what the law allows and the municipality does not',
      policy('2023-01-01', { allowTransition: false }),
      'HOME_CARE',
      /riktlinjer godtar den inte/,
    ],
    [
      'no other education outside home care',
      policy('2023-01-01', { localRulesFor: ['LSS'] }),
      'LSS',
      /ingen utbildning som arbetsgivaren godkänt/,
    ],
    [
      'no certificate in home care',
      policy('2023-01-01', { localRulesFor: ['LSS'] }),
      'HOME_CARE',
      /övergångsregeln\. Det visas som brist/,
    ],
  ] as const)('says of a title what is wanting: %s', (_, adopted, careForm, words) => {
    const shown =
      careForm === 'HOME_CARE' && /riktlinjer/.test(words.source) ? [transitionDocumented('anna', '2023-08-01')] : [];
    const history = [adopted, ...shown, started('2024-01-01', { careForm }), ...accompanied.slice(1)];
    const said = warningsOn(dayOf('2024-01-15'), judged(history, assigned('2024-01-15')), 'step');
    expect(said.find(({ rule }) => rule === 'TITLE')?.message).toMatch(words);
  });
  it('says of an assessment that it lapsed, or what it leaves out', () => {
    const bare = unnecessary('2024-01-05', { recipientView: undefined });
    const of = (history: readonly GivenFact[], step: GivenFact, day: string) =>
      warningsOn(dayOf(day), judged(history, step), 'step').find(({ rule }) => rule === 'UNNECESSARY')?.message;
    expect(of([started('2024-01-01')], bare, '2024-01-05')).toMatch(/^Omsorgstagarens egen syn/);
    expect(of([started('2024-01-01'), bare], servicesChanged('2024-02-01', 'MEALS'), '2024-02-01')).toMatch(
      /^Bedömningen gäller inte längre/,
    );
  });
});

describe('changes are what differs with the step', () => {
  it('on the day that is looked at', () => {
    const change = judged(accompanied, assigned('2024-01-15'));
    expect(changesOn(dayOf('2024-01-15'), change)).toEqual(
      expect.arrayContaining([
        { episode: 'episode', rule: 'ASSIGNED', kind: 'LOCAL', on: '2024-01-15', from: 'DUE', to: 'MET' },
        {
          episode: 'episode',
          rule: 'TITLE',
          assignment: 'assignment',
          kind: 'STATUTORY',
          on: '2024-01-15',
          from: null,
          to: 'BREACH',
        },
        {
          episode: 'episode',
          rule: 'SIGNED',
          assignment: 'assignment',
          kind: 'LOCAL',
          on: '2024-01-15',
          from: null,
          to: 'DUE',
          dueOn: '2024-01-28',
        },
      ]),
    );
    expect(changesOn(dayOf('2024-01-14'), change)).toEqual([]);
  });
});
