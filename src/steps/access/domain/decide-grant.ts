import type { Facts } from '../../../compliance-rules/facts.js';
import type { Proposed } from '../../../facts/proposed.js';
import { accept, type Decide, refuse, type Refusal } from '../../../kernel/event-sourcing/decider.js';
import { dayOf } from '../../../kernel/time/day.js';
import { accessRefusals as refusals } from './refusals.js';

/** What a decider of a grant or of an inspection looks at besides its own stream: valid entries of other streams. */
export interface Named {
  /** By id: the units that the step names. */
  readonly units: ReadonlyMap<string, Facts>;
  /** The inspection that it names, where it names one. */
  readonly inspection?: Facts;
}

/** The valid entries of a stream. */
export interface Own {
  readonly facts: Facts;
}

/** A role is granted for units that are there for it, and an auditor's for an inspection that goes on. */
export const grantRole: Decide<Named, Proposed<'RoleGranted'>> = (step, { units, inspection }) => {
  const { controller, role, holder, decidedBy } = step.data;
  if (decidedBy !== undefined && decidedBy === holder.staff) return refuse(refusals.DECIDED_BY_HOLDER);
  return (
    elsewhere(units, controller, role !== 'UNIT_DEPUTY') ??
    (inspection ? notInspected(inspection, controller, step.effectiveOn) : undefined) ??
    accept(step)
  );
};

/** A grant is revoked once. */
export const revokeRole: Decide<Own, Proposed<'RoleRevoked'>> = (step, { facts }) => {
  if (facts.of('RoleGranted').length === 0) return refuse(refusals.GRANT_ANNULLED);
  return facts.of('RoleRevoked').length > 0 ? refuse(refusals.GRANT_ALREADY_REVOKED) : accept(step);
};

export const openInspection: Decide<Named, Proposed<'InspectionOpened'>> = (step, { units }) =>
  elsewhere(units, step.data.controller, true) ?? accept(step);

/** An inspection is closed once. */
export const closeInspection: Decide<Own, Proposed<'InspectionClosed'>> = (step, { facts }) => {
  if (facts.of('InspectionOpened').length === 0) return refuse(refusals.INSPECTION_ANNULLED);
  return facts.of('InspectionClosed').length > 0 ? refuse(refusals.INSPECTION_ALREADY_CLOSED) : accept(step);
};

function elsewhere(units: Named['units'], controller: string, orCommissioned: boolean): Refusal | undefined {
  for (const [unit, facts] of units) {
    const own = facts
      .of('UnitOpened')
      .some(({ data }) => data.controller === controller || (orCommissioned && data.commissionedBy === controller));
    if (!own) return refuse(refusals.UNIT_ELSEWHERE, { unit });
  }
  return undefined;
}

function notInspected(inspection: Facts, controller: string, on: string): Refusal | undefined {
  const [opened] = inspection.of('InspectionOpened');
  if (opened && opened.data.controller !== controller) return refuse(refusals.INSPECTION_OF_ANOTHER);
  const closed = inspection.of('InspectionClosed').some(({ day }) => day <= dayOf(on));
  return !opened || closed || opened.data.validTo < on ? refuse(refusals.INSPECTION_OVER) : undefined;
}
