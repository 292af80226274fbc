import type { Proposed } from '../../../facts/proposed.js';
import { accept, type Decide, refuse } from '../../../kernel/event-sourcing/decider.js';
import { ofRegistered } from '../../staff/domain/decide-staff.js';
import { ofRegisteredRecipient, type Recipient } from '../../recipients/domain/decide-recipient.js';
import { accessRefusals as refusals } from './refusals.js';

/** A staff member has one linked sign-in at a time. */
export const linkIdentity = ofRegistered<Proposed<'IdentityLinked'>>((step, { facts }) =>
  facts.of('IdentityLinked', 'IdentityUnlinked').at(-1)?.type === 'IdentityLinked'
    ? refuse(refusals.IDENTITY_ALREADY_LINKED)
    : accept(step),
);

export const unlinkIdentity = ofRegistered<Proposed<'IdentityUnlinked'>>((step, { facts }) =>
  facts.of('IdentityLinked', 'IdentityUnlinked').at(-1)?.type === 'IdentityLinked'
    ? accept(step)
    : refuse(refusals.IDENTITY_NOT_LINKED),
);

/** Access is widened again where it is narrow. Narrowing it anew names other people. */
export const widenAccess = ofRegisteredRecipient<Proposed<'AccessWidened'>>((step, { facts }) =>
  facts.of('AccessNarrowed', 'AccessWidened').at(-1)?.type === 'AccessNarrowed'
    ? accept(step)
    : refuse(refusals.ACCESS_NOT_NARROWED),
);

/** The recipient, and who broke the glass that the step names and who puts the step, by the ids of actors. */
export interface Reviewed extends Recipient {
  readonly brokenBy?: string;
  readonly reviewer: string;
}

/** A broken glass is reviewed once, and by somebody else. */
export const reviewGlass: Decide<Reviewed, Proposed<'GlassBreakReviewed'>> = (step, { facts, brokenBy, reviewer }) => {
  if (brokenBy === reviewer) return refuse(refusals.GLASS_OWN_REVIEW);
  return facts.of('GlassBreakReviewed').some(({ data }) => data.of === step.data.of)
    ? refuse(refusals.GLASS_ALREADY_REVIEWED)
    : accept(step);
};

export const notePerson = ofRegisteredRecipient<Proposed<'PersonNoted'>>((step, { facts }) =>
  facts.of('PersonNoted', 'PersonNoteLifted').at(-1)?.type === 'PersonNoted'
    ? refuse(refusals.PERSON_ALREADY_NOTED)
    : accept(step),
);

export const liftNote = ofRegisteredRecipient<Proposed<'PersonNoteLifted'>>((step, { facts }) =>
  facts.of('PersonNoted', 'PersonNoteLifted').at(-1)?.type === 'PersonNoted'
    ? accept(step)
    : refuse(refusals.PERSON_NOT_NOTED),
);
