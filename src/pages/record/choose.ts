import type { State } from '../../answers/current-state/fold.js';
import type { FactName } from '../../facts/event-catalogue.js';
import type { Step } from '../../recording/step.js';
import { entrySteps } from '../../steps/entries/steps.js';
import { capital } from '../words/state-words.js';
import { statesIn } from './options.js';
import { hrefOfStep } from './step-form.js';
import { stepRecording, stepsUnder } from './step-named.js';
import { textOf } from './subject.js';

/** Links to forms under a heading. */
export interface StepGroup {
  readonly heading: string;
  readonly links: readonly { readonly href: string; readonly words: string }[];
}

const linksTo = (steps: readonly Step[], ids: Readonly<Record<string, string>>) =>
  steps.map((step) => ({ href: hrefOfStep(step, ids), words: step.records.label }));

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
  const opening = (fact: FactName, words: string) => ({
    href: hrefOfStep(stepRecording(fact), { unit, ...(controller === undefined ? {} : { controller }) }),
    words,
  });
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
        { href: hrefOfStep(stepRecording('ControllerRegistered'), {}), words: 'Ny personuppgiftsansvarig' },
      ],
    },
  ];
}

/** What can be recorded of a person without care. */
export function groupsOfRecipient(recipient: string): StepGroup[] {
  return [
    {
      heading: 'Omsorg',
      links: [{ href: hrefOfStep(stepRecording('CareEpisodeStarted'), { recipient }), words: 'Ny omsorgsperiod' }],
    },
    { heading: 'Personen', links: linksTo(stepsUnder('recipients'), { id: recipient }) },
  ];
}

/** What an entry may be followed by: put right, annulled, disputed. */
export function groupsOfEntry(event: string): StepGroup[] {
  return [
    {
      heading: 'Händelsen',
      links: entrySteps.map((step) => ({ href: hrefOfStep(step, { event }), words: capital(step.summary) })),
    },
  ];
}
