import { describe, expect, it } from '@jest/globals';
import { dayOf, formatDay } from '../../../src/kernel/time/day.js';
import {
  annul,
  correct,
  fact,
  judged,
  no,
  offer,
  policy,
  recordedAt,
  started,
  statusOf,
  yes,
  type HandMade,
} from './hand-made.js';
import { monthsAfter } from './verdict.js';

/** The judge itself, on the sentences that are easiest to get wrong. Each case says how the text was read. */

describe('corrections and annulments', () => {
  const base = [...started('2024-01-01'), offer('2024-01-10')];

  it('of two corrections the later replaces the earlier whole: what it leaves out is as in the original', () => {
    const on = judged([
      ...base,
      correct(2, { effectiveOn: '2024-01-05' }),
      correct(2, { data: { offer: 'o1', by: 't' } }),
    ]);
    expect(statusOf(on('2024-01-09'), 'ANSWER')).toBeUndefined();
    expect(statusOf(on('2024-01-10'), 'ANSWER')).toBe('DUE');
  });

  it('a later correction brings an annulled fact back, and annulling that correction lets the annulment count again', () => {
    const back = [...base, annul(2), correct(2, { effectiveOn: '2024-01-08' })];
    expect(statusOf(judged(back)('2024-01-08'), 'OFFER')).toBe('MET');
    expect(statusOf(judged([...back, annul(4)])('2024-01-20'), 'OFFER')).toBe('BREACH');
    expect(statusOf(judged([...back, annul(4), annul(3)])('2024-01-10'), 'OFFER')).toBe('MET');
  });

  it('a corrected correction counts with its new data, at its own place among the others', () => {
    const facts = [
      ...base,
      correct(2, { effectiveOn: '2024-01-05' }),
      correct(3, { data: { corrects: { ref: '2' }, reason: 'y', effectiveOn: '2024-01-03' } }),
    ];
    expect(statusOf(judged(facts)('2024-01-03'), 'ANSWER')).toBe('DUE');
    expect(
      statusOf(judged([...facts, correct(2, { effectiveOn: '2024-01-07' })])('2024-01-06'), 'ANSWER'),
    ).toBeUndefined();
  });

  it('a corrected annulment is still an annulment', () => {
    const on = judged([
      ...base,
      annul(2),
      correct(3, { effectiveOn: '2020-01-01', data: { corrects: { ref: '2' }, cause: 'DUPLICATE', reason: 'y' } }),
    ]);
    expect(statusOf(on('2024-02-01'), 'OFFER')).toBe('BREACH');
  });

  it('knownAt: what was recorded later does not exist, to the millisecond', () => {
    const facts = [...base, annul(2)];
    expect(statusOf(judged(facts, recordedAt(3))('2024-01-12'), 'OFFER')).toBe('DUE');
    expect(statusOf(judged(facts, recordedAt(2))('2024-01-12'), 'OFFER')).toBe('MET');
    expect(statusOf(judged(facts, recordedAt(1))('2024-01-12'), 'OFFER')).toBe('DUE');
  });
});

describe('counts and dates', () => {
  it('N days from S are in time up to and including the day before the first E with N unpaused days in [S, E)', () => {
    const on = judged([...started('2024-01-01'), policy({ offerTargetDays: 3 })]);
    expect(['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04'].map((day) => statusOf(on(day), 'OFFER'))).toEqual([
      'DUE',
      'DUE',
      'DUE',
      'BREACH',
    ]);
    expect(on('2024-01-01').statuses.find((each) => each.rule === 'OFFER')?.dueOn).toBe(dayOf('2024-01-03'));
  });

  it('0 days: the first E is S itself, so S is not in time', () => {
    expect(statusOf(judged([...started('2024-01-01'), policy({ offerTargetDays: 0 })])('2024-01-01'), 'OFFER')).toBe(
      'BREACH',
    );
  });

  it('paused days stretch a count; E follows the last counted day at once, even if it is paused', () => {
    const on = judged([
      ...started('2024-01-01'),
      policy({ offerTargetDays: 2 }),
      fact('CareEpisodePaused', '2024-01-02'),
      fact('CareEpisodeResumed', '2024-01-05'),
    ]);
    expect(['2024-01-04', '2024-01-05', '2024-01-06'].map((day) => statusOf(on(day), 'OFFER'))).toEqual([
      'DUE',
      'DUE',
      'BREACH',
    ]);
    const tail = judged([
      ...started('2024-01-01'),
      policy({ offerTargetDays: 1 }),
      fact('CareEpisodePaused', '2024-01-02'),
    ]);
    expect(['2024-01-01', '2024-01-02'].map((day) => statusOf(tail(day), 'OFFER'))).toEqual(['DUE', 'BREACH']);
  });

  it('a pause and a resumption on one day go by the order of entries', () => {
    const on = judged([
      ...started('2024-01-01'),
      fact('CareEpisodeResumed', '2024-01-03'),
      fact('CareEpisodePaused', '2024-01-03'),
      fact('CareEpisodePaused', '2024-01-09'),
    ]);
    expect([on('2024-01-02').paused, on('2024-01-03').paused]).toEqual([false, true]);
  });

  it('months keep the day of the month, or take its last', () => {
    expect(
      ['2024-01-31', '2023-08-31', '2024-02-29', '2023-12-31'].map((day, index) =>
        formatDay(monthsAfter(dayOf(day), [1, 6, 12, 2][index] ?? 0)),
      ),
    ).toEqual(['2024-02-29', '2024-02-29', '2025-02-28', '2024-02-29']);
  });

  it('the policy on S gives N, by the unit on S; on days before the start by that of the start', () => {
    const facts = [
      ...started('2024-01-10'),
      ['unit-v', 'UnitOpened', '2000-01-01', { controller: 'p' }] as const,
      fact('CareEpisodeMovedUnit', '2024-01-02', { unit: 'v' }),
      [
        'policy-p',
        'PolicyAdopted',
        '2000-01-01',
        { controller: 'p', version: 1, values: { answerTargetDays: 100 } },
      ] as const,
      policy({ answerTargetDays: 12 }),
      policy({ answerTargetDays: 50 }, '2024-01-05'),
      offer('2024-01-04'),
    ];
    expect(['2024-01-15', '2024-01-16'].map((day) => statusOf(judged(facts)(day), 'ANSWER'))).toEqual([
      'DUE',
      'WARNING',
    ]);
  });
});

describe('which days are judged', () => {
  it('home care is local before 2022-07-01 where the policy names it, statutory from that day', () => {
    const on = judged([...started('2022-06-01'), policy({ localRulesFor: ['HOME_CARE'] })]);
    expect([on('2022-06-30').local, on('2022-07-01').local, on('2022-07-01').judged]).toEqual([true, false, true]);
    expect(judged(started('2022-06-01'))('2022-06-30').statuses).toEqual([]);
  });

  it('the end day is the first day without; an end on the start leaves nothing', () => {
    const on = judged([
      ...started('2024-01-01'),
      fact('CareEpisodeEnded', '2024-01-03'),
      fact('CareEpisodeEnded', '2024-01-02'),
    ]);
    expect([on('2024-01-01').judged, on('2024-01-02').judged]).toEqual([true, false]);
    expect(judged([...started('2024-01-01'), fact('CareEpisodeEnded', '2024-01-01')])('2024-01-01').ongoing).toBe(
      false,
    );
  });

  it('an annulled start leaves no episode', () => {
    expect(judged([...started('2024-01-01'), annul(1)])('2024-01-01').ongoing).toBe(false);
  });
});

describe('answers', () => {
  it('an answer counts from its own day even if its offer is dated later, but not if the offer is annulled', () => {
    const facts = [...started('2024-01-01'), offer('2024-01-10'), yes('2024-01-05')];
    const on = judged(facts);
    expect([
      statusOf(on('2024-01-05'), 'ASSIGNED'),
      statusOf(on('2024-01-05'), 'ANSWER'),
      statusOf(on('2024-01-10'), 'ANSWER'),
    ]).toEqual(['DUE', undefined, 'MET']);
    expect(on('2024-01-05').figures.slice(0, 2)).toEqual(['population', 'accepted']);
    expect(statusOf(judged([...facts, annul(2)])('2024-01-05'), 'ASSIGNED')).toBeUndefined();
  });

  it('a representative must be registered by the day of the answer, for the recipient or one merged with it, and not expired', () => {
    const by = { answeredBy: 'REPRESENTATIVE', representative: 'g' };
    const facts = (on: string, validTo: string, stream = 'recipient-q'): HandMade[] => [
      ...started('2024-01-01'),
      offer('2024-01-02'),
      yes('2024-01-05', 'o1', by),
      [stream, 'RepresentativeRegistered', on, { representative: 'g', validTo }],
      ['recipient-q', 'RecipientMerged', '2025-05-05', { into: 'z' }],
      ['recipient-r', 'RecipientMerged', '2025-05-05', { into: 'z' }],
    ];
    const state = (history: HandMade[]): string | undefined => judged(history)('2024-01-05').state;
    expect([
      state(facts('2024-01-05', '2024-01-05')),
      state(facts('2024-01-06', '2024-02-01')),
      state(facts('2024-01-01', '2024-01-04')),
    ]).toEqual(['ACCEPTED_NO_CONTACT', 'OFFER_PENDING', 'OFFER_PENDING']);
    expect(state([...facts('2024-01-05', '2024-01-05'), annul(5, 'recipient-q')])).toBe('OFFER_PENDING');
  });

  it('the run of yeses goes by order of entries: a no between two of them on one day starts it anew', () => {
    const facts = [
      ...started('2024-01-01'),
      offer('2024-01-02'),
      yes('2024-01-02'),
      fact('PlanAgreed', '2024-01-03', { plan: 'p' }),
    ];
    expect(statusOf(judged([...facts, yes('2024-01-06')])('2024-01-06'), 'PLAN')).toBe('MET');
    expect(statusOf(judged([...facts, no('2024-01-06'), yes('2024-01-06')])('2024-01-06'), 'PLAN')).toBe('DUE');
  });

  it('a plan dated on or after the first yes is enough, whichever was recorded first', () => {
    expect(
      statusOf(
        judged([
          ...started('2024-01-01'),
          offer('2024-01-02'),
          fact('PlanAgreed', '2024-01-03', { plan: 'p' }),
          yes('2024-01-03'),
        ])('2024-01-03'),
        'PLAN',
      ),
    ).toBe('MET');
  });

  it('a new offer leaves the standing answer, but wants its own', () => {
    const on = judged([...started('2024-01-01'), offer('2024-01-02'), yes('2024-01-03'), offer('2024-01-05', 'o2')]);
    expect([statusOf(on('2024-01-05'), 'ANSWER'), statusOf(on('2024-01-05'), 'ASSIGNED')]).toEqual(['DUE', 'DUE']);
  });
});

describe('unnecessary', () => {
  const assessed = (on: string, over = {}): HandMade =>
    fact('ObviousUnnecessityAssessed', on, { criteria: [], reason: 'x', recipientView: 'x', ...over });
  const services = (on: string, ...codes: string[]): HandMade => fact('ServicesChanged', on, { services: codes });

  it('the same set in other words changes nothing; another set at the end of a later day lapses it for good', () => {
    const facts = [...started('2024-01-01'), assessed('2024-01-02'), services('2024-01-05', 'MEALS', 'MEALS')];
    expect(statusOf(judged(facts)('2024-01-05'), 'UNNECESSARY')).toBe('MET');
    const lapsed = judged([...facts, services('2024-01-06', 'CLEANING'), services('2024-01-08', 'MEALS')]);
    expect(['2024-01-05', '2024-01-06', '2024-01-09'].map((day) => statusOf(lapsed(day), 'UNNECESSARY'))).toEqual([
      'MET',
      'BREACH',
      'BREACH',
    ]);
    expect(lapsed('2024-01-09').state).toBe('UNNECESSARY_REASSESS');
  });

  it('changed and changed back within one day is no change, and changes on the day itself are part of what was assessed', () => {
    const on = judged([
      ...started('2024-01-01'),
      assessed('2024-01-02'),
      services('2024-01-02', 'CLEANING'),
      services('2024-01-04', 'LAUNDRY'),
      services('2024-01-04', 'CLEANING'),
    ]);
    expect(statusOf(on('2024-01-05'), 'UNNECESSARY')).toBe('MET');
  });

  it('assessed before the start: the set is that of the start, so a change on the first day lapses it', () => {
    const on = judged([...started('2024-01-10'), assessed('2024-01-05'), services('2024-01-10', 'CLEANING')]);
    expect([statusOf(on('2024-01-10'), 'OFFER'), statusOf(on('2024-01-10'), 'UNNECESSARY')]).toEqual(['DUE', 'BREACH']);
    const earlier = judged([...started('2024-01-10'), assessed('2024-01-05'), services('2024-01-07', 'CLEANING')]);
    expect(statusOf(earlier('2024-01-10'), 'OFFER')).toBe('MET');
  });

  it('an offer on the same day but earlier in order does not silence it, one later in order does', () => {
    expect(
      statusOf(
        judged([...started('2024-01-01'), offer('2024-01-02'), assessed('2024-01-02', { recipientView: undefined })])(
          '2024-01-02',
        ),
        'UNNECESSARY',
      ),
    ).toBe('WARNING');
    expect(
      statusOf(
        judged([...started('2024-01-01'), assessed('2024-01-02'), offer('2024-01-02')])('2024-01-02'),
        'UNNECESSARY',
      ),
    ).toBeUndefined();
  });

  it('a lapsed assessment starts a new stretch, of its own length', () => {
    const on = judged([
      ...started('2024-01-01'),
      policy({ offerTargetDays: 2 }),
      assessed('2024-01-05'),
      services('2024-01-09', 'LAUNDRY'),
    ]);
    expect(
      ['2024-01-02', '2024-01-04', '2024-01-05', '2024-01-10', '2024-01-11'].map((day) => statusOf(on(day), 'OFFER')),
    ).toEqual(['DUE', 'BREACH', 'MET', 'DUE', 'BREACH']);
  });
});
