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

/** Few sets of services, two of them the same set in other words. */
export const SERVICE_SETS: readonly [readonly string[], ...(readonly string[])[]] = [
  ['MEALS'],
  ['MEALS', 'CLEANING'],
  ['CLEANING', 'MEALS', 'CLEANING'],
  ['PERSONAL_CARE'],
  [],
];
export const CARE_FORMS = [
  'HOME_CARE',
  'HOME_CARE',
  'RESIDENTIAL_CARE',
  'HOUSING_SUPPORT',
  'HOME_CARE',
  'LSS',
] as const;
const ITEMS = [
  'ROLE_REPLACES_CONTACT_PERSON',
  'ROLE_CONTENT',
  'FREE_CHOICE',
  'RELATIVES_ASKED',
  'BROCHURE',
  'UNDERSTOOD',
];
const ITEM_SETS = [ITEMS, ITEMS.slice(0, 3), ITEMS.slice(3), ITEMS.slice(1), []] as const;
const SECTIONS = { security: 's', continuity: 'c', individualCare: 'i', coordination: 'k' };

const none = (): Data => ({});
const staff = (world: WorldBuilder, choice: number) => pick(world.streams('staff'), choice);
const optional = (name: string, value: unknown, given: boolean): Data => (given ? { [name]: value } : {});

/** Some who were there: nobody, a relative without consent, with one, or two relatives with different ones. */
function people(world: WorldBuilder, at: Place, choice: number): readonly Data[] {
  const consents = world.known('consent', at.before, at.stream);
  const relative = (which: number): Data => {
    const consent = pick(consents, which);
    return { kind: 'RELATIVE', ...optional('consent', consent, consent !== undefined) };
  };
  return oneOf(
    [
      [],
      [{ kind: 'RECIPIENT' }],
      [{ kind: 'RELATIVE' }],
      [relative(choice)],
      [relative(choice), relative(choice + 1)],
      [{ kind: 'CONTACT' }, relative(choice >> 1)],
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
  const contacts = world.known('assignment', at.before, at.stream).filter((_, index) => (picks.b >> index) % 2 === 1);
  return {
    version: 1,
    sections: SECTIONS,
    contacts,
    participants: people(world, at, picks.c),
    ...optional('followUpOn', world.anyDay(picks.d), picks.a % 3 !== 0),
  };
}

/** Something about one known assignment, plan or consent of the episode. */
function about(
  kind: 'assignment' | 'plan' | 'consent',
  rest: (world: WorldBuilder, picks: Picks, at: Place) => Data,
): FactMaker['make'] {
  return (world, at, picks) => {
    const id = pick(world.known(kind, at.before, at.stream), picks.a);
    return id === undefined ? undefined : { [kind]: id, ...rest(world, picks, at) };
  };
}

const change = (picks: Picks): Data => ({
  initiator: oneOf(['RECIPIENT', 'UNIT', 'STAFF'], picks.c),
  reasonCode: oneOf(['RECIPIENT_WISH', 'STAFF_LEFT', 'OTHER'], picks.d),
});

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
          ...optional('reasonCode', 'ENOUGH_SUPPORT', picks.d % 2 === 0),
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
    }),
  },
  {
    type: 'ContactReplaced',
    names: 'assignment',
    make: (world, at, picks) => {
      const ends = pick(world.known('assignment', at.before, at.stream), picks.a);
      return ends === undefined ? undefined : { ends, staff: staff(world, picks.b), ...change(picks) };
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
    make: (_world, _at, picks) => ({
      criteria: ['MEALS_ONLY'],
      reason: 'x',
      ...optional('recipientView', 'x', picks.a % 2 === 0),
    }),
  },
  {
    type: 'InformationGiven',
    make: (world, at, picks) => ({
      form: oneOf(['PHYSICAL_MEETING', 'PHYSICAL_MEETING', 'PHONE'], picks.a),
      items: oneOf(ITEM_SETS, picks.b),
      attendees: people(world, at, picks.c),
    }),
  },
  {
    type: 'ConsentGiven',
    names: 'consent',
    make: (_world, _at, picks) => ({
      person: 'x',
      relation: 'CHILD',
      scope: oneOf([['ATTEND_MEETINGS'], ['INFORM', 'ATTEND_MEETINGS'], ['INFORM'], []], picks.a),
    }),
  },
  { type: 'ConsentWithdrawn', make: about('consent', none) },
  { type: 'PlanMeetingBooked', make: (world, _at, picks) => ({ on: world.anyDay(picks.a) }) },
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
      const appointment = pick(world.entries(at.stream, at.before, ['ContactAssigned', 'ContactReplaced']), picks.a);
      return appointment && { document: oneOf(['JOURNAL', 'PLAN', 'PROFILE'], picks.b), about: appointment };
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
];
