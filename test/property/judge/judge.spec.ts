import { describe, expect, it } from '@jest/globals';
import { dayOf, formatDay } from '../../../src/kernel/time/day.js';
import { fact, judged, policy, recordedAt, started, statusOf, type HandMade } from './hand-made.js';
import { monthsAfter } from './rules.js';

/** The judge itself, on the sentences that are easiest to get wrong. Each case says how the text was read. */

const offer = (on: string, id = 'o1'): HandMade => fact('ContactOffered', on, { offer: id, by: 's' });
const yes = (on: string, id = 'o1', over = {}): HandMade => fact('OfferAccepted', on, { offer: id, answeredBy: 'RECIPIENT', ...over });
const no = (on: string, id = 'o1', over = {}): HandMade => fact('OfferDeclined', on, { offer: id, answeredBy: 'RECIPIENT', ...over });
const contact = (on: string, id = 'a1', role = 'PRIMARY', staff = 's'): HandMade => fact('ContactAssigned', on, { assignment: id, role, staff });
const replaced = (on: string, ends: string, id: string, staff = 's'): HandMade => fact('ContactReplaced', on, { ends, assignment: id, staff });
const correct = (line: number, values: object, stream = 'careEpisode-e'): HandMade => [stream, 'EntryCorrected', '2026-01-01', { corrects: { ref: String(line) }, reason: 'x', ...values }];
const annul = (line: number, stream = 'careEpisode-e'): HandMade => [stream, 'EntryAnnulled', '2026-01-01', { corrects: { ref: String(line) }, cause: 'OTHER', reason: 'x' }];

describe('corrections and annulments', () => {
  const base = [...started('2024-01-01'), offer('2024-01-10')];

  it('of two corrections the later replaces the earlier whole: what it leaves out is as in the original', () => {
    const on = judged([...base, correct(2, { effectiveOn: '2024-01-05' }), correct(2, { data: { offer: 'o1', by: 't' } })]);
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
    const facts = [...base, correct(2, { effectiveOn: '2024-01-05' }), correct(3, { data: { corrects: { ref: '2' }, reason: 'y', effectiveOn: '2024-01-03' } })];
    expect(statusOf(judged(facts)('2024-01-03'), 'ANSWER')).toBe('DUE');
    expect(statusOf(judged([...facts, correct(2, { effectiveOn: '2024-01-07' })])('2024-01-06'), 'ANSWER')).toBeUndefined();
  });

  it('a corrected annulment is still an annulment', () => {
    const on = judged([...base, annul(2), correct(3, { effectiveOn: '2020-01-01', data: { corrects: { ref: '2' }, cause: 'DUPLICATE', reason: 'y' } })]);
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
    expect(['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04'].map((day) => statusOf(on(day), 'OFFER'))).toEqual(['DUE', 'DUE', 'DUE', 'BREACH']);
    expect(on('2024-01-01').statuses.find((each) => each.rule === 'OFFER')?.dueOn).toBe(dayOf('2024-01-03'));
  });

  it('0 days: the first E is S itself, so S is not in time', () => {
    expect(statusOf(judged([...started('2024-01-01'), policy({ offerTargetDays: 0 })])('2024-01-01'), 'OFFER')).toBe('BREACH');
  });

  it('paused days stretch a count; E follows the last counted day at once, even if it is paused', () => {
    const on = judged([...started('2024-01-01'), policy({ offerTargetDays: 2 }), fact('CareEpisodePaused', '2024-01-02'), fact('CareEpisodeResumed', '2024-01-05')]);
    expect(['2024-01-04', '2024-01-05', '2024-01-06'].map((day) => statusOf(on(day), 'OFFER'))).toEqual(['DUE', 'DUE', 'BREACH']);
    const tail = judged([...started('2024-01-01'), policy({ offerTargetDays: 1 }), fact('CareEpisodePaused', '2024-01-02')]);
    expect(['2024-01-01', '2024-01-02'].map((day) => statusOf(tail(day), 'OFFER'))).toEqual(['DUE', 'BREACH']);
  });

  it('a pause and a resumption on one day go by the order of entries', () => {
    const on = judged([...started('2024-01-01'), fact('CareEpisodeResumed', '2024-01-03'), fact('CareEpisodePaused', '2024-01-03'), fact('CareEpisodePaused', '2024-01-09')]);
    expect([on('2024-01-02').paused, on('2024-01-03').paused]).toEqual([false, true]);
  });

  it('months keep the day of the month, or take its last', () => {
    expect(['2024-01-31', '2023-08-31', '2024-02-29', '2023-12-31'].map((day, index) => formatDay(monthsAfter(dayOf(day), [1, 6, 12, 2][index] ?? 0)))).toEqual([
      '2024-02-29', '2024-02-29', '2025-02-28', '2024-02-29',
    ]);
  });

  it('the policy on S gives N, by the unit on S; on days before the start by that of the start', () => {
    const facts = [
      ...started('2024-01-10'), ['unit-v', 'UnitOpened', '2000-01-01', { controller: 'p' }] as const, fact('CareEpisodeMovedUnit', '2024-01-02', { unit: 'v' }),
      ['policy-p', 'PolicyAdopted', '2000-01-01', { controller: 'p', version: 1, values: { answerTargetDays: 100 } }] as const,
      policy({ answerTargetDays: 12 }), policy({ answerTargetDays: 50 }, '2024-01-05'), offer('2024-01-04'),
    ];
    expect(['2024-01-15', '2024-01-16'].map((day) => statusOf(judged(facts)(day), 'ANSWER'))).toEqual(['DUE', 'WARNING']);
  });
});

describe('which days are judged', () => {
  it('home care is local before 2022-07-01 where the policy names it, statutory from that day', () => {
    const on = judged([...started('2022-06-01'), policy({ localRulesFor: ['HOME_CARE'] })]);
    expect([on('2022-06-30').local, on('2022-07-01').local, on('2022-07-01').judged]).toEqual([true, false, true]);
    expect(judged(started('2022-06-01'))('2022-06-30').statuses).toEqual([]);
  });

  it('the end day is the first day without; an end on the start leaves nothing', () => {
    const on = judged([...started('2024-01-01'), fact('CareEpisodeEnded', '2024-01-03'), fact('CareEpisodeEnded', '2024-01-02')]);
    expect([on('2024-01-01').judged, on('2024-01-02').judged]).toEqual([true, false]);
    expect(judged([...started('2024-01-01'), fact('CareEpisodeEnded', '2024-01-01')])('2024-01-01').ongoing).toBe(false);
  });

  it('an annulled start leaves no episode', () => {
    expect(judged([...started('2024-01-01'), annul(1)])('2024-01-01').ongoing).toBe(false);
  });
});

describe('answers', () => {
  it('an answer counts from its own day even if its offer is dated later, but not if the offer is annulled', () => {
    const facts = [...started('2024-01-01'), offer('2024-01-10'), yes('2024-01-05')];
    const on = judged(facts);
    expect([statusOf(on('2024-01-05'), 'ASSIGNED'), statusOf(on('2024-01-05'), 'ANSWER'), statusOf(on('2024-01-10'), 'ANSWER')]).toEqual(['DUE', undefined, 'MET']);
    expect(on('2024-01-05').figures.slice(0, 2)).toEqual(['population', 'accepted']);
    expect(statusOf(judged([...facts, annul(2)])('2024-01-05'), 'ASSIGNED')).toBeUndefined();
  });

  it('a representative must be registered by the day of the answer, for the recipient or one merged with it, and not expired', () => {
    const by = { answeredBy: 'REPRESENTATIVE', representative: 'g' };
    const facts = (on: string, validTo: string, stream = 'recipient-q'): HandMade[] => [
      ...started('2024-01-01'), offer('2024-01-02'), yes('2024-01-05', 'o1', by),
      [stream, 'RepresentativeRegistered', on, { representative: 'g', validTo }],
      ['recipient-q', 'RecipientMerged', '2025-05-05', { into: 'z' }], ['recipient-r', 'RecipientMerged', '2025-05-05', { into: 'z' }],
    ];
    const state = (history: HandMade[]): string | undefined => judged(history)('2024-01-05').state;
    expect([state(facts('2024-01-05', '2024-01-05')), state(facts('2024-01-06', '2024-02-01')), state(facts('2024-01-01', '2024-01-04'))]).toEqual([
      'ACCEPTED_NO_CONTACT', 'OFFER_PENDING', 'OFFER_PENDING',
    ]);
    expect(state([...facts('2024-01-05', '2024-01-05'), annul(5, 'recipient-q')])).toBe('OFFER_PENDING');
  });

  it('the run of yeses goes by order of entries: a no between two of them on one day starts it anew', () => {
    const facts = [...started('2024-01-01'), offer('2024-01-02'), yes('2024-01-02'), fact('PlanAgreed', '2024-01-03', { plan: 'p' })];
    expect(statusOf(judged([...facts, yes('2024-01-06')])('2024-01-06'), 'PLAN')).toBe('MET');
    expect(statusOf(judged([...facts, no('2024-01-06'), yes('2024-01-06')])('2024-01-06'), 'PLAN')).toBe('DUE');
  });

  it('a plan dated on or after the first yes is enough, whichever was recorded first', () => {
    expect(statusOf(judged([...started('2024-01-01'), offer('2024-01-02'), fact('PlanAgreed', '2024-01-03', { plan: 'p' }), yes('2024-01-03')])('2024-01-03'), 'PLAN')).toBe('MET');
  });

  it('a new offer leaves the standing answer, but wants its own', () => {
    const on = judged([...started('2024-01-01'), offer('2024-01-02'), yes('2024-01-03'), offer('2024-01-05', 'o2')]);
    expect([statusOf(on('2024-01-05'), 'ANSWER'), statusOf(on('2024-01-05'), 'ASSIGNED')]).toEqual(['DUE', 'DUE']);
  });
});

describe('unnecessary', () => {
  const assessed = (on: string, over = {}): HandMade => fact('ObviousUnnecessityAssessed', on, { criteria: [], reason: 'x', recipientView: 'x', ...over });
  const services = (on: string, ...codes: string[]): HandMade => fact('ServicesChanged', on, { services: codes });

  it('the same set in other words changes nothing; another set at the end of a later day lapses it for good', () => {
    const facts = [...started('2024-01-01'), assessed('2024-01-02'), services('2024-01-05', 'MEALS', 'MEALS')];
    expect(statusOf(judged(facts)('2024-01-05'), 'UNNECESSARY')).toBe('MET');
    const lapsed = judged([...facts, services('2024-01-06', 'CLEANING'), services('2024-01-08', 'MEALS')]);
    expect(['2024-01-05', '2024-01-06', '2024-01-09'].map((day) => statusOf(lapsed(day), 'UNNECESSARY'))).toEqual(['MET', 'BREACH', 'BREACH']);
    expect(lapsed('2024-01-09').state).toBe('UNNECESSARY_REASSESS');
  });

  it('changed and changed back within one day is no change, and changes on the day itself are part of what was assessed', () => {
    const on = judged([...started('2024-01-01'), assessed('2024-01-02'), services('2024-01-02', 'CLEANING'), services('2024-01-04', 'LAUNDRY'), services('2024-01-04', 'CLEANING')]);
    expect(statusOf(on('2024-01-05'), 'UNNECESSARY')).toBe('MET');
  });

  it('assessed before the start: the set is that of the start, so a change on the first day lapses it', () => {
    const on = judged([...started('2024-01-10'), assessed('2024-01-05'), services('2024-01-10', 'CLEANING')]);
    expect([statusOf(on('2024-01-10'), 'OFFER'), statusOf(on('2024-01-10'), 'UNNECESSARY')]).toEqual(['DUE', 'BREACH']);
    const earlier = judged([...started('2024-01-10'), assessed('2024-01-05'), services('2024-01-07', 'CLEANING')]);
    expect(statusOf(earlier('2024-01-10'), 'OFFER')).toBe('MET');
  });

  it('an offer on the same day but earlier in order does not silence it, one later in order does', () => {
    expect(statusOf(judged([...started('2024-01-01'), offer('2024-01-02'), assessed('2024-01-02', { recipientView: undefined })])('2024-01-02'), 'UNNECESSARY')).toBe('WARNING');
    expect(statusOf(judged([...started('2024-01-01'), assessed('2024-01-02'), offer('2024-01-02')])('2024-01-02'), 'UNNECESSARY')).toBeUndefined();
  });

  it('a lapsed assessment starts a new stretch, of its own length', () => {
    const on = judged([...started('2024-01-01'), policy({ offerTargetDays: 2 }), assessed('2024-01-05'), services('2024-01-09', 'LAUNDRY')]);
    expect(['2024-01-02', '2024-01-04', '2024-01-05', '2024-01-10', '2024-01-11'].map((day) => statusOf(on(day), 'OFFER'))).toEqual(['DUE', 'BREACH', 'MET', 'DUE', 'BREACH']);
  });
});

describe('assignments', () => {
  const accepted = [...started('2024-01-01'), offer('2024-01-01'), yes('2024-01-01')];

  it('an end dated on or before the start leaves no active day', () => {
    expect(judged([...accepted, contact('2024-01-05'), fact('ContactEnded', '2024-01-03', { assignment: 'a1' })])('2024-01-06').contacts).toEqual([]);
  });

  it('a day without employment ends it for good; employment on the day of the end, later in order, is no such day', () => {
    const employment = (type: string, on: string): HandMade => ['staff-s', type, on, {}];
    const ended = [...accepted, contact('2024-01-05'), employment('EmploymentEnded', '2024-01-08'), employment('EmploymentStarted', '2024-01-09')];
    expect(['2024-01-07', '2024-01-08', '2024-01-09'].map((day) => judged(ended)(day).contacts.length)).toEqual([1, 0, 0]);
    const same = [...accepted, contact('2024-01-05'), employment('EmploymentEnded', '2024-01-08'), employment('EmploymentStarted', '2024-01-08')];
    expect(judged(same)('2024-01-09').contacts.length).toBe(1);
    const before = [...accepted, contact('2024-01-05'), employment('EmploymentEnded', '2024-01-02'), employment('EmploymentStarted', '2024-01-05')];
    expect(judged(before)('2024-01-05').contacts.length).toBe(1);
  });

  it('a replacement has the role of what it ends, through others, whatever the dates; PRIMARY when that entry is annulled', () => {
    const facts = [...accepted, contact('2024-03-01', 'a1', 'SECOND'), replaced('2024-02-01', 'a1', 'a2'), replaced('2024-01-05', 'a2', 'a3')];
    expect(judged(facts)('2024-01-06').contacts.map((each) => each.role)).toEqual(['SECOND']);
    expect(judged([...facts, annul(4)])('2024-01-06').contacts.map((each) => each.role)).toEqual(['PRIMARY']);
  });

  it('*the* primary is the one that started last, then the later in order', () => {
    expect(judged([...accepted, contact('2024-01-05', 'a1'), contact('2024-01-04', 'a2')])('2024-01-06').primary).toBe('a1');
    expect(judged([...accepted, contact('2024-01-05', 'a1'), contact('2024-01-05', 'a2')])('2024-01-06').primary).toBe('a2');
  });

  it('a deputy who is away does not stand in; a leave is an absence of the employee', () => {
    const facts: HandMade[] = [
      ...accepted, contact('2024-01-01'), contact('2024-01-01', 'a2', 'DEPUTY', 't'),
      fact('ContactAbsenceStarted', '2024-01-05', { assignment: 'a1' }), ['staff-t', 'LeaveStarted', '2024-01-07', {}], ['staff-t', 'LeaveEnded', '2024-01-08', {}],
    ];
    expect(['2024-01-04', '2024-01-05', '2024-01-07', '2024-01-08'].map((day) => statusOf(judged(facts)(day), 'DEPUTY'))).toEqual([undefined, 'MET', 'WARNING', 'MET']);
  });

  it('while the answer is no, a primary is a WARNING; without one the rule is silent', () => {
    const facts = [...started('2024-01-01'), offer('2024-01-01'), no('2024-01-01'), contact('2024-01-03')];
    expect(['2024-01-02', '2024-01-03'].map((day) => statusOf(judged(facts)(day), 'ASSIGNED'))).toEqual([undefined, 'WARNING']);
  });
});

describe('title', () => {
  const facts = (start: string, ...staff: HandMade[]): HandMade[] => [...started(start), contact(start), ...staff];
  const verified = (on: string, certificateDate: string): HandMade => ['staff-s', 'TitleVerified', on, { certificateDate }];
  const transition = (on: string): HandMade => ['staff-s', 'TransitionStatusDocumented', on, {}];

  it('a certificate counts from its date, not from the day it was checked', () => {
    const on = judged(facts('2023-06-01', verified('2024-05-01', '2023-09-01')));
    expect(['2023-06-30', '2023-07-01', '2023-08-31', '2023-09-01'].map((day) => statusOf(on(day), 'TITLE'))).toEqual([undefined, 'BREACH NONE', 'BREACH NONE', 'MET CERTIFICATE']);
  });

  it('transition holds through 2033-06-30, whenever documented, while the policy allows it', () => {
    const on = judged(facts('2023-06-01', transition('2026-01-01'), policy({ allowTransition: false }, '2025-01-01'), policy({}, '2025-02-01')));
    expect(['2023-07-01', '2025-01-01', '2025-02-01', '2033-06-30', '2033-07-01'].map((day) => statusOf(on(day), 'TITLE'))).toEqual([
      'MET TRANSITION', 'BREACH NONE', 'MET TRANSITION', 'MET TRANSITION', 'BREACH NONE',
    ]);
  });

  it('a withdrawal counts from the beginning; annulled, it never was', () => {
    const withdrawn: HandMade = ['staff-s', 'TitleVerificationWithdrawn', '2025-01-01', { of: { ref: '3' }, cause: 'FORGED' }];
    expect(statusOf(judged(facts('2023-06-01', verified('2023-09-01', '2023-09-01'), withdrawn))('2023-10-01'), 'TITLE')).toBe('BREACH NONE');
    expect(statusOf(judged(facts('2023-06-01', verified('2023-09-01', '2023-09-01'), withdrawn, annul(4, 'staff-s')))('2023-10-01'), 'TITLE')).toBe('MET CERTIFICATE');
  });

  it('other education is enough outside home care, from the day it was recorded, but never in home care, local day or not', () => {
    const education: HandMade = ['staff-s', 'ApprovedEducationRecorded', '2024-02-01', {}];
    const local = policy({ localRulesFor: ['LSS', 'HOME_CARE'] });
    const lss = judged([...started('2024-01-01', { careForm: 'LSS' }), contact('2024-01-01'), education, local]);
    expect(['2024-01-31', '2024-02-01'].map((day) => statusOf(lss(day), 'TITLE'))).toEqual(['BREACH NONE', 'MET EMPLOYER_APPROVED']);
    expect(statusOf(judged([...started('2024-01-01'), contact('2024-01-01'), education, local])('2024-03-01'), 'TITLE')).toBe('BREACH NONE');
  });
});

describe('plans and follow-ups', () => {
  const plan = (on: string, over = {}): HandMade => fact('PlanAgreed', on, { plan: 'p', contacts: [], participants: [], ...over });

  it('a planned day is in time through itself; on a paused day it moves to the first day after the pause', () => {
    const facts = [...started('2024-01-01'), plan('2024-01-05', { followUpOn: '2024-02-01' })];
    expect(['2024-02-01', '2024-02-02'].map((day) => statusOf(judged(facts)(day), 'FOLLOW_UP'))).toEqual(['MET', 'BREACH']);
    const paused = judged([...facts, fact('CareEpisodePaused', '2024-01-31'), fact('CareEpisodeResumed', '2024-02-10')]);
    expect(['2024-02-10', '2024-02-11'].map((day) => statusOf(paused(day), 'FOLLOW_UP'))).toEqual(['MET', 'BREACH']);
  });

  it('without a date it is the months after the latest entry; a date set after it counts, one set before it does not', () => {
    const facts = [...started('2024-01-01'), plan('2024-01-31'), fact('FollowUpPlanned', '2024-02-01', { plan: 'p', on: '2024-03-01' })];
    expect([statusOf(judged(facts)('2024-01-31'), 'FOLLOW_UP_DATE'), statusOf(judged(facts)('2024-02-01'), 'FOLLOW_UP_DATE')]).toEqual(['BREACH', 'MET']);
    const held = judged([...facts, fact('FollowUpHeld', '2024-02-29', { plan: 'p', attendees: [] })]);
    expect(['2024-03-02', '2024-08-29', '2024-08-30'].map((day) => statusOf(held(day), 'FOLLOW_UP'))).toEqual(['MET', 'MET', 'BREACH']);
    expect(statusOf(held('2024-03-02'), 'FOLLOW_UP_DATE')).toBe('BREACH');
  });

  it('a follow-up that was not held keeps the earlier date unless it sets a new one', () => {
    const facts = [...started('2024-01-01'), plan('2024-01-05', { followUpOn: '2024-02-01' }), fact('FollowUpNotHeld', '2024-02-01', { plan: 'p', reasonCode: 'OTHER' })];
    expect(statusOf(judged(facts)('2024-02-02'), 'FOLLOW_UP')).toBe('BREACH');
    expect(statusOf(judged([...facts, fact('FollowUpNotHeld', '2024-02-02', { plan: 'p', newDate: '2024-02-05' })])('2024-02-02'), 'FOLLOW_UP')).toBe('MET');
  });

  it('the yearly follow-up is in breach from the day itself, which moves past a pause', () => {
    const facts = [...started('2024-01-01'), contact('2024-01-01')];
    expect(['2024-12-31', '2025-01-01'].map((day) => statusOf(judged(facts)(day), 'YEARLY'))).toEqual(['MET', 'BREACH']);
    const paused = judged([...facts, fact('CareEpisodePaused', '2025-01-01'), fact('CareEpisodeResumed', '2025-01-04')]);
    expect(['2025-01-03', '2025-01-04'].map((day) => statusOf(paused(day), 'YEARLY'))).toEqual(['MET', 'BREACH']);
  });
});

describe('records, consent, information', () => {
  it('the three documents are covered about the appointing entry; a plan that names the assignment covers PLAN', () => {
    const about = (document: string): HandMade => fact('RecordedInDocument', '2024-01-04', { document, about: { ref: '2' } });
    const facts = [...started('2024-01-01'), contact('2024-01-01'), about('JOURNAL'), about('PROFILE')];
    expect(statusOf(judged(facts)('2024-01-05'), 'NAMED')).toBe('DUE');
    expect(statusOf(judged(facts)('2024-01-15'), 'NAMED')).toBe('WARNING');
    expect(statusOf(judged([...facts, fact('PlanAgreed', '2024-01-06', { plan: 'p', contacts: ['a1'] })])('2024-01-06'), 'NAMED')).toBe('MET');
  });

  it('each relative of that day needs a consent to attend that was not withdrawn on or before it, whatever the order that day', () => {
    const consent = (on: string, id: string, scope: string[]): HandMade => fact('ConsentGiven', on, { consent: id, scope });
    const meeting = (...consents: (string | undefined)[]): HandMade => fact('FollowUpHeld', '2024-01-10', { plan: 'p', attendees: consents.map((each) => ({ kind: 'RELATIVE', consent: each })) });
    const status = (...facts: HandMade[]): string | undefined => statusOf(judged([...started('2024-01-01'), ...facts])('2024-01-10'), 'CONSENT');
    expect(status(meeting('c1'), consent('2024-01-10', 'c1', ['ATTEND_MEETINGS']))).toBe('MET');
    expect(status(consent('2024-01-01', 'c1', ['ATTEND_MEETINGS']), meeting('c1'), meeting(undefined))).toBe('WARNING');
    expect(status(consent('2024-01-01', 'c1', ['INFORM']), meeting('c1'))).toBe('WARNING');
    expect(status(consent('2024-01-01', 'c1', ['ATTEND_MEETINGS']), meeting('c1'), fact('ConsentWithdrawn', '2024-01-10', { consent: 'c1' }))).toBe('WARNING');
  });

  it('physical meetings together hold all six items, those before the offer too', () => {
    const told = (form: string, ...items: string[]): HandMade => fact('InformationGiven', '2024-01-02', { form, items, attendees: [] });
    const facts = [...started('2024-01-01'), offer('2024-01-05'), told('PHYSICAL_MEETING', 'ROLE_REPLACES_CONTACT_PERSON', 'ROLE_CONTENT', 'FREE_CHOICE')];
    expect(statusOf(judged([...facts, told('PHONE', 'RELATIVES_ASKED', 'BROCHURE', 'UNDERSTOOD')])('2024-01-05'), 'INFORMED')).toBe('WARNING');
    expect(statusOf(judged([...facts, told('PHYSICAL_MEETING', 'RELATIVES_ASKED', 'BROCHURE', 'UNDERSTOOD')])('2024-01-05'), 'INFORMED')).toBe('MET');
  });
});
