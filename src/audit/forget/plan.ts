import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { isEmployed, staffState } from '../../answers/current-state/staff-state.js';
import { type Registration, registrationsOf } from '../../judgement/person/registrations.js';
import type { NumberReads } from '../../judgement/person/same-number.js';
import type { ReadSide } from '../../judgement/read-side.js';
import { today } from '../../kernel/time/clock.js';
import { dayOf } from '../../kernel/time/day.js';
import type { Forgettable } from './forget.js';

/** What forgetting somebody would take, to be looked at before it is done. */
export interface ForgettingPlan {
  readonly kind: Forgettable;
  /** Every id whose key would be destroyed, with how it is known to be the same person. */
  readonly registrations: readonly (Omit<Registration, 'recipient'> & { readonly id: string })[];
  /** Registrations with the same number that are said to be another person: they stay. */
  readonly others: readonly string[];
  /** Why it is too early: episodes that go on or are to begin, and the employment that has not ended. */
  readonly goesOn: readonly string[];
}

type Reads = ReadSide & NumberReads;

/** Looks at what forgetting a person would take. Changes nothing. */
export async function planForgetting(reads: Reads, kind: Forgettable, id: string): Promise<ForgettingPlan> {
  return kind === 'recipient' ? ofRecipient(reads, id) : ofStaff(reads, id);
}

async function ofRecipient(reads: Reads, recipient: string): Promise<ForgettingPlan> {
  const { registrations, episodes, others } = await registrationsOf(reads, recipient);
  const { assessments, parked } = await reads.assessments.ofEpisodes(episodes, await reads.knowledge.at());
  const now = dayOf(today(reads.clock));
  const ended = assessments.filter(({ ongoing }) => ongoing?.to !== undefined && ongoing.to <= now);
  const never = assessments.filter(({ ongoing }) => ongoing === undefined);
  const over = new Set([...ended, ...never].map(({ episode }) => episode));
  const judged = new Set(assessments.map(({ episode }) => episode));
  // What cannot be judged may go on; what does not exist does not.
  const goesOn = episodes.filter((episode) => !over.has(episode) && (judged.has(episode) || parked));
  return {
    kind: 'recipient',
    registrations: registrations.map(({ recipient: id, ...known }) => ({ id, ...known })),
    others,
    goesOn: goesOn.map((episode) => `careEpisode-${episode}`),
  };
}

async function ofStaff(reads: Reads, id: string): Promise<ForgettingPlan> {
  const facts = resolveEntries(await reads.log.open(await reads.log.readStream(`staff-${id}`)));
  const state = staffState(facts, today(reads.clock));
  const { name } = state;
  return {
    kind: 'staff',
    registrations: [{ id, because: 'ASKED_FOR', ...(typeof name === 'string' ? { name } : {}) }],
    others: [],
    goesOn: isEmployed(state) ? [`staff-${id}`] : [],
  };
}
