import { describe, expect, it } from '@jest/globals';
import { dayOf, formatDay } from '../kernel/time/day.js';
import { assessAt, assessEpisode, prepare } from './assess-episode.js';
import type { Interval } from './model.js';
import {
  absent,
  accepted,
  assigned,
  back,
  contactEnded,
  declined,
  ended,
  movedUnit,
  offered,
  onLeave,
  paused,
  planAgreed,
  policy,
  resumed,
  servicesChanged,
  started,
  titleVerified,
  trained,
  unnecessary,
} from './testing/facts.spec-helper.js';
import { dossierOf, given, knownBy } from './testing/history.spec-helper.js';

/** Both dates are days in it; nothing after the dots means that no end is known. */
const days = ({ from, to }: Interval): string => `${formatDay(from)}..${to === undefined ? '' : formatDay(to - 1)}`;

describe('an episode from start to plan', () => {
  const history = given(
    started('2024-01-01'),
    offered('2024-01-10'),
    accepted('2024-01-12'),
    assigned('2024-01-20'),
    planAgreed('2024-02-01', { followUpOn: '2024-05-01' }),
  );

  it('is laid out in segments', () => {
    expect(history.segments('OFFER')).toEqual(['DUE 2024-01-01..2024-01-09 in time to 2024-01-14', 'MET 2024-01-10..']);
    expect(history.segments('ANSWER')).toEqual([
      'DUE 2024-01-10..2024-01-11 in time to 2024-01-23',
      'MET 2024-01-12..',
    ]);
    expect(history.segments('ASSIGNED')).toEqual([
      'DUE 2024-01-12..2024-01-19 in time to 2024-01-25',
      'MET 2024-01-20..',
    ]);
    expect(history.segments('PLAN')).toEqual(['DUE 2024-01-12..2024-01-31 in time to 2024-02-10', 'MET 2024-02-01..']);
    expect(history.segments('FOLLOW_UP')).toEqual([
      'MET 2024-02-01..2024-05-01 in time to 2024-05-01',
      'BREACH 2024-05-02..',
    ]);
    expect(history.segments('TITLE', 'assignment')).toEqual(['BREACH NONE 2024-01-20..']);
    expect(history.segments('YEARLY', 'assignment')).toEqual([
      'MET 2024-01-20..2025-01-19 in time to 2025-01-19',
      'BREACH 2025-01-20..',
    ]);
  });

  it('says in a segment what is there to say and no more', () => {
    const segments = history.assessment()?.segments ?? [];
    expect(Object.keys(segments.find(({ rule }) => rule === 'OFFER')!).sort()).toEqual([
      'dueOn',
      'evidence',
      'from',
      'kind',
      'rule',
      'ruleVersion',
      'status',
      'to',
    ]);
    expect(Object.keys(segments.find(({ rule }) => rule === 'TITLE')!).sort()).toEqual([
      'assignment',
      'evidence',
      'from',
      'kind',
      'rule',
      'ruleVersion',
      'status',
      'titleBasis',
    ]);
  });
});

describe('what the rules see', () => {
  const facts = [
    started('2022-06-01'),
    unnecessary('2022-08-01'),
    servicesChanged('2022-09-01', 'MEALS'),
    offered('2022-10-01'),
    declined('2022-10-05'),
    unnecessary('2023-01-01'),
    offered('2023-05-01', 'second'),
    accepted('2023-05-10', 'second'),
    assigned('2023-06-01'),
    absent('2023-08-01'),
    back('2023-09-01'),
    planAgreed('2023-07-01'),
    planAgreed('2024-01-01'),
    titleVerified('anna', '2024-01-01', '2024-01-01'),
    paused('2023-12-01'),
    resumed('2023-12-20'),
    movedUnit('2024-02-01', 'other'),
    contactEnded('2024-05-01'),
    onLeave('anna', '2024-04-20'),
    assigned('2024-03-01', 'next', 'bo'),
    ended('2024-06-01'),
  ];
  const seen = given(...facts).assessment()!;

  it('is the care: who, which form, which days, which unit, which pauses', () => {
    expect([seen.episode, seen.recipient, seen.careForm]).toEqual(['episode', 'recipient', 'HOME_CARE']);
    expect(days(seen.ongoing!)).toBe('2022-06-01..2024-05-31');
    expect(seen.units.map((unit) => `${unit.unit} ${days(unit)}`)).toEqual([
      'unit 2022-06-01..2024-01-31',
      'other 2024-02-01..2024-05-31',
    ]);
    expect(seen.paused.map(days)).toEqual(['2023-12-01..2023-12-19']);
  });

  it('is the judged days, local or not', () => {
    expect(seen.judged.map((judged) => `${judged.local} ${days(judged)}`)).toEqual(['false 2022-07-01..2024-05-31']);
    const local = given(policy('2022-06-10', { localRulesFor: ['HOME_CARE'] }), ...facts).assessment()!;
    expect(local.judged.map((judged) => `${judged.local} ${days(judged)}`)).toEqual([
      'true 2022-06-10..2022-06-30',
      'false 2022-07-01..2024-05-31',
    ]);
  });

  it('is the process: offer, answers, assessments, plan', () => {
    expect(formatDay(seen.offeredFrom!)).toBe('2022-10-01');
    expect(formatDay(seen.planAgreedFrom!)).toBe('2023-07-01');
    expect(seen.standing.map((standing) => `${standing.answer} ${days(standing)}`)).toEqual([
      'NO 2022-10-05..2023-05-09',
      'YES 2023-05-10..',
    ]);
    expect(seen.validAssessments.map(days)).toEqual(['2022-08-01..2022-08-31', '2023-01-01..']);
    expect(seen.assessed.map(days)).toEqual(['2022-08-01..2022-09-30', '2023-01-01..2023-04-30']);
  });

  it('is the contacts: when, who, in which role, away when, by which title, and who is *the* primary', () => {
    expect(
      seen.assignments.map((contact) => `${contact.assignment} ${contact.staff} ${contact.role} ${days(contact)}`),
    ).toEqual(['assignment anna PRIMARY 2023-06-01..2024-04-30', 'next bo PRIMARY 2024-03-01..2024-05-31']);
    expect(seen.assignments[0]!.absent.map(days)).toEqual(['2023-08-01..2023-08-31', '2024-04-20..2024-04-30']);
    expect(seen.assignments[0]!.titles.map((title) => `${title.basis} ${days(title)}`)).toEqual([
      'NONE 2023-07-01..2023-12-31',
      'CERTIFICATE 2024-01-01..2024-04-30',
    ]);
    expect(seen.primary.map((primary) => `${primary.assignment} ${days(primary)}`)).toEqual([
      'assignment 2023-06-01..2024-02-29',
      'next 2024-03-01..2024-05-31',
    ]);
  });

  it('is empty where there is nothing, and open where no end is known', () => {
    const bare = given(started('2024-01-01')).assessment()!;
    expect(bare.ongoing).toEqual({ from: dayOf('2024-01-01') });
    expect(bare).toMatchObject({
      offeredFrom: undefined,
      planAgreedFrom: undefined,
      standing: [],
      validAssessments: [],
      assessed: [],
      assignments: [],
      primary: [],
      paused: [],
    });
  });

  it('is there for an episode that never was ongoing, with nothing judged', () => {
    const never = given(started('2024-01-01'), ended('2024-01-01'), offered('2024-01-01')).assessment()!;
    expect([never.ongoing, never.units, never.judged, never.segments]).toEqual([undefined, [], [], []]);
  });

  it('comes in the order of rules, then of assignments, then of days', () => {
    const order = given(...facts, trained('anna', '2024-02-01'))
      .assessment()!
      .segments.map(({ rule, assignment }) => `${rule} ${assignment ?? ''}`.trim());
    expect(order.slice(order.indexOf('TITLE assignment'), order.indexOf('YEARLY next') + 1)).toEqual([
      'TITLE assignment',
      'TITLE assignment',
      'TITLE next',
      'TRAINING assignment',
      'TRAINING assignment',
      'TRAINING next',
      'SIGNED assignment',
      'SIGNED assignment',
      'SIGNED next',
      'SIGNED next',
      'YEARLY assignment',
      'YEARLY next',
    ]);
  });
});

describe('a prepared dossier', () => {
  const facts = [
    started('2024-01-01').knownFrom('2024-01-01T08:00:00.000Z'),
    offered('2024-01-05').knownFrom('2024-02-01T08:00:00.000Z'),
    accepted('2024-01-06').knownFrom('2024-03-01T08:00:00.000Z'),
  ];
  const dossier = dossierOf(facts);

  it('is assessed at any knowledge times in any order, as if read anew each time', () => {
    const prepared = prepare(dossier);
    const at = (instant: string) => ({ upTo: knownBy(dossier, instant) });
    const times = [
      '2024-02-15T00:00:00Z',
      '2024-01-15T00:00:00Z',
      '2020-01-01T00:00:00Z',
      '2024-02-15T00:00:00Z',
      '2024-02-01T08:00:00.000Z',
    ].map(at);
    for (const options of [...times, {}, ...times])
      expect(assessAt(prepared, options)).toEqual(assessEpisode(dossier, options));
    expect(assessAt(prepared, at('2024-01-15T00:00:00Z'))?.offeredFrom).toBeUndefined();
    expect(assessAt(prepared, at('2024-02-15T00:00:00Z'))?.standing).toEqual([]);
    expect(assessAt(prepared, at('2020-01-01T00:00:00Z'))).toBeUndefined();
  });

  it('needs no streams that nothing is known of', () => {
    const bare = { ...dossier, recipients: new Map(), staff: new Map(), units: new Map(), policies: new Map() };
    expect(assessEpisode(bare)?.segments).toEqual(assessEpisode(dossier)?.segments);
  });
});
