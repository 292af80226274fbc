import type { Facts } from '../../../compliance-rules/facts.js';
import { accept, acceptAny, type Decide, refuse } from '../../../kernel/event-sourcing/decider.js';
import { recipientRefusals as refusals } from './refusals.js';

/** A recipient as the deciders see them: the valid entries of the stream. */
export interface Recipient {
  readonly id: string;
  readonly facts: Facts;
}

/** A decider of a step about a recipient whose registration holds. */
export function ofRegisteredRecipient(decide: Decide<Recipient> = acceptAny): Decide<Recipient> {
  return (step, recipient) =>
    recipient.facts.of('RecipientRegistered').length === 0
      ? refuse(refusals.RECIPIENT_ANNULLED)
      : decide(step, recipient);
}

export const mergeRecipient = ofRegisteredRecipient((step, { id, facts }) => {
  const into = step.data['into'];
  if (into === id) return refuse(refusals.MERGED_INTO_SELF);
  return facts.of('RecipientMerged').some((merge) => merge.data['into'] === into)
    ? refuse(refusals.ALREADY_MERGED)
    : accept(step);
});
