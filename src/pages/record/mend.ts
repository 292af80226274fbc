import type { State } from '../../answers/current-state/fold.js';
import type { TimelineEntry } from '../../answers/timeline/timeline.js';
import type { FactName } from '../../facts/event-catalogue.js';
import { ruleById } from '../../compliance-rules/index.js';
import { statesIn } from './options.js';
import { hrefOfStep } from './step-form.js';
import { stepRecording } from './step-named.js';
import { textOf } from './subject.js';

/** What a lack is about, and what is known of the episode that has it. */
export interface Lacking {
  readonly rule: string;
  readonly episode: string;
  readonly assignment?: string;
  readonly state: State;
  /** The entries of the episode, oldest first. */
  readonly entries: readonly TimelineEntry[];
}

/** Of rules whose lack is put right in an entry: the types of the entry, the last of which is meant. */
const ENTRY_OF_RULE: Readonly<Record<string, readonly FactName[]>> = {
  DECLINE_REASON: ['OfferDeclined'],
  APPOINTED: ['ContactAssigned', 'ContactReplaced'],
  STARTED_IN_TIME: ['CareEpisodeStarted'],
};

/**
 * The form that mends a lack, filled in as far as the lack itself says.
 * @returns undefined where the episode has nothing that the form could be about
 */
export function mendingForm({ rule, episode, assignment, state, entries }: Lacking): string | undefined {
  const act = ruleById(rule)?.words.mendedBy;
  if (act === undefined) return undefined;
  if (act === 'EntryCorrected') {
    const event = entries.findLast(
      ({ type, status }) => ENTRY_OF_RULE[rule]?.includes(type as FactName) && status !== 'ANNULLED',
    )?.eventId;
    return event === undefined ? undefined : hrefOfStep(stepRecording(act), { event });
  }
  const step = stepRecording(act);
  const ids: Record<string, string | undefined> = {
    id: step.path.startsWith('staff/') ? staffOf(state, assignment) : episode,
    offer: lastOf(state, 'offers'),
    plan: lastOf(state, 'plans'),
    assignment: assignment ?? contactsNow(state)[0]?.[0],
    ...(rule === 'DEPUTY' ? { role: 'DEPUTY' } : rule === 'ASSIGNED' ? { role: 'PRIMARY' } : {}),
    ...(act === 'RecordedInDocument' ? { about: aboutOf(rule, entries) } : {}),
  };
  const needed = [...step.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  if (needed.some((name) => ids[name] === undefined)) return undefined;
  const asked = Object.keys(step.records.fields);
  const kept = Object.entries(ids).filter(([name]) => needed.includes(name) || asked.includes(name));
  return hrefOfStep(
    step,
    Object.fromEntries(kept.filter(([name]) => needed.includes(name) || !['offer', 'plan'].includes(name))),
  );
}

function staffOf(state: State, assignment: string | undefined): string | undefined {
  const contacts = contactsNow(state);
  const contact = contacts.find(([id]) => id === assignment) ?? contacts[0];
  return textOf(contact?.[1]['staff']);
}

function contactsNow(state: State): [string, State][] {
  return statesIn(state, 'contacts').filter(([, contact]) => contact['to'] === undefined);
}

function lastOf(state: State, part: string): string | undefined {
  return statesIn(state, part).at(-1)?.[0];
}

function aboutOf(rule: string, entries: readonly TimelineEntry[]): string | undefined {
  const types: readonly string[] =
    rule === 'NAMED'
      ? ['ContactAssigned', 'ContactReplaced']
      : ['OfferAccepted', 'OfferDeclined', 'ObviousUnnecessityAssessed', 'PlanMeetingHeld'];
  return entries.findLast(({ type, status }) => types.includes(type) && status !== 'ANNULLED')?.eventId;
}
