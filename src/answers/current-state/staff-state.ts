import type { TITLE_EVIDENCE } from '../../facts/types/staff.js';
import type { Fact } from '../../compliance-rules/facts.js';
import { part, type State, type Step, type Steps, tell } from './fold.js';

type Evidence = (typeof TITLE_EVIDENCE)[number];

const evidence =
  (type: Evidence): Step<Evidence> =>
  (state, data, on, id) =>
    Object.assign(part(state, 'titleEvidence', id), { on, type, ...data });

const STEPS: Steps = {
  StaffRegistered: (state, data, on) => Object.assign(state, { ...data, registeredOn: on }),
  EmploymentStarted: (state, { form }, on) => Object.assign(state, { employment: { form, from: on } }),
  EmploymentEnded: (state, _data, on) =>
    Object.assign(state, { employment: { ...(state['employment'] as State | undefined), to: on } }),
  StaffMovedUnit: (state, { unit }) => Object.assign(state, { unit }),
  TitleVerified: evidence('TitleVerified'),
  TransitionStatusDocumented: evidence('TransitionStatusDocumented'),
  ApprovedEducationRecorded: evidence('ApprovedEducationRecorded'),
  TitleVerificationWithdrawn: (state, { of, cause }, on) =>
    Object.assign(part(state, 'titleEvidence', of), { withdrawn: { on, cause } }),
  TrainingCompleted: (state, data, on, id) => Object.assign(part(state, 'training', id), { on, ...data }),
  AssignmentDescriptionSigned: (state, { assignment, ...data }, on) =>
    Object.assign(part(state, 'signedFor', assignment), { on, ...data }),
  YearlyFollowUpHeld: (state, _data, on) => Object.assign(state, { yearlyFollowUpOn: on }),
  LeaveStarted: (state, data, on) => {
    state['leave'] ??= { since: on, ...data };
  },
  // By which login she is known is nobody's business but that of who links them.
  IdentityLinked: (state, { issuer }, on) => Object.assign(state, { signIn: { issuer, since: on } }),
  IdentityUnlinked: (state) => {
    delete state['signIn'];
  },
  StaffProtectionChanged: (state, { protection }) => Object.assign(state, { protection }),
  PersonForgotten: (state, _data, on) => Object.assign(state, { forgottenOn: on }),
  LeaveEnded: (state) => {
    delete state['leave'];
  },
};

/** What is true of an employee on a day: employment, unit, evidence of the title, training, leave. */
export function staffState(facts: readonly Fact[], asOf: string): State {
  return tell(facts, asOf, STEPS);
}

/**
 * Whether the employee is employed: who has no end of employment counts as employed (contract §3, Active assignment).
 */
export function isEmployed(state: State): boolean {
  return (state['employment'] as State | undefined)?.['to'] === undefined;
}
