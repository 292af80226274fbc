import { describe, expect, it } from '@jest/globals';
import { fact, judged, policy, started, type HandMade } from '../hand-made.js';

/** The history that docs/how-to/follow-the-guide-of-the-contact.md records by HTTP, as far as a rule looks at it. */
const recipient = { kind: 'RECIPIENT' };
const told = { kind: 'RELATIVE', consent: 'c1' };
const present = { kind: 'RELATIVE', consent: 'c2' };
const ITEMS = [
  'ROLE_REPLACES_CONTACT_PERSON',
  'ROLE_CONTENT',
  'FREE_CHOICE',
  'RELATIVES_ASKED',
  'BROCHURE',
  'UNDERSTOOD',
];
const VALUES = {
  firstContactWeekdays: 5,
  startWithinDays: 14,
  riskAssessmentDays: 30,
  bookTargetDays: 7,
  noteTargetDays: 7,
  changeTargetDays: 14,
  planRenewDays: 30,
  agreedWithRecipient: true,
  appointedByManager: true,
  nameSecond: true,
  consentForProfessionals: true,
  trainingCourses: ['Fast omsorgskontakt'],
  unnecessityCriteria: ['ONLY_SAFETY_ALARM', 'ONLY_MEALS'],
};
const noted = (document: string, line: number): HandMade =>
  fact('RecordedInDocument', '2026-11-20', { document, about: { ref: String(line) } });
const guide: readonly HandMade[] = [
  ...started('2026-11-16', { decidedOn: '2026-11-09', services: ['PERSONAL_CARE'] }),
  policy(VALUES, '2026-11-02'),
  ['unit-u', 'UnitManagerAppointed', '2026-11-02', { staff: 'eva' }],
  ['staff-s', 'TitleVerified', '2026-11-02', { certificateDate: '2024-03-05' }],
  ['staff-s', 'TrainingCompleted', '2026-11-02', { course: 'Fast omsorgskontakt' }],
  fact('HomeRiskAssessed', '2026-11-17'),
  fact('InformationGiven', '2026-11-18', { form: 'PHYSICAL_MEETING', items: ITEMS, attendees: [recipient] }),
  fact('ConsentGiven', '2026-11-18', { consent: 'c1', scope: ['INFORM', 'CONTACT_DETAILS'] }),
  fact('InformationGiven', '2026-11-18', {
    form: 'PHONE',
    items: ['ROLE_CONTENT', 'CONTACT_NAMED'],
    attendees: [told],
  }),
  fact('ContactOffered', '2026-11-18', { offer: 'o', by: 's' }),
  fact('OfferAccepted', '2026-11-18', { offer: 'o', answeredBy: 'RECIPIENT' }),
  fact('ConsentGiven', '2026-11-18', { consent: 'c2', scope: ['ATTEND_MEETINGS'] }),
  fact('PlanMeetingBooked', '2026-11-18', { on: '2026-11-20' }),
  fact('ContactAssigned', '2026-11-19', { assignment: 'a1', role: 'PRIMARY', staff: 's', appointedBy: 'eva' }),
  ['staff-s', 'AssignmentDescriptionSigned', '2026-11-19', { assignment: 'a1' }],
  fact('PlanMeetingHeld', '2026-11-20', { form: 'PHYSICAL_MEETING', items: [], attendees: [recipient, present] }),
  fact('PlanAgreed', '2026-11-20', {
    plan: 'p',
    contacts: ['a1'],
    participants: [recipient, present],
    followUpOn: '2027-05-03',
    meeting: { ref: '16' },
  }),
  noted('JOURNAL', 11),
  noted('JOURNAL', 16),
  noted('JOURNAL', 14),
  noted('PROFILE', 14),
];

describe('the guide of the contact', () => {
  it('followed bullet by bullet leaves nothing open', () => {
    const { statuses } = judged(guide)('2026-11-20');
    expect(statuses.filter(({ status }) => status !== 'MET')).toEqual([]);
    expect(statuses.map(({ rule }) => rule).sort()).toEqual(
      (
        'AGREED_WITH ANSWER APPOINTED ASSIGNED BOOKED CONSENT FIRST_CONTACT FOLLOW_UP FOLLOW_UP_DATE INFORMED ' +
        'NAMED NOTED OFFER PLAN RISK SIGNED STARTED_IN_TIME TITLE TRAINING YEARLY'
      ).split(' '),
    );
  });

  /** Which line each rule rests on. */
  const RESTS_ON = {
    OFFER: 10,
    ANSWER: 11,
    ASSIGNED: 14,
    TITLE: 4,
    TRAINING: 5,
    RISK: 6,
    INFORMED: 7,
    CONSENT: 12,
    SIGNED: 15,
    PLAN: 17,
    APPOINTED: 3,
    NAMED: 21,
    NOTED: 18,
  };

  it.each(Object.entries(RESTS_ON))('%s is met by line %i and by no other', (rule, left) => {
    // A blank stands in the place of what is left out, so that the refs of the others stay.
    const blank = fact('CareEpisodeResumed', '2026-11-16');
    const { statuses } = judged(guide.map((line, index) => (index === left ? blank : line)))('2026-11-20');
    expect(statuses.filter((each) => each.rule === rule && each.status === 'MET')).toEqual([]);
  });
});
