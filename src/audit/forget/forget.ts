import { v5 } from 'uuid';
import { z } from 'zod';
import type { Actor } from '../../kernel/event-sourcing/envelope.js';
import type { EventLog } from '../../kernel/event-sourcing/event-log.js';
import type { KeyStore } from '../../kernel/privacy/key-store.js';
import { type Clock, today } from '../../kernel/time/clock.js';

/** Fixed for ever: forgetting that is taken up again finds the entry it made. */
const FORGETTING = '8f6a1c52-3a5e-4f0b-9f55-0c1f3b7d9a44';

export interface ForgetDependencies {
  readonly log: EventLog;
  readonly keys: KeyStore;
  readonly clock: Clock;
  /** Called after each step that is durable. */
  readonly onProgress?: (person: string, step: ForgetStep) => void;
}

export type ForgetStep = 'FENCED' | 'RECORDED' | 'DESTROYED' | 'DONE';

/** Of whom the register keeps personal data under a key of their own. */
export const FORGETTABLE = ['recipient', 'staff'] as const;
export type Forgettable = (typeof FORGETTABLE)[number];

export interface ForgetDecision {
  /** Whom it is about; a recipient if it says nothing. */
  readonly kind?: Forgettable;
  /** Why, although care goes on, or the employment has not ended. Stands in the log too. */
  readonly although?: string;
  /** Why, and who decided it; stands in the log for ever, so without anything that tells whom. */
  readonly reason: string;
  readonly actor: Actor;
}

const note = z.strictObject({
  reason: z.string(),
  // Notes of before employees could be forgotten are about recipients.
  kind: z.enum(FORGETTABLE).default('recipient'),
  although: z.string().optional(),
  actor: z.strictObject({
    id: z.string(),
    role: z.string(),
    unit: z.string().optional(),
    onBehalfOf: z.string().optional(),
  }),
});

/**
 * Forgets persons: from now on nothing is recorded about them and nothing of theirs can be read. Their entries, the
 * chain and every figure stay; views hold nothing that is theirs: what they are found by lies with their key and goes
 * with it. Each step is durable before the next, and can be repeated; {@link resumeForgetting} takes up what was
 * interrupted.
 * @param persons all ids of one person: each registration of a recipient has a key of its own
 * @throws RangeError when the log has no such person (then nobody was forgotten), EventStoreError, KeyStoreError
 */
export async function forgetPersons(
  persons: readonly string[],
  decision: ForgetDecision,
  dependencies: ForgetDependencies,
): Promise<void> {
  const { log, keys } = dependencies;
  const { kind = 'recipient' } = decision;
  for (const person of persons) {
    if ((await log.readStream(`${kind}-${person}`, { limit: 1 })).length === 0)
      throw new RangeError(`there is no ${kind} ${person}`);
  }
  for (const person of persons) {
    await keys.fence(person, JSON.stringify(decision));
    dependencies.onProgress?.(person, 'FENCED');
  }
  await resumeForgetting(dependencies);
}

/**
 * Completes every forgetting that was begun: to be called at each start, before anything is served.
 * @returns the persons whose forgetting is complete now
 * @throws EventStoreError, KeyStoreError; what is not complete stays begun
 */
export async function resumeForgetting(dependencies: ForgetDependencies): Promise<string[]> {
  const { keys, onProgress = () => undefined } = dependencies;
  const begun = await keys.unfinishedForgettings();
  for (const { subject, note: text } of begun) {
    await recordForgotten(subject, note.parse(JSON.parse(text)), dependencies);
    onProgress(subject, 'RECORDED');
    await keys.destroy(subject);
    onProgress(subject, 'DESTROYED');
    await keys.finishForgetting(subject);
    onProgress(subject, 'DONE');
  }
  return begun.map(({ subject }) => subject);
}

/** The entry that says so. Its id follows from the person, so that there is one. */
async function recordForgotten(
  person: string,
  { kind, reason, although, actor }: z.output<typeof note>,
  { log, clock }: ForgetDependencies,
): Promise<void> {
  const stream = `${kind}-${person}`;
  await log.append(stream, 'STREAM_EXISTS', [
    {
      id: forgettingOf(person),
      type: 'PersonForgotten',
      stream,
      effectiveOn: today(clock),
      actor,
      subject: person,
      data: { decision: reason, ...(although === undefined ? {} : { although }) },
    },
  ]);
}

/** The id of the entry that says that a person was forgotten. */
export function forgettingOf(person: string): string {
  return v5(person, FORGETTING);
}
