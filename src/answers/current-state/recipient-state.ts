import type { Fact } from '../../compliance-rules/facts.js';
import { part, type State, type Steps, tell } from './fold.js';

const STEPS: Steps = {
  RecipientRegistered: (state, data, on) => Object.assign(state, { ...data, registeredOn: on }),
  RecipientIdentityChanged: (state, { identity }) => Object.assign(state, { identity }),
  RecipientProtectionChanged: (state, { protection }) => Object.assign(state, { protection }),
  RecipientMerged: (state, { into }, on) => Object.assign(part(state, 'mergedInto', into), { on }),
  RepresentativeRegistered: (state, { representative, ...data }, on) =>
    Object.assign(part(state, 'representatives', representative), { ...data, registeredOn: on }),
  AccessNarrowed: (state, { staff }, on) => Object.assign(state, { narrowed: { staff, since: on } }),
  AccessWidened: (state) => {
    delete state['narrowed'];
  },
  GlassBroken: (state, { reasonCode, until }, on, id) =>
    Object.assign(part(state, 'glassBroken', id), { on, reasonCode, until }),
  GlassBreakReviewed: (state, { of, verdict }, on) =>
    Object.assign(part(state, 'glassBroken', of), { reviewed: { on, verdict } }),
  PersonForgotten: (state, _data, on) => Object.assign(state, { forgottenOn: on }),
};

/** What is true of a recipient on a day: identity, name, protection, merges, representatives, who may look. */
export function recipientState(facts: readonly Fact[], asOf: string): State {
  return tell(facts, asOf, STEPS);
}
