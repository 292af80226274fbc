import type { EventLog } from '../kernel/event-sourcing/event-log.js';
import type { EventStore } from '../kernel/event-store/event-store.js';
import type { KeyStore } from '../kernel/privacy/key-store.js';
import type { Clock } from '../kernel/time/clock.js';
import type { NamedThings } from './defined-in.js';
import type { StepIndex } from './judge.js';

/** What recording a step needs of the register. */
export interface StepRegister {
  readonly store: EventStore;
  readonly log: EventLog;
  /** Knows who has a number, and who had it first. */
  readonly keys: Pick<KeyStore, 'claim' | 'holders' | 'moveClaim' | 'dropClaims' | 'findByTerm'>;
  readonly clock: Clock;
  readonly index: StepIndex & NamedThings['index'];
}
