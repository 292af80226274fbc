import type { Proposed } from '../../../facts/proposed.js';
import type { Facts } from '../../../compliance-rules/facts.js';
import { isSameText } from '../../../compliance-rules/same-text.js';
import { holds, switchedOn } from '../../../compliance-rules/intervals.js';
import { accept, acceptAny, type Decide, refuse, type Step } from '../../../kernel/event-sourcing/decider.js';
import { dayOf } from '../../../kernel/time/day.js';
import { TITLE_EVIDENCE } from '../../../facts/types/staff.js';
import { staffRefusals as refusals } from './refusals.js';

/** An employee as the deciders see them. */
export interface StaffMember {
  /** The valid entries of the employee's stream. */
  readonly facts: Facts;
  /** Who has the assignment that the step names, where it names one. */
  readonly assignee?: string;
  readonly id: string;
}

/** A decider of a step about an employee whose registration holds. */
export function ofRegistered<S extends Step>(decide: Decide<StaffMember, S> = acceptAny): Decide<StaffMember, S> {
  return (step, member) =>
    member.facts.of('StaffRegistered').length === 0 ? refuse(refusals.STAFF_ANNULLED) : decide(step, member);
}

/** The law asks for permanent employment with the title on this day. */
const TRANSITION_DAY = dayOf('2023-07-01');

/** The employee, and what the controller who employs her is called, where it is known. */
export interface EmployedMember extends StaffMember {
  readonly controllerName?: string;
}

/** Where the employer of the transition is this one, the register's own entries may say otherwise. */
export const documentTransition: Decide<EmployedMember, Proposed<'TransitionStatusDocumented'>> = (step, member) =>
  ofRegistered<Proposed<'TransitionStatusDocumented'>>(() =>
    accept(step, ...(isContradicted(step.data.employer, member) ? [TRANSITION_CONTRADICTED] : [])),
  )(step, member);

const TRANSITION_CONTRADICTED = {
  rule: 'TRANSITION_CONTRADICTED',
  message:
    'Enligt registret hade medarbetaren ingen tillsvidareanställning hos arbetsgivaren den 1 juli 2023. Kontrollera underlaget eller rätta anställningen.',
};

function isContradicted(employer: string, { facts, controllerName }: EmployedMember): boolean {
  if (controllerName === undefined || !isSameText(employer, controllerName)) return false;
  const then = facts.of('EmploymentStarted', 'EmploymentEnded').filter(({ day }) => day <= TRANSITION_DAY);
  const at = then.findLastIndex(({ type }) => type === 'EmploymentStarted');
  const started = then[at];
  return started?.type === 'EmploymentStarted' && (started.data.form !== 'PERMANENT' || at < then.length - 1);
}

/** What has ended cannot end again. Who has no end of employment is employed. */
export const endEmployment = ofRegistered((step, { facts }) => {
  const without = switchedOn(facts.of('EmploymentStarted', 'EmploymentEnded'), 'EmploymentEnded');
  return holds(without, dayOf(step.effectiveOn)) ? refuse(refusals.STAFF_NOT_EMPLOYED) : accept(step);
});

const onLeave = (facts: Facts, day: number): boolean =>
  holds(switchedOn(facts.of('LeaveStarted', 'LeaveEnded'), 'LeaveStarted'), day);

export const startLeave = ofRegistered((step, { facts }) =>
  onLeave(facts, dayOf(step.effectiveOn)) ? refuse(refusals.ALREADY_ON_LEAVE) : accept(step),
);
export const endLeave = ofRegistered((step, { facts }) =>
  onLeave(facts, dayOf(step.effectiveOn)) ? accept(step) : refuse(refusals.NOT_ON_LEAVE),
);

export const withdrawTitle = ofRegistered<Proposed<'TitleVerificationWithdrawn'>>((step, { facts }) => {
  const { of } = step.data;
  if (!facts.of(...TITLE_EVIDENCE).some((evidence) => evidence.id === of)) return refuse(refusals.UNKNOWN_EVIDENCE);
  const already = facts.of('TitleVerificationWithdrawn').some(({ data }) => data.of === of);
  return already ? refuse(refusals.EVIDENCE_ALREADY_WITHDRAWN) : accept(step);
});

/** The description names recipient and contact: the one who signs is the one who has the assignment (routine S3). */
export const signDescription = ofRegistered((step, { id, assignee }) =>
  assignee === id ? accept(step) : refuse(refusals.ASSIGNMENT_OF_ANOTHER),
);
