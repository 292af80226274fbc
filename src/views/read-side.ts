import type { EventLog } from '../kernel/event-sourcing/event-log.js';
import type { Clock } from '../kernel/time/clock.js';
import type { Assessments, FigureCounts, RegisterIndex, Streams } from './read-model.js';

/** Finds whose sealed number or name it is, without reading any of them. Both forms are already in the form that is compared. */
export interface PersonSearch {
  /** The recipients who have, or once had, this identity. */
  byIdentity(type: string, value: string): Promise<string[]>;
  /** The recipients and employees who have, or once had, a name with all these words. */
  byName(name: string): Promise<string[]>;
}

/** All that answers rest on. The register is one; a test may bring its own. */
export interface ReadSide {
  readonly index: RegisterIndex;
  readonly streams: Streams;
  readonly assessments: Assessments;
  readonly figures: FigureCounts;
  readonly log: EventLog;
  readonly clock: Clock;
}

/** The injection token of the {@link ReadSide}. */
export const READ_SIDE = Symbol('READ_SIDE');
