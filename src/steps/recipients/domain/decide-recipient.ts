import type { Proposed } from '../../../facts/proposed.js';
import type { Facts } from '../../../compliance-rules/facts.js';
import { accept, acceptAny, type Decide, refuse, type Step } from '../../../kernel/event-sourcing/decider.js';
import { recipientRefusals as refusals } from './refusals.js';

/** A recipient as the deciders see them: the valid entries of the stream. */
export interface Recipient {
  readonly id: string;
  readonly facts: Facts;
}

/** A decider of a step about a recipient whose registration holds. */
export function ofRegisteredRecipient<S extends Step>(decide: Decide<Recipient, S> = acceptAny): Decide<Recipient, S> {
  return (step, recipient) =>
    recipient.facts.of('RecipientRegistered').length === 0
      ? refuse(refusals.RECIPIENT_ANNULLED)
      : decide(step, recipient);
}

export const mergeRecipient = ofRegisteredRecipient<Proposed<'RecipientMerged'>>((step, { id, facts }) => {
  const { into } = step.data;
  if (into === id) return refuse(refusals.MERGED_INTO_SELF);
  return facts.of('RecipientMerged').some(({ data }) => data.into === into)
    ? refuse(refusals.ALREADY_MERGED)
    : accept(step);
});
