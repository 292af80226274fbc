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
  readonly onProgress?: (recipient: string, step: ForgetStep) => void;
}

export type ForgetStep = 'FENCED' | 'RECORDED' | 'DESTROYED' | 'DONE';

export interface ForgetDecision {
  /** Why, and who decided it; stands in the log for ever, so without anything that tells whom. */
  readonly reason: string;
  readonly actor: Actor;
}

const note = z.strictObject({
  reason: z.string(),
  actor: z.strictObject({
    id: z.string(),
    role: z.string(),
    unit: z.string().optional(),
    onBehalfOf: z.string().optional(),
  }),
});

/**
 * Forgets recipients: from now on nothing is recorded about them and nothing of theirs can be read. Their entries, the
 * chain and every
 * figure stay; views hold nothing that is theirs: what they are found by lies with their key and goes with it. Each
 * step is durable before the next, and can be repeated; {@link resumeForgetting} takes up what was interrupted.
 * @param recipients all recipient ids of one person: those that were merged have a key each
 * @throws RangeError when the log has no such recipient (then nobody was forgotten), EventStoreError, KeyStoreError
 */
export async function forgetRecipients(
  recipients: readonly string[],
  decision: ForgetDecision,
  dependencies: ForgetDependencies,
): Promise<void> {
  const { log, keys } = dependencies;
  for (const recipient of recipients) {
    if ((await log.readStream(streamOf(recipient), { limit: 1 })).length === 0)
      throw new RangeError(`there is no recipient ${recipient}`);
  }
  for (const recipient of recipients) {
    await keys.fence(recipient, JSON.stringify(decision));
    dependencies.onProgress?.(recipient, 'FENCED');
  }
  await resumeForgetting(dependencies);
}

/**
 * Completes every forgetting that was begun: to be called at each start, before anything is served.
 * @returns the recipients whose forgetting is complete now
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

/** The entry that says so. Its id follows from the recipient, so that there is one. */
async function recordForgotten(
  recipient: string,
  { reason, actor }: ForgetDecision,
  { log, clock }: ForgetDependencies,
): Promise<void> {
  const stream = streamOf(recipient);
  await log.append(stream, 'STREAM_EXISTS', [
    {
      id: forgettingOf(recipient),
      type: 'PersonForgotten',
      stream,
      effectiveOn: today(clock),
      actor,
      subject: recipient,
      data: { decision: reason },
    },
  ]);
}

/** The id of the entry that says that a recipient was forgotten. */
export function forgettingOf(recipient: string): string {
  return v5(recipient, FORGETTING);
}

function streamOf(recipient: string): string {
  return `recipient-${recipient}`;
}
