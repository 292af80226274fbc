import type { State } from '../../answers/current-state/fold.js';
import type { FactName } from '../../facts/event-catalogue.js';
import type { Step } from '../../recording/step.js';
import { allSteps } from '../../steps/steps.js';
import { entrySteps } from '../../steps/entries/steps.js';
import { capital } from '../words/state-words.js';
import { statesIn } from './options.js';
import { hrefOfStep } from './step-form.js';
import { actionOfStep } from '../../recording/step-access.js';
import { accessPolicy } from '../../access/policy-table.js';
import type { Visitor } from '../visitor.js';
import { stepRecording, stepsUnder } from './step-named.js';
import { textOf } from './subject.js';

/** Links to forms under a heading. */
export interface StepGroup {
  readonly heading: string;
  readonly links: readonly StepLink[];
}

interface StepLink {
  readonly href: string;
  readonly words: string;
  /** The actions of which she who follows it has to have one. */
  readonly actions: readonly string[];
}

const actionsOf = (...steps: readonly Step[]): string[] => steps.map(({ name }) => actionOfStep(name));

type Ids = Readonly<Record<string, string>>;

const linkTo = (step: Step, ids: Ids, words: string = step.records.label): StepLink => ({
  href: hrefOfStep(step, ids),
  words,
  actions: actionsOf(step),
});

const linksTo = (steps: readonly Step[], ids: Ids): StepLink[] => steps.map((step) => linkTo(step, ids));

/**
 * The links that some role of the visitor's may follow, all where nobody signs in. The table of access decides when
 * they are followed; this spares dead ends.
 */
export function openTo({ signedIn, roles }: Visitor, groups: readonly StepGroup[]): StepGroup[] {
  if (!signedIn) return [...groups];
  const given = new Set(
    accessPolicy.rows
      .filter((row) => row.roles.some((role) => roles.includes(role)))
      .flatMap((row) => [...row.actions]),
  );
  return groups
    .map(({ heading, links }) => ({
      heading,
      links: links.filter(({ actions }) => actions.some((one) => given.has(one))),
    }))
    .filter(({ links }) => links.length > 0);
}

/** The parts of an episode that steps are about: the parameter, where they stand in its state, what they are called. */
const PARTS: readonly (readonly [
  param: string,
  part: string,
  heading: (state: State) => string,
  open: (state: State) => boolean,
])[] = [
  ['offer', 'offers', ({ on }) => `Erbjudandet ${textOf(on) ?? ''}`, () => true],
  ['assignment', 'contacts', ({ from }) => `Kontakten sedan ${textOf(from) ?? ''}`, ({ to }) => to === undefined],
  ['plan', 'plans', ({ agreedOn, revisedOn }) => `Planen ${textOf(revisedOn) ?? textOf(agreedOn) ?? ''}`, () => true],
  [
    'consent',
    'consents',
    ({ person, on }) => `Samtycket ${textOf(person) ?? ''} ${textOf(on) ?? ''}`,
    ({ withdrawnOn }) => withdrawnOn === undefined,
  ],
  [
    'request',
    'changeRequests',
    ({ on }) => `Begäran om byte ${textOf(on) ?? ''}`,
    ({ closed }) => closed === undefined,
  ],
  [
    'agreement',
    'privateFunds',
    ({ on }) => `Överenskommelsen om privata medel ${textOf(on) ?? ''}`,
    ({ endedOn }) => endedOn === undefined,
  ],
];

/** Everything that can be recorded about an episode, as it stands. */
export function groupsOfEpisode(episode: string, recipient: string, state: State): StepGroup[] {
  return [
    { heading: 'Omsorgsperioden', links: linksTo(stepsUnder('care-episodes'), { id: episode }) },
    ...PARTS.flatMap(([param, part, heading, open]) =>
      statesIn(state, part)
        .filter(([, thing]) => open(thing))
        .map(([id, thing]) => ({
          heading: heading(thing),
          links: linksTo(stepsUnder('care-episodes', param), { id: episode, [param]: id }),
        })),
    ),
    ...groupsOfRecipient(recipient),
  ].filter(({ links }) => links.length > 0);
}

export function groupsOfStaff(staff: string): StepGroup[] {
  return [{ heading: 'Medarbetaren', links: linksTo(stepsUnder('staff'), { id: staff }) }];
}

/** What can be recorded about a unit, and who is new in it. */
export function groupsOfUnit(unit: string, controller: string | undefined): StepGroup[] {
  const opening = (fact: FactName, words: string): StepLink =>
    linkTo(stepRecording(fact), { unit, ...(controller === undefined ? {} : { controller }) }, words);
  return [
    {
      heading: 'Ny i enheten',
      links: [opening('RecipientRegistered', 'Ny omsorgstagare'), opening('StaffRegistered', 'Ny medarbetare')],
    },
    { heading: 'Enheten', links: linksTo(stepsUnder('units'), { id: unit }) },
    {
      heading: 'Personuppgiftsansvarig',
      links: [
        ...(controller === undefined ? [] : linksTo(stepsUnder('controllers'), { id: controller })),
        opening('UnitOpened', 'Ny enhet'),
        linkTo(stepRecording('ControllerRegistered'), {}, 'Ny personuppgiftsansvarig'),
      ],
    },
  ];
}

/** What can be recorded of a person without care. */
export function groupsOfRecipient(recipient: string): StepGroup[] {
  return [
    {
      heading: 'Omsorg',
      links: [linkTo(stepRecording('CareEpisodeStarted'), { recipient }, 'Ny omsorgsperiod')],
    },
    { heading: 'Personen', links: linksTo(stepsUnder('recipients'), { id: recipient }) },
  ];
}

/**
 * What an entry may be followed by: put right, annulled, disputed. Who may record it may put it right; what a correction
 * is about is found out when it is followed.
 */
export function groupsOfEntry(event: string, type: string): StepGroup[] {
  const own = allSteps.filter(
    ({ records }) => records.type === type && !entrySteps.some((step) => step.records === records),
  );
  const recorded = own.length === 0 ? allSteps : own;
  return [
    {
      heading: 'Händelsen',
      links: entrySteps.map((step) => ({
        href: hrefOfStep(step, { event }),
        words: capital(step.summary),
        actions: actionsOf(step, ...recorded),
      })),
    },
  ];
}
