import { describe, expect, it } from '@jest/globals';
import { assessEpisode } from '../../src/compliance-rules/index.js';
import { dayOf, formatDay } from '../../src/kernel/time/day.js';
import { differences } from './judge/compare.js';
import {
  annul,
  contact,
  correct,
  dossierOf,
  fact,
  judged as byJudge,
  no,
  offer,
  policy,
  replaced,
  started,
  statusOf,
  yes,
  type HandMade,
} from './judge/hand-made.js';
import type { Judgement } from './judge/judge.js';

/**
 * Sentences that two people may read differently, each decided once by the text and held against both: the judge says
 * what is expected here, and the product must agree with it on every day of the same history.
 */
function judged(facts: readonly HandMade[]): (on: string) => Judgement {
  expect(differences(dossierOf(facts), assessEpisode(dossierOf(facts)), [])).toEqual([]);
  return byJudge(facts);
}

/** The segments of one rule, as the product tells them: `STATUS from..to due`. */
function told(facts: readonly HandMade[], rule: string): string[] {
  const segments = assessEpisode(dossierOf(facts))?.segments.filter((segment) => segment.rule === rule) ?? [];
  const day = (value: number | undefined): string => (value === undefined ? '' : formatDay(value));
  return segments.map(({ status, from, to, dueOn }) => `${status} ${day(from)}..${day(to)} ${day(dueOn)}`.trim());
}

describe('assignments', () => {
  const accepted = [...started('2024-01-01'), offer('2024-01-01'), yes('2024-01-01')];

  it('an end dated on or before the start leaves no active day', () => {
    expect(
      judged([...accepted, contact('2024-01-05'), fact('ContactEnded', '2024-01-03', { assignment: 'a1' })])(
        '2024-01-06',
      ).contacts,
    ).toEqual([]);
  });

  it('a day without employment ends it for good; employment on the day of the end, later in order, is no such day', () => {
    const employment = (type: string, on: string): HandMade => ['staff-s', type, on, {}];
    const ended = [
      ...accepted,
      contact('2024-01-05'),
      employment('EmploymentEnded', '2024-01-08'),
      employment('EmploymentStarted', '2024-01-09'),
    ];
    expect(['2024-01-07', '2024-01-08', '2024-01-09'].map((day) => judged(ended)(day).contacts.length)).toEqual([
      1, 0, 0,
    ]);
    const same = [
      ...accepted,
      contact('2024-01-05'),
      employment('EmploymentEnded', '2024-01-08'),
      employment('EmploymentStarted', '2024-01-08'),
    ];
    expect(judged(same)('2024-01-09').contacts.length).toBe(1);
    const before = [
      ...accepted,
      contact('2024-01-05'),
      employment('EmploymentEnded', '2024-01-02'),
      employment('EmploymentStarted', '2024-01-05'),
    ];
    expect(judged(before)('2024-01-05').contacts.length).toBe(1);
  });

  it('a replacement has the role of what it ends, through others, whatever the dates; PRIMARY when that entry is annulled', () => {
    const facts = [
      ...accepted,
      contact('2024-03-01', 'a1', 'SECOND'),
      replaced('2024-02-01', 'a1', 'a2'),
      replaced('2024-01-05', 'a2', 'a3'),
    ];
    expect(judged(facts)('2024-01-06').contacts.map((each) => each.role)).toEqual(['SECOND']);
    expect(judged([...facts, annul(4)])('2024-01-06').contacts.map((each) => each.role)).toEqual(['PRIMARY']);
  });

  it('*the* primary is the one that started last, then the later in order', () => {
    expect(judged([...accepted, contact('2024-01-05', 'a1'), contact('2024-01-04', 'a2')])('2024-01-06').primary).toBe(
      'a1',
    );
    expect(judged([...accepted, contact('2024-01-05', 'a1'), contact('2024-01-05', 'a2')])('2024-01-06').primary).toBe(
      'a2',
    );
  });

  it('a deputy who is away does not stand in; a leave is an absence of the employee', () => {
    const facts: HandMade[] = [
      ...accepted,
      contact('2024-01-01'),
      contact('2024-01-01', 'a2', 'DEPUTY', 't'),
      fact('ContactAbsenceStarted', '2024-01-05', { assignment: 'a1' }),
      ['staff-t', 'LeaveStarted', '2024-01-07', {}],
      ['staff-t', 'LeaveEnded', '2024-01-08', {}],
    ];
    expect(
      ['2024-01-04', '2024-01-05', '2024-01-07', '2024-01-08'].map((day) => statusOf(judged(facts)(day), 'DEPUTY')),
    ).toEqual([undefined, 'MET', 'WARNING', 'MET']);
  });

  it('while the answer is no, a primary is a WARNING; without one the rule is silent', () => {
    const facts = [...started('2024-01-01'), offer('2024-01-01'), no('2024-01-01'), contact('2024-01-03')];
    expect(['2024-01-02', '2024-01-03'].map((day) => statusOf(judged(facts)(day), 'ASSIGNED'))).toEqual([
      undefined,
      'WARNING',
    ]);
  });
});

describe('title', () => {
  const facts = (start: string, ...staff: HandMade[]): HandMade[] => [...started(start), contact(start), ...staff];
  const verified = (on: string, certificateDate: string): HandMade => [
    'staff-s',
    'TitleVerified',
    on,
    { certificateDate },
  ];
  const transition = (on: string): HandMade => ['staff-s', 'TransitionStatusDocumented', on, {}];

  it('a certificate counts from its date, not from the day it was checked', () => {
    const on = judged(facts('2023-06-01', verified('2024-05-01', '2023-09-01')));
    expect(['2023-06-30', '2023-07-01', '2023-08-31', '2023-09-01'].map((day) => statusOf(on(day), 'TITLE'))).toEqual([
      undefined,
      'BREACH NONE',
      'BREACH NONE',
      'MET CERTIFICATE',
    ]);
  });

  it('transition holds through 2033-06-30, whenever documented, while the policy allows it', () => {
    const on = judged(
      facts(
        '2023-06-01',
        transition('2026-01-01'),
        policy({ allowTransition: false }, '2025-01-01'),
        policy({}, '2025-02-01'),
      ),
    );
    expect(
      ['2023-07-01', '2025-01-01', '2025-02-01', '2033-06-30', '2033-07-01'].map((day) => statusOf(on(day), 'TITLE')),
    ).toEqual(['MET TRANSITION', 'BREACH TRANSITION', 'MET TRANSITION', 'MET TRANSITION', 'BREACH NONE']);
  });

  it('a withdrawal counts from the beginning; annulled, it never was', () => {
    const withdrawn: HandMade = [
      'staff-s',
      'TitleVerificationWithdrawn',
      '2025-01-01',
      { of: { ref: '3' }, cause: 'FORGED' },
    ];
    expect(
      statusOf(judged(facts('2023-06-01', verified('2023-09-01', '2023-09-01'), withdrawn))('2023-10-01'), 'TITLE'),
    ).toBe('BREACH NONE');
    expect(
      statusOf(
        judged(facts('2023-06-01', verified('2023-09-01', '2023-09-01'), withdrawn, annul(4, 'staff-s')))('2023-10-01'),
        'TITLE',
      ),
    ).toBe('MET CERTIFICATE');
  });

  it('other education is enough outside home care, from the day it was recorded, but never in home care, local day or not', () => {
    const education: HandMade = ['staff-s', 'ApprovedEducationRecorded', '2024-02-01', {}];
    const local = policy({ localRulesFor: ['LSS', 'HOME_CARE'] });
    const lss = judged([...started('2024-01-01', { careForm: 'LSS' }), contact('2024-01-01'), education, local]);
    expect(['2024-01-31', '2024-02-01'].map((day) => statusOf(lss(day), 'TITLE'))).toEqual([
      'BREACH NONE',
      'MET EMPLOYER_APPROVED',
    ]);
    expect(
      statusOf(judged([...started('2024-01-01'), contact('2024-01-01'), education, local])('2024-03-01'), 'TITLE'),
    ).toBe('BREACH NONE');
  });
});

describe('plans and follow-ups', () => {
  const plan = (on: string, over = {}): HandMade =>
    fact('PlanAgreed', on, { plan: 'p', contacts: [], participants: [], ...over });

  it('a planned day is in time through itself; on a paused day it moves to the first day after the pause', () => {
    const facts = [...started('2024-01-01'), plan('2024-01-05', { followUpOn: '2024-02-01' })];
    expect(['2024-02-01', '2024-02-02'].map((day) => statusOf(judged(facts)(day), 'FOLLOW_UP'))).toEqual([
      'MET',
      'BREACH',
    ]);
    const paused = judged([
      ...facts,
      fact('CareEpisodePaused', '2024-01-31'),
      fact('CareEpisodeResumed', '2024-02-10'),
    ]);
    expect(['2024-02-10', '2024-02-11'].map((day) => statusOf(paused(day), 'FOLLOW_UP'))).toEqual(['MET', 'BREACH']);
  });

  it('without a date it is the months after the latest entry; a date set after it counts, one set before it does not', () => {
    const facts = [
      ...started('2024-01-01'),
      plan('2024-01-31'),
      fact('FollowUpPlanned', '2024-02-01', { plan: 'p', on: '2024-03-01' }),
    ];
    expect([
      statusOf(judged(facts)('2024-01-31'), 'FOLLOW_UP_DATE'),
      statusOf(judged(facts)('2024-02-01'), 'FOLLOW_UP_DATE'),
    ]).toEqual(['BREACH', 'MET']);
    const held = judged([...facts, fact('FollowUpHeld', '2024-02-29', { plan: 'p', attendees: [] })]);
    expect(['2024-03-02', '2024-08-29', '2024-08-30'].map((day) => statusOf(held(day), 'FOLLOW_UP'))).toEqual([
      'MET',
      'MET',
      'BREACH',
    ]);
    expect(statusOf(held('2024-03-02'), 'FOLLOW_UP_DATE')).toBe('BREACH');
  });

  it('a follow-up that was not held keeps the earlier date unless it sets a new one', () => {
    const facts = [
      ...started('2024-01-01'),
      plan('2024-01-05', { followUpOn: '2024-02-01' }),
      fact('FollowUpNotHeld', '2024-02-01', { plan: 'p', reasonCode: 'OTHER' }),
    ];
    expect(statusOf(judged(facts)('2024-02-02'), 'FOLLOW_UP')).toBe('BREACH');
    expect(
      statusOf(
        judged([...facts, fact('FollowUpNotHeld', '2024-02-02', { plan: 'p', newDate: '2024-02-05' })])('2024-02-02'),
        'FOLLOW_UP',
      ),
    ).toBe('MET');
  });

  it('the yearly follow-up is in breach from the day itself, which moves past a pause', () => {
    const facts = [...started('2024-01-01'), contact('2024-01-01')];
    expect(['2024-12-31', '2025-01-01'].map((day) => statusOf(judged(facts)(day), 'YEARLY'))).toEqual([
      'MET',
      'BREACH',
    ]);
    const paused = judged([
      ...facts,
      fact('CareEpisodePaused', '2025-01-01'),
      fact('CareEpisodeResumed', '2025-01-04'),
    ]);
    expect(['2025-01-03', '2025-01-04'].map((day) => statusOf(paused(day), 'YEARLY'))).toEqual(['MET', 'BREACH']);
  });
});

describe('records, consent, information', () => {
  it('the three documents are covered about the appointing entry; a plan that names the assignment covers PLAN', () => {
    const about = (document: string): HandMade =>
      fact('RecordedInDocument', '2024-01-04', { document, about: { ref: '2' } });
    const facts = [...started('2024-01-01'), contact('2024-01-01'), about('JOURNAL'), about('PROFILE')];
    expect(statusOf(judged(facts)('2024-01-05'), 'NAMED')).toBe('DUE');
    expect(statusOf(judged(facts)('2024-01-15'), 'NAMED')).toBe('WARNING');
    expect(
      statusOf(
        judged([...facts, fact('PlanAgreed', '2024-01-06', { plan: 'p', contacts: ['a1'], participants: [] })])(
          '2024-01-06',
        ),
        'NAMED',
      ),
    ).toBe('MET');
  });

  it('each relative of that day needs a consent to attend that was not withdrawn on or before it, whatever the order that day', () => {
    const consent = (on: string, id: string, scope: string[]): HandMade =>
      fact('ConsentGiven', on, { consent: id, scope });
    const meeting = (...consents: (string | undefined)[]): HandMade =>
      fact('FollowUpHeld', '2024-01-10', {
        plan: 'p',
        attendees: consents.map((each) => ({ kind: 'RELATIVE', consent: each })),
      });
    const status = (...facts: HandMade[]): string | undefined =>
      statusOf(judged([...started('2024-01-01'), ...facts])('2024-01-10'), 'CONSENT');
    expect(status(meeting('c1'), consent('2024-01-10', 'c1', ['ATTEND_MEETINGS']))).toBe('MET');
    expect(status(consent('2024-01-01', 'c1', ['ATTEND_MEETINGS']), meeting('c1'), meeting(undefined))).toBe('WARNING');
    expect(status(consent('2024-01-01', 'c1', ['INFORM']), meeting('c1'))).toBe('WARNING');
    expect(
      status(
        consent('2024-01-01', 'c1', ['ATTEND_MEETINGS']),
        meeting('c1'),
        fact('ConsentWithdrawn', '2024-01-10', { consent: 'c1' }),
      ),
    ).toBe('WARNING');
  });

  it('physical meetings together hold all six items, those before the offer too', () => {
    const told = (form: string, ...items: string[]): HandMade =>
      fact('InformationGiven', '2024-01-02', { form, items, attendees: [{ kind: 'RECIPIENT' }] });
    const facts = [
      ...started('2024-01-01'),
      offer('2024-01-05'),
      told('PHYSICAL_MEETING', 'ROLE_REPLACES_CONTACT_PERSON', 'ROLE_CONTENT', 'FREE_CHOICE'),
    ];
    expect(
      statusOf(
        judged([...facts, told('PHONE', 'RELATIVES_ASKED', 'BROCHURE', 'UNDERSTOOD')])('2024-01-05'),
        'INFORMED',
      ),
    ).toBe('WARNING');
    expect(
      statusOf(
        judged([...facts, told('PHYSICAL_MEETING', 'RELATIVES_ASKED', 'BROCHURE', 'UNDERSTOOD')])('2024-01-05'),
        'INFORMED',
      ),
    ).toBe('MET');
  });
});

describe('several readings, one chosen', () => {
  const accepted = [...started('2024-01-01'), offer('2024-01-01'), yes('2024-01-01')];
  const plan = (on: string, over = {}): HandMade =>
    fact('PlanAgreed', on, { plan: 'p', contacts: [], participants: [], ...over });

  it('a run of DUE that outlasts one offer is one segment, and is in time as long as the later offer is', () => {
    const facts = [...started('2024-01-01'), offer('2024-01-01'), offer('2024-01-10', 'o2')];
    expect(
      ['2024-01-09', '2024-01-10'].map(
        (day) => judged(facts)(day).statuses.find((each) => each.rule === 'ANSWER')?.dueOn,
      ),
    ).toEqual([dayOf('2024-01-14'), dayOf('2024-01-23')]);
    expect(told(facts, 'ANSWER')).toEqual(['DUE 2024-01-01..2024-01-24 2024-01-23', 'WARNING 2024-01-24..']);
  });

  it('a follow-up that is held in time sets a new due day, but on the days before it the old one was the due day', () => {
    const facts = [
      ...accepted,
      plan('2024-01-10', { followUpOn: '2024-03-01' }),
      fact('FollowUpHeld', '2024-02-20', { plan: 'p', attendees: [], nextFollowUpOn: '2024-09-01' }),
    ];
    const due = (day: string): number | undefined =>
      judged(facts)(day).statuses.find((each) => each.rule === 'FOLLOW_UP')?.dueOn;
    expect([due('2024-02-19'), due('2024-02-20')]).toEqual([dayOf('2024-03-01'), dayOf('2024-09-01')]);
  });

  it('a consent that two relatives, or two meetings of a day, name is evidence once', () => {
    const attendees = [
      { kind: 'RELATIVE', consent: 'c1' },
      { kind: 'RELATIVE', consent: 'c1' },
    ];
    const facts = [
      ...accepted,
      fact('ConsentGiven', '2024-01-05', { consent: 'c1', scope: ['ATTEND_MEETINGS'] }),
      fact('FollowUpHeld', '2024-01-06', { plan: 'p', attendees }),
      fact('InformationGiven', '2024-01-06', { form: 'PHONE', items: [], attendees }),
    ];
    expect(statusOf(judged(facts)('2024-01-06'), 'CONSENT')).toBe('MET');
    expect(
      [...(assessEpisode(dossierOf(facts))?.segments.find(({ rule }) => rule === 'CONSENT')?.evidence ?? [])].sort(),
    ).toEqual(['event-4', 'event-5', 'event-6']);
  });

  it('a primary who is the primary again, after another, is evidence of ASSIGNED once', () => {
    const facts = [
      ...started('2022-07-01'),
      offer('2022-07-01'),
      yes('2022-07-01'),
      contact('2022-06-29', 'a'),
      contact('2022-07-02', 'b'),
      fact('ContactEnded', '2022-07-16', { assignment: 'b' }),
    ];
    expect(['2022-07-01', '2022-07-02', '2022-07-16'].map((day) => judged(facts)(day).primary)).toEqual([
      'a',
      'b',
      'a',
    ]);
    expect(
      assessEpisode(dossierOf(facts))
        ?.segments.filter(({ rule }) => rule === 'ASSIGNED')
        .map(({ evidence }) => evidence),
    ).toEqual([['event-3', 'event-4', 'event-5']]);
  });

  it('a no and a new yes on one day count anew, while the run of DUE goes on', () => {
    const facts = [...accepted, no('2024-01-10'), yes('2024-01-10')];
    judged(facts);
    expect(told(facts, 'PLAN')).toEqual(['DUE 2024-01-01..2024-02-09 2024-02-08', 'BREACH 2024-02-09..']);
  });

  it('a pause that nobody ended keeps a count from ever running out: DUE without a last day', () => {
    const facts = [...started('2024-01-01'), fact('CareEpisodePaused', '2024-01-05')];
    judged(facts);
    expect(told(facts, 'OFFER')).toEqual(['DUE 2024-01-01..']);
  });

  it('a pause known ahead already moves the last day that is in time', () => {
    const facts = [
      ...started('2024-01-01'),
      fact('CareEpisodePaused', '2024-01-05'),
      fact('CareEpisodeResumed', '2024-01-08'),
    ];
    judged(facts);
    expect(told(facts, 'OFFER')[0]).toBe('DUE 2024-01-01..2024-01-18 2024-01-17');
  });

  it('a unit belongs to its controller on every day, also before the day it was opened', () => {
    const [, start] = started('2024-01-01');
    const facts: HandMade[] = [
      ['unit-u', 'UnitOpened', '2024-06-01', { controller: 'm' }],
      ...(start ? [start] : []),
      policy({ offerTargetDays: 2 }),
    ];
    expect(statusOf(judged(facts)('2024-01-03'), 'OFFER')).toBe('BREACH');
  });

  it('a unit whose opening is annulled has no controller, and so the defaults', () => {
    const facts = [...started('2024-01-01'), policy({ offerTargetDays: 2 }), annul(0, 'unit-u')];
    expect(statusOf(judged(facts)('2024-01-14'), 'OFFER')).toBe('DUE');
  });

  it('merges join in either direction and whatever their day; the representative of any counts for all', () => {
    const by = { answeredBy: 'REPRESENTATIVE', representative: 'g' };
    const facts: HandMade[] = [
      ...started('2024-01-01'),
      offer('2024-01-01'),
      yes('2024-01-02', 'o1', by),
      ['recipient-q', 'RepresentativeRegistered', '2024-01-02', { representative: 'g', validTo: '2024-01-02' }],
      ['recipient-q', 'RecipientMerged', '2025-01-01', { into: 'r' }],
    ];
    expect(judged(facts)('2024-01-02').state).toBe('ACCEPTED_NO_CONTACT');
    expect(judged(facts.slice(0, -1))('2024-01-02').state).toBe('OFFER_PENDING');
  });

  it('a corrected appointment moves to the other employee with all its days', () => {
    const facts: HandMade[] = [
      ...accepted,
      contact('2024-01-02'),
      ['staff-t', 'TrainingCompleted', '2024-01-01', {}],
      correct(4, { data: { assignment: 'a1', role: 'PRIMARY', staff: 't' } }),
    ];
    expect(statusOf(judged(facts)('2024-01-02'), 'TRAINING')).toBe('MET');
  });

  it('a correction of the day alone keeps the data, one of the data alone keeps the day', () => {
    const facts = [
      ...accepted,
      plan('2024-01-10', { followUpOn: '2024-03-01' }),
      correct(4, { effectiveOn: '2024-01-05' }),
    ];
    expect(['2024-01-05', '2024-03-01', '2024-03-02'].map((day) => statusOf(judged(facts)(day), 'FOLLOW_UP'))).toEqual([
      'MET',
      'MET',
      'BREACH',
    ]);
    const data = [
      ...accepted,
      plan('2024-01-10', { followUpOn: '2024-03-01' }),
      correct(4, { data: { plan: 'p', contacts: [], participants: [] } }),
    ];
    expect(['2024-01-09', '2024-07-10', '2024-07-11'].map((day) => statusOf(judged(data)(day), 'FOLLOW_UP'))).toEqual([
      undefined,
      'MET',
      'BREACH',
    ]);
  });

  it('the months to a follow-up are those of the policy on the day of the plan, not of the day that is judged', () => {
    const facts = [
      ...accepted,
      plan('2024-01-10'),
      policy({ planFollowUpMaxMonths: 2 }),
      policy({ planFollowUpMaxMonths: 12 }, '2024-02-01'),
    ];
    expect(['2024-03-10', '2024-03-11'].map((day) => statusOf(judged(facts)(day), 'FOLLOW_UP'))).toEqual([
      'MET',
      'BREACH',
    ]);
  });

  it('replacements that name each other, by correction, are PRIMARY or what they are, but they do end', () => {
    const facts = [
      ...accepted,
      contact('2024-01-02', 'x', 'SECOND'),
      replaced('2024-01-03', 'x', 'y'),
      replaced('2024-01-04', 'y', 'z'),
      correct(5, { data: { ends: 'z', assignment: 'y', staff: 's' } }),
    ];
    expect(
      assessEpisode(dossierOf(facts))?.assignments.map(({ assignment, from, to }) => [assignment, from, to]),
    ).toEqual([
      ['x', dayOf('2024-01-02'), undefined],
      ['y', dayOf('2024-01-03'), dayOf('2024-01-04')],
    ]);
  });
});
