import type { Step } from '../kernel/event-sourcing/decider.js';
import type { FactData, FactName } from './event-catalogue.js';

/** What somebody wants to record: an event of a type, with its data, that has not happened yet. */
export type Proposed<N extends FactName> = { [Name in N]: Step<Name, FactData[Name]> }[N];
