import type { EventLog } from '../kernel/event-sourcing/event-log.js';
import type { EventStore } from '../kernel/event-store/event-store.js';
import type { KeyStore } from '../kernel/privacy/key-store.js';
import type { Clock } from '../kernel/time/clock.js';
import type { Assessments, FigureCounts, Knowledge, RegisterIndex, Streams } from './read-model.js';

/** All that answers rest on. The register is one; a test may bring its own. */
export interface ReadSide {
  readonly index: RegisterIndex;
  readonly streams: Streams;
  readonly knowledge: Knowledge;
  readonly assessments: Assessments;
  readonly figures: FigureCounts;
  readonly log: EventLog;
  /** Where an event lies, and whether a stream exists. */
  readonly store: Pick<EventStore, 'find' | 'streamHead'>;
  /** Finds persons by keyed hashes of their numbers and names. */
  readonly keys: Pick<KeyStore, 'findByTerm'>;
  readonly clock: Clock;
}

/** The injection token of the {@link ReadSide}. */
export const READ_SIDE = Symbol('READ_SIDE');
