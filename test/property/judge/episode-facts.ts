import { isCompared } from './not-yet-compared.js';
import { idOf, oneOf, pick, type Data, type Named, type Picks, type WorldBuilder } from './world-builder.js';

/** Where a fact's data are made: its stream, and the number of lines it may refer back to. */
export interface Place {
  readonly stream: string;
  readonly before: number;
}

export interface FactMaker {
  readonly type: string;
  /** What a new fact of this type brings into being. */
  readonly names?: Named;
  /** The data, all but the id that `names` says; undefined when there is nothing yet that it could be about. */
  readonly make: (world: WorldBuilder, at: Place, picks: Picks) => Data | undefined;
}

/** Types, fields and codes that the product may not know yet are left out of the worlds until it does. */
const EVENTS = isCompared('EVENTS');

/** Few sets of services, two of them the same set in other words. */
export const SERVICE_SETS: readonly [readonly string[], ...(readonly string[])[]] = [
  ['MEALS'],
  ['MEALS', 'CLEANING'],
  ['CLEANING', 'MEALS', 'CLEANING'],
  ['PERSONAL_CARE'],
  [],
  ['SAFETY_ALARM'],
  ['SHOPPING', 'CLEANING', 'MEALS'],
];
export const CARE_FORMS: readonly [string, ...string[]] = [
  'HOME_CARE',
  'HOME_CARE',
  'RESIDENTIAL_CARE',
  'HOUSING_SUPPORT',
  'HOME_CARE',
  'LSS',
  ...(isCompared('LEGAL_GROUNDS') ? ['SHORT_TERM', 'DAY_CARE'] : []),
];
export const LEGAL_GROUNDS: readonly [string, ...string[]] = [
  'SOL_NEEDS_ASSESSED',
  'SOL_WITHOUT_ASSESSMENT',
  ...(isCompared('LEGAL_GROUNDS')
    ? ['SOL_NEEDS_ASSESSED', 'SOL_NEEDS_ASSESSED', 'LSS', 'SOL_NEEDS_ASSESSED', 'SOL_WITHOUT_ASSESSMENT', 'OTHER']
    : []),
];
/** What an assessment may rest on; the first is nobody's criterion. */
const CRITERIA: readonly [readonly string[], ...(readonly string[])[]] = [
  ['MEALS_ONLY'],
  ['ONLY_MEALS'],
  ['ONLY_SAFETY_ALARM', 'ONLY_MEALS'],
  ['ONLY_CLEANING_SHOPPING', 'ONLY_MEALS'],
  [],
  ['ONLY_MEALS', 'VISITED_DAILY'],
  ['VISITED_DAILY'],
];
const ITEMS = [
  'ROLE_REPLACES_CONTACT_PERSON',
  'ROLE_CONTENT',
  'FREE_CHOICE',
  'RELATIVES_ASKED',
  'BROCHURE',
  'UNDERSTOOD',
];
const ITEM_SETS = [ITEMS, ITEMS.slice(0, 3), ITEMS.slice(3), ITEMS, ITEMS.slice(1), ITEMS, []] as const;
const MEETING_ITEMS = ['ROLE_REPEATED', 'SECURITY', 'CONTINUITY', 'INDIVIDUAL_CARE', 'COORDINATION'];
const SECTIONS = { security: 's', continuity: 'c', individualCare: 'i', coordination: 'k' };

const none = (): Data => ({});
const staff = (world: WorldBuilder, choice: number) => pick(world.streams('staff'), choice);
const optional = (name: string, value: unknown, given: boolean): Data => (given ? { [name]: value } : {});
/** A field, or a type's fact, that contract §1 added later. */
const added = (name: string, value: unknown, given: boolean): Data => optional(name, value, EVENTS && given);

/** A representative who may be known, unknown to the register or not named. */
function representative(world: WorldBuilder, at: Place, choice: number): Data {
  return {
    kind: 'REPRESENTATIVE',
    ...added(
      'representative',
      pick([...world.known('representative', at.before), idOf('unknown', 2)], choice),
      choice % 3 !== 0,
    ),
  };
}

/** Some who were there: nobody, a relative without consent, with one, or two relatives with different ones; others who ask for a consent or a registration. */
function people(world: WorldBuilder, at: Place, choice: number): readonly Data[] {
  const consents = world.known('consent', at.before, at.stream);
  const withConsent = (kind: string, which: number): Data => {
    const consent = pick(consents, which);
    return { kind, ...optional('consent', consent, consent !== undefined) };
  };
  const relative = (which: number): Data => withConsent('RELATIVE', which);
  const recipient: Data = { kind: 'RECIPIENT' };
  return oneOf(
    [
      [recipient],
      [],
      [{ kind: 'RELATIVE' }],
      [relative(choice)],
      [relative(choice), relative(choice + 1)],
      [{ kind: 'CONTACT' }, relative(choice >> 1)],
      [recipient, relative(choice)],
      [representative(world, at, choice)],
      [recipient, representative(world, at, choice >> 1)],
      [recipient, withConsent('CASE_OFFICER', choice)],
      [withConsent('HEALTH_PROFESSIONAL', choice >> 2), representative(world, at, choice >> 2)],
      [recipient, { kind: 'HEALTH_PROFESSIONAL' }],
      [recipient],
      [recipient, { kind: 'CONTACT' }],
    ],
    choice,
  );
}

/** Answers: by the recipient, by a representative who may be known, unknown or not named at all. */
function answer(world: WorldBuilder, at: Place, picks: Picks): Data | undefined {
  const offer = pick(world.known('offer', at.before, at.stream), picks.a);
  if (offer === undefined) return undefined;
  const representative = pick([...world.known('representative', at.before), idOf('unknown', 1)], picks.b);
  const answeredBy: readonly [Data, ...Data[]] = [
    { answeredBy: 'RECIPIENT' },
    { answeredBy: 'REPRESENTATIVE', representative },
    { answeredBy: 'RECIPIENT', representative },
    { answeredBy: 'REPRESENTATIVE' },
    { answeredBy: 'REPRESENTATIVE', representative },
    { answeredBy: 'RECIPIENT' },
  ];
  return { offer, ...oneOf(answeredBy, picks.c) };
}

function plan(world: WorldBuilder, at: Place, picks: Picks): Data {
  const meeting = pick(world.entries(at.stream, at.before, ['PlanMeetingHeld']), picks.d);
  const contacts = world.known('assignment', at.before, at.stream).filter((_, index) => (picks.b >> index) % 2 === 1);
  return {
    version: 1,
    sections: SECTIONS,
    contacts,
    participants: people(world, at, picks.c),
    ...optional('followUpOn', world.anyDay(picks.d), picks.a % 3 !== 0),
    ...added('meeting', meeting, meeting !== undefined && picks.d % 2 === 0),
    ...added('attachments', ['Riskbedömning'], picks.d % 5 === 0),
  };
}

/** Something about one known assignment, plan or consent of the episode. */
function about(
  kind: 'assignment' | 'plan' | 'consent' | 'request' | 'agreement',
  rest: (world: WorldBuilder, picks: Picks, at: Place) => Data,
): FactMaker['make'] {
  return (world, at, picks) => {
    const id = pick(world.known(kind, at.before, at.stream), picks.a);
    return id === undefined ? undefined : { [kind]: id, ...rest(world, picks, at) };
  };
}

const change = (picks: Picks): Data => ({
  initiator: oneOf(['RECIPIENT', 'UNIT', 'STAFF'], picks.c),
  reasonCode: oneOf(['RECIPIENT_WISH', 'STAFF_LEFT', 'OTHER', ...(EVENTS ? ['LANGUAGE'] : [])], picks.d),
});

/** Who appointed, who may or may not be the manager, and what was taken into account. */
const appointment = (world: WorldBuilder, picks: Picks): Data => ({
  ...optional('appointedBy', staff(world, picks.c), picks.c % 4 !== 0),
  ...added('considerations', 'x', picks.d % 4 === 0),
});

/** What journal, plan and profile may tell of. */
const RECORDED = [
  'ContactAssigned',
  'ContactReplaced',
  ...(EVENTS
    ? [
        'OfferAccepted',
        'OfferDeclined',
        'ObviousUnnecessityAssessed',
        'PlanMeetingHeld',
        'PlanAgreed',
        'PlanRevised',
        'FollowUpHeld',
      ]
    : []),
];

/** Facts of the types that contract §1 added later. */
const addedFacts: readonly FactMaker[] = [
  {
    type: 'PlanMeetingHeld',
    make: (world, at, picks) => ({
      form: oneOf(['PHYSICAL_MEETING', 'VIDEO'], picks.a),
      items: MEETING_ITEMS.slice(picks.b % 5),
      attendees: people(world, at, picks.c),
      ...optional('by', staff(world, picks.d), picks.d % 2 === 0),
    }),
  },
  { type: 'PlanDeclined', make: (_world, _at, picks) => optional('reasonText', 'x', picks.a % 2 === 0) },
  {
    type: 'ContactChangeRequested',
    names: 'request',
    make: about('assignment', (_world, picks) => optional('reasonText', 'x', picks.b % 2 === 0)),
  },
  {
    type: 'ContactChangeRequestClosed',
    make: about('request', (_world, picks) => ({
      outcome: oneOf(['CHANGED', 'NOT_POSSIBLE', 'WITHDRAWN', 'OTHER'], picks.b),
    })),
  },
  {
    type: 'PrivateFundsAgreementMade',
    names: 'agreement',
    make: (world, at, picks) => ({
      representative: pick([...world.known('representative', at.before), idOf('unknown', 3)], picks.a),
      ...optional('reference', 'x', picks.b % 2 === 0),
    }),
  },
  { type: 'PrivateFundsAgreementEnded', make: about('agreement', none) },
  { type: 'HomeRiskAssessed', make: (_world, _at, picks) => optional('reference', 'x', picks.a % 2 === 0) },
];

/** Every type of fact on a `careEpisode-` stream but its opening. */
export const episodeFacts: readonly FactMaker[] = [
  { type: 'ContactOffered', names: 'offer', make: (world, _at, picks) => ({ by: staff(world, picks.a) }) },
  { type: 'OfferAccepted', make: answer },
  {
    type: 'OfferDeclined',
    make: (world, at, picks) => {
      const given = answer(world, at, picks);
      return (
        given && {
          ...given,
          ...optional('reasonCode', oneOf(['ENOUGH_SUPPORT', 'OTHER'], picks.d >> 1), picks.d % 2 === 0),
          ...optional('reasonText', 'x', picks.d % 3 === 0),
        }
      );
    },
  },
  {
    type: 'ContactAssigned',
    names: 'assignment',
    make: (world, _at, picks) => ({
      role: oneOf(['PRIMARY', 'PRIMARY', 'SECOND', 'DEPUTY', 'PRIMARY'], picks.a),
      staff: staff(world, picks.b),
      ...appointment(world, picks),
    }),
  },
  {
    type: 'ContactReplaced',
    names: 'assignment',
    make: (world, at, picks) => {
      const ends = pick(world.known('assignment', at.before, at.stream), picks.a);
      return ends === undefined
        ? undefined
        : { ends, staff: staff(world, picks.b), ...appointment(world, picks), ...change(picks) };
    },
  },
  { type: 'ContactEnded', make: about('assignment', (_world, picks) => change(picks)) },
  { type: 'ContactAbsenceStarted', make: about('assignment', none) },
  { type: 'ContactAbsenceEnded', make: about('assignment', none) },
  { type: 'CareEpisodePaused', make: (_world, _at, picks) => optional('cause', 'HOSPITAL', picks.a % 2 === 0) },
  { type: 'CareEpisodeResumed', make: none },
  { type: 'ServicesChanged', make: (_world, _at, picks) => ({ services: oneOf(SERVICE_SETS, picks.a) }) },
  { type: 'CareEpisodeMovedUnit', make: (world, _at, picks) => ({ unit: pick(world.streams('unit'), picks.a) }) },
  { type: 'CareEpisodeEnded', make: () => ({ cause: 'MOVED' }) },
  {
    type: 'ObviousUnnecessityAssessed',
    make: (world, _at, picks) => ({
      criteria: oneOf(CRITERIA, picks.b),
      reason: 'x',
      ...optional('recipientView', 'x', picks.a % 3 !== 0),
      ...added(
        'counterIndications',
        oneOf([['LIMITED_NETWORK'], [], ['COGNITIVE_IMPAIRMENT', 'OTHER']], picks.c),
        picks.c % 3 === 0,
      ),
      ...added('assessedBy', staff(world, picks.d), picks.d % 2 === 0),
    }),
  },
  {
    type: 'InformationGiven',
    make: (world, at, picks) => ({
      form: oneOf(['PHYSICAL_MEETING', 'PHYSICAL_MEETING', 'PHONE'], picks.a),
      items: [
        ...oneOf(ITEM_SETS, picks.b),
        ...(EVENTS && picks.d % 3 === 0 ? ['CONTACT_NAMED', 'DETAILS_WILL_BE_AGREED', 'INFORMATION_SHEET'] : []),
      ],
      attendees: people(world, at, picks.c),
      ...added('by', staff(world, picks.d), picks.d % 2 === 0),
      ...added('relativesWish', oneOf(['INFORM', 'NOT_NOW', 'NONE_EXISTS'], picks.b), picks.d % 5 === 0),
      ...added('understoodHow', 'x', picks.d % 7 === 0),
    }),
  },
  {
    type: 'ConsentGiven',
    names: 'consent',
    make: (_world, _at, picks) => ({
      person: 'x',
      relation: 'CHILD',
      scope: oneOf(
        [
          ['ATTEND_MEETINGS'],
          ['INFORM', 'ATTEND_MEETINGS'],
          ['INFORM'],
          ['CONTACT_DETAILS'],
          ...(EVENTS ? [['SHARE_WITH_PROFESSIONALS'], ['SHARE_WITH_PROFESSIONALS', 'ATTEND_MEETINGS']] : []),
        ],
        picks.a,
      ),
    }),
  },
  { type: 'ConsentWithdrawn', make: about('consent', none) },
  {
    type: 'PlanMeetingBooked',
    make: (world, at, picks) => ({
      on: world.anyDay(picks.a),
      ...added('invited', people(world, at, picks.b), picks.b % 2 === 0),
    }),
  },
  { type: 'PlanAgreed', names: 'plan', make: plan },
  { type: 'PlanRevised', make: about('plan', (world, picks, at) => plan(world, at, picks)) },
  { type: 'FollowUpPlanned', make: about('plan', (world, picks) => ({ on: world.anyDay(picks.b) })) },
  {
    type: 'FollowUpHeld',
    make: about('plan', (world, picks, at) => ({
      attendees: people(world, at, picks.c),
      outcome: 'UNCHANGED',
      ...optional('nextFollowUpOn', world.anyDay(picks.b), picks.d % 2 === 0),
    })),
  },
  {
    type: 'FollowUpNotHeld',
    make: about('plan', (world, picks) => ({
      reasonCode: 'OTHER',
      ...optional('newDate', world.anyDay(picks.b), picks.d % 2 === 0),
    })),
  },
  {
    type: 'RecordedInDocument',
    make: (world, at, picks) => {
      const event = pick(world.entries(at.stream, at.before, RECORDED), picks.a);
      return event && { document: oneOf(['JOURNAL', 'PLAN', 'PROFILE'], picks.b), about: event };
    },
  },
  {
    type: 'EntryDisputed',
    make: (world, at, picks) => {
      const event = pick(
        world.entries(at.stream, at.before, ['CareEpisodeStarted', 'ContactOffered', 'OfferAccepted', 'OfferDeclined']),
        picks.a,
      );
      return event && { event, statement: 'x' };
    },
  },
  ...(EVENTS ? addedFacts : []),
];
