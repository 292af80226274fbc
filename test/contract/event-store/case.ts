import type { EventStore } from '../../../src/kernel/event-store/event-store.js';

/** A log of a case's own, empty at first. */
export interface OpenedLog {
  readonly store: EventStore;
  /** Opens the same log once more, as another process would. The case closes nothing of it. */
  readonly openAgain: () => Promise<EventStore>;
  /** Closes whatever is open of it and removes it. */
  readonly dispose: () => Promise<void>;
}

/** An adapter, and what may be asked of it. */
export interface StoreKind {
  readonly name: string;
  /**
   * True for a store through which every writer's append passes in one order: it refuses a time that runs backwards.
   * Where writers reach the log past each other that cannot be asked for.
   */
  readonly ordersWriters: boolean;
  /** True when several processes can open one log. */
  readonly shared: boolean;
  readonly openLog: () => Promise<OpenedLog>;
}

/** One sentence that is true of every event store, and how to find out. */
export interface ContractCase {
  readonly name: string;
  /** The sentence says nothing about a store that is not so. */
  readonly needs?: 'ordersWriters' | 'shared';
  /** Throws when the sentence is not true. */
  readonly run: (store: EventStore, openAgain: () => Promise<EventStore>) => Promise<void>;
}
