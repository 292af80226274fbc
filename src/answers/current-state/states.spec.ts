import { describe, expect, it } from '@jest/globals';
import type { Fact } from '../../compliance-rules/facts.js';
import { eventCatalogue } from '../../facts/event-catalogue.js';
import { dayOf } from '../../kernel/time/day.js';
import { episodeState } from './episode-state.js';
import { recipientState } from './recipient-state.js';
import { isEmployed, staffState } from './staff-state.js';
import { controllerState, unitState } from './unit-state.js';

type Told = readonly [string, string, Record<string, unknown>];
const told = (...facts: readonly Told[]): Fact[] =>
  facts.map(([type, on, data], order) => ({ id: `f${order}`, type, order, day: dayOf(on), data }) as unknown as Fact);

describe('the state of an episode', () => {
  const facts = told(
    ['CareEpisodeStarted', '2024-01-01', { recipient: 'r', unit: 'u1', careForm: 'HOME_CARE', services: ['MEALS'] }],
    ['ContactOffered', '2024-01-05', { offer: 'o', by: 's' }],
    ['OfferDeclined', '2024-01-06', { offer: 'o', answeredBy: 'RECIPIENT' }],
    ['OfferAccepted', '2024-01-07', { offer: 'o', answeredBy: 'RECIPIENT' }],
    ['ContactAssigned', '2024-01-10', { assignment: 'a1', role: 'PRIMARY', staff: 's1' }],
    ['ContactAbsenceStarted', '2024-01-20', { assignment: 'a1', deputyAssignment: 'a9' }],
    ['PlanAgreed', '2024-02-01', { plan: 'p', version: 1, followUpOn: '2024-08-01' }],
    [
      'ContactReplaced',
      '2024-03-01',
      { ends: 'a1', assignment: 'a2', staff: 's2', initiator: 'UNIT', reasonCode: 'STAFF_LEFT' },
    ],
    ['CareEpisodePaused', '2024-04-01', { cause: 'HOSPITAL' }],
    ['CareEpisodePaused', '2024-04-05', {}],
    ['FollowUpHeld', '2024-08-01', { plan: 'p', outcome: 'UNCHANGED' }],
    ['CareEpisodeEnded', '2024-09-01', { cause: 'MOVED' }],
    ['CareEpisodeEnded', '2024-09-05', { cause: 'DEATH' }],
  );

  it('grows with each fact, and is that of the day asked for', () => {
    expect(episodeState(facts, '2024-01-06')).toMatchObject({
      startedOn: '2024-01-01',
      unit: 'u1',
      offers: { o: { on: '2024-01-05', by: 's', answer: { answer: 'DECLINED', on: '2024-01-06' } } },
    });
    expect(episodeState(facts, '2024-01-25')).toMatchObject({
      offers: { o: { answer: { answer: 'ACCEPTED' } } },
      contacts: {
        a1: { from: '2024-01-10', role: 'PRIMARY', absent: { since: '2024-01-20', deputyAssignment: 'a9' } },
      },
    });
    expect(episodeState(facts, '2024-04-10')).toMatchObject({
      paused: { since: '2024-04-01', cause: 'HOSPITAL' },
      contacts: {
        a1: { to: '2024-03-01', replacedBy: 'a2', reasonCode: 'STAFF_LEFT' },
        a2: { role: 'PRIMARY', staff: 's2', from: '2024-03-01', replaces: 'a1' },
      },
      plans: { p: { agreedOn: '2024-02-01', followUpOn: '2024-08-01' } },
    });
  });

  it('counts the first end, and a follow-up that was held is no longer to come', () => {
    const state = episodeState(facts, '2024-12-31');
    expect(state['ended']).toEqual({ on: '2024-09-01', cause: 'MOVED' });
    expect(state['plans']).toEqual({
      p: { version: 1, agreedOn: '2024-02-01', followUpHeld: { on: '2024-08-01', outcome: 'UNCHANGED' } },
    });
  });

  it('says of contacts and follow-ups what the rules go by: the first end, the first day of an absence, the role of whom one replaces, one date', () => {
    const contacts = (...more: readonly Told[]) => episodeState(told(...more), '2024-12-31')['contacts'];
    expect(
      contacts(
        ['ContactAssigned', '2024-01-10', { assignment: 'a', role: 'SECOND', staff: 's' }],
        ['ContactEnded', '2024-02-01', { assignment: 'a', reasonCode: 'OTHER' }],
        ['ContactEnded', '2024-03-01', { assignment: 'a', reasonCode: 'STAFF_LEFT' }],
      ),
    ).toEqual({
      a: { role: 'SECOND', staff: 's', from: '2024-01-10', to: '2024-02-01', reasonCode: 'OTHER' },
    });
    expect(
      contacts(
        ['ContactAbsenceStarted', '2024-03-05', { assignment: 'a' }],
        ['ContactAbsenceStarted', '2024-03-15', { assignment: 'a' }],
      ),
    ).toEqual({ a: { absent: { since: '2024-03-05' } } });
    expect(
      contacts(
        [
          'ContactReplaced',
          '2024-01-10',
          { ends: 'a', assignment: 'b', staff: 's', initiator: 'UNIT', reasonCode: 'OTHER' },
        ],
        ['ContactAssigned', '2024-01-20', { assignment: 'a', role: 'SECOND', staff: 's' }],
      ),
    ).toMatchObject({
      b: { role: 'SECOND', replaces: 'a' },
    });
    const plans = (...more: readonly Told[]) =>
      episodeState(
        told(['PlanAgreed', '2024-02-01', { plan: 'p', version: 1, followUpOn: '2024-05-01' }], ...more),
        '2024-12-31',
      )['plans'];
    expect(plans(['PlanRevised', '2024-03-01', { plan: 'p', version: 2 }])).toEqual({
      p: { version: 2, agreedOn: '2024-02-01', revisedOn: '2024-03-01' },
    });
    expect(plans(['FollowUpPlanned', '2024-03-01', { plan: 'q', on: '2024-06-01' }])).toEqual({
      p: { version: 1, agreedOn: '2024-02-01' },
      q: { followUpOn: '2024-06-01' },
    });
    expect(plans(['FollowUpNotHeld', '2024-05-01', { plan: 'p', reasonCode: 'OTHER' }])).toMatchObject({
      p: { followUpOn: '2024-05-01' },
    });
  });

  it('shows an end without a beginning', () => {
    expect(
      episodeState(
        told(['ContactEnded', '2024-01-01', { assignment: 'a', initiator: 'STAFF', reasonCode: 'OTHER' }]),
        '2024-12-31',
      ),
    ).toEqual({ contacts: { a: { to: '2024-01-01', initiator: 'STAFF', reasonCode: 'OTHER' } } });
  });
});

describe('the state of an employee', () => {
  it('knows evidence and its withdrawal, employment and leave', () => {
    const facts = told(
      ['StaffRegistered', '2020-01-01', { unit: 'u1', name: 'Sara' }],
      ['TitleVerified', '2024-01-01', { certificateDate: '2023-08-01' }],
      ['TitleVerificationWithdrawn', '2024-02-01', { of: 'f1', cause: 'FORGED' }],
      ['LeaveStarted', '2024-03-01', {}],
      ['StaffMovedUnit', '2024-03-02', { unit: 'u2' }],
      ['LeaveEnded', '2024-04-01', {}],
      ['EmploymentEnded', '2024-05-01', {}],
    );
    expect(staffState(facts, '2024-03-15')).toMatchObject({
      unit: 'u2',
      titleEvidence: { f1: { type: 'TitleVerified', withdrawn: { on: '2024-02-01', cause: 'FORGED' } } },
      leave: { since: '2024-03-01' },
    });
    expect(staffState(facts, '2024-04-01')).not.toHaveProperty('leave');
    expect([staffState(facts, '2024-04-30'), staffState(facts, '2024-05-01')].map(isEmployed)).toEqual([true, false]);
  });
});

describe('states', () => {
  const fold = {
    careEpisode: episodeState,
    staff: staffState,
    recipient: recipientState,
    unit: unitState,
    controller: controllerState,
  };
  // What is noted for the review of the access log is for those who review it, and has no place among what is true.
  const apart = new Set(['PersonNoted', 'PersonNoteLifted']);
  const types = eventCatalogue
    .all()
    .filter(({ type }) => !apart.has(type))
    .flatMap(({ type, categories }) =>
      (categories ?? [])
        .filter((category) => Object.hasOwn(fold, category))
        .map((category) => [type, category] as const),
    );

  it.each(types)('take in %s on %s', (type, category) => {
    // What ends something shows only where it was before; what begins it only where it was not.
    const ends = /Ended|Resumed|Widened|Unlinked/.test(type);
    const before = ends
      ? told(
          ['CareEpisodePaused', '2024-01-01', {}],
          ['LeaveStarted', '2024-01-01', {}],
          ['ContactAbsenceStarted', '2024-01-01', { assignment: 'id' }],
          ['AccessNarrowed', '2024-01-01', { staff: ['id'] }],
          ['IdentityLinked', '2024-01-01', { issuer: 'id' }],
        )
      : [];
    const data = {
      unit: 'id',
      offer: 'id',
      consent: 'id',
      assignment: 'id',
      ends: 'id',
      plan: 'id',
      about: 'id',
      of: 'id',
      into: 'id',
      representative: 'id',
      staff: 'id',
      services: [],
      document: 'PLAN',
      identity: {},
      protection: 'NONE',
      on: '2024-06-01',
    };
    const state = fold[category as keyof typeof fold];
    expect(state([...before, ...told([type, '2024-02-01', data])], '2024-12-31')).not.toEqual(
      state(before, '2024-12-31'),
    );
  });
});
