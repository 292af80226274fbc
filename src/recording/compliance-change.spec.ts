import { describe, expect, it } from '@jest/globals';
import { RULES } from '../compliance-rules/catalogue.js';
import {
  accepted,
  assigned,
  declined,
  offered,
  started,
  titleVerified,
  type GivenFact,
} from '../compliance-rules/testing/facts.spec-helper.js';
import { given } from '../compliance-rules/testing/history.spec-helper.js';
import { dayOf } from '../kernel/time/day.js';
import { changesOn, type Judged, MESSAGES, warningsOn } from './compliance-change.js';

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
  it('has words for every rule', () => expect(Object.keys(MESSAGES).sort()).toEqual(RULES.map(({ id }) => id).sort()));
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
