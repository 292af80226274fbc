import { describe, it } from '@jest/globals';
import {
  accepted,
  annulled,
  assigned,
  consentGiven,
  contactEnded,
  followUpHeld,
  followUpNotHeld,
  followUpPlanned,
  offered,
  planAgreed,
  planRevised,
  started,
} from '../../../compliance-rules/testing/facts.spec-helper.js';
import { given, step } from './care-episode.spec-helper.js';
import { agreePlan, holdFollowUp, missFollowUp, planFollowUp, revisePlan } from './decide-plans.js';

const accompanied = [
  started('2024-01-01'),
  offered('2024-01-10'),
  accepted('2024-01-12'),
  assigned('2024-01-15', 'first'),
];
const withPlan = [...accompanied, planAgreed('2024-02-01')];

describe('the plan ("dokumentera er överenskommelse om rollens innehåll i genomförandeplanen")', () => {
  it('is agreed, and names the contact', () =>
    given(...accompanied)
      .when(agreePlan, step(planAgreed('2024-02-01', { contacts: ['first'] })))
      .isAccepted());
  it('may name a contact who has left since', () =>
    given(...accompanied, contactEnded('2024-01-20', 'first'))
      .when(agreePlan, step(planAgreed('2024-02-01', { contacts: ['first'] })))
      .isAccepted());
  it('names no contact that the episode never had', () =>
    given(...accompanied)
      .when(agreePlan, step(planAgreed('2024-02-01', { contacts: ['first', 'other'] })))
      .isRefused('ASSIGNMENT_NOT_IN_EPISODE', { field: 'contacts[1]' }));
  it('names relatives by consents that were given', () => {
    const participants = [{ kind: 'RELATIVE', consent: 'daughter' }] as const;
    given(...accompanied)
      .when(agreePlan, step(planAgreed('2024-02-01', { participants })))
      .isRefused('CONSENT_NOT_IN_EPISODE', { field: 'participants[0].consent' });
    given(...accompanied, consentGiven('2024-01-20', 'daughter'))
      .when(agreePlan, step(planAgreed('2024-02-01', { participants })))
      .isAccepted();
  });
  it('is agreed without a date for its follow-up: a gap that the rules show (E52)', () =>
    given(...accompanied)
      .when(agreePlan, step(planAgreed('2024-02-01')))
      .isAccepted());
});

describe('the plan is revised ("vid behov revidera genomförandeplanen")', () => {
  it('in a version after the last', () =>
    given(...withPlan)
      .when(revisePlan, step(planRevised('2024-05-01')))
      .isAccepted());
  it('not in a version that is there already', () =>
    given(...withPlan, planRevised('2024-05-01'))
      .when(revisePlan, step(planRevised('2024-06-01')))
      .isRefused('PLAN_VERSION_TAKEN', { lastVersion: '2' }));
  it('only when there is one', () =>
    given(...accompanied)
      .when(revisePlan, step(planRevised('2024-05-01')))
      .isRefused('UNKNOWN_PLAN'));
  it('only when it stands', () =>
    given(...accompanied, planAgreed('2024-02-01').as('agreed'), annulled('agreed'))
      .when(revisePlan, step(planRevised('2024-05-01')))
      .isRefused('UNKNOWN_PLAN'));
  it('not before it was agreed', () =>
    given(...withPlan)
      .when(revisePlan, step(planRevised('2024-01-31')))
      .isRefused('BEFORE_PLAN', { agreedOn: '2024-02-01' }));
  it('naming contacts of the episode', () =>
    given(...withPlan)
      .when(revisePlan, step(planRevised('2024-05-01', { contacts: ['other'] })))
      .isRefused('ASSIGNMENT_NOT_IN_EPISODE'));
  it('naming consents of the episode', () =>
    given(...withPlan)
      .when(revisePlan, step(planRevised('2024-05-01', { participants: [{ kind: 'RELATIVE', consent: 'x' }] })))
      .isRefused('CONSENT_NOT_IN_EPISODE'));
});

describe('the follow-up ("tänkt datum för uppföljning")', () => {
  it('is planned', () =>
    given(...withPlan)
      .when(planFollowUp, step(followUpPlanned('2024-02-02', '2024-08-01')))
      .isAccepted());
  it('is held, early or late (E53)', () =>
    given(...withPlan)
      .when(holdFollowUp, step(followUpHeld('2024-09-15')))
      .isAccepted());
  it('is not held', () =>
    given(...withPlan)
      .when(missFollowUp, step(followUpNotHeld('2024-08-01', '2024-08-15')))
      .isAccepted());
  it('is of a plan', () => {
    given(...accompanied)
      .when(planFollowUp, step(followUpPlanned('2024-02-02', '2024-08-01')))
      .isRefused('UNKNOWN_PLAN');
    given(...accompanied)
      .when(holdFollowUp, step(followUpHeld('2024-08-01')))
      .isRefused('UNKNOWN_PLAN');
    given(...accompanied)
      .when(missFollowUp, step(followUpNotHeld('2024-08-01')))
      .isRefused('UNKNOWN_PLAN');
  });
  it('does not come before the plan', () => {
    given(...withPlan)
      .when(holdFollowUp, step(followUpHeld('2024-01-31')))
      .isRefused('BEFORE_PLAN');
    given(...withPlan)
      .when(missFollowUp, step(followUpNotHeld('2024-01-31')))
      .isRefused('BEFORE_PLAN');
  });
  it('is attended by relatives with a consent of the episode', () =>
    given(...withPlan)
      .when(holdFollowUp, step(followUpHeld('2024-08-01', { attendees: [{ kind: 'RELATIVE', consent: 'x' }] })))
      .isRefused('CONSENT_NOT_IN_EPISODE'));
});
