import type { Fact } from '../../compliance-rules/facts.js';
import { type State, type Steps, tell } from './fold.js';

const STEPS: Steps = {
  UnitOpened: (state, data, on) => Object.assign(state, { ...data, openedOn: on }),
  UnitManagerAppointed: (state, { staff }) => Object.assign(state, { manager: staff }),
  UnitClosed: (state, _data, on) => Object.assign(state, { closedOn: on }),
};

/** What is true of a unit on a day: whose it is, name, care forms, manager. */
export function unitState(facts: readonly Fact[], asOf: string): State {
  return tell(facts, asOf, STEPS);
}

const CONTROLLER_STEPS: Steps = {
  ControllerRegistered: (state, data, on) => Object.assign(state, { ...data, registeredOn: on }),
};

/** Who a controller is. */
export function controllerState(facts: readonly Fact[], asOf: string): State {
  return tell(facts, asOf, CONTROLLER_STEPS);
}
