import type { Facts } from '../../../compliance-rules/facts.js';
import { accept, type Decide, refuse, type Step } from '../../../kernel/event-sourcing/decider.js';
import { dayOf, formatDay } from '../../../kernel/time/day.js';
import { unitRefusals as refusals } from './refusals.js';

/** A unit as the deciders see it: the valid entries of its stream. */
export interface Unit {
  readonly facts: Facts;
}

function ofOpen(decide: (step: Step, unit: Unit, openedOn: number) => ReturnType<Decide<Unit>>): Decide<Unit> {
  return (step, unit) => {
    const opened = unit.facts.of('UnitOpened')[0];
    if (!opened) return refuse(refusals.UNIT_ANNULLED);
    const closed = unit.facts.of('UnitClosed')[0];
    const isClosed = closed && (step.type === 'UnitClosed' || closed.day <= dayOf(step.effectiveOn));
    return isClosed
      ? refuse(refusals.UNIT_ALREADY_CLOSED, { closedOn: formatDay(closed.day) })
      : decide(step, unit, opened.day);
  };
}

export const appointManager = ofOpen((step) => accept(step));

/** A unit closes once, and not before it opened. */
export const closeUnit = ofOpen((step, _unit, openedOn) =>
  dayOf(step.effectiveOn) < openedOn
    ? refuse(refusals.UNIT_CLOSED_BEFORE_OPENED, { openedOn: formatDay(openedOn) })
    : accept(step),
);
