import type { EventStore } from '../../src/kernel/event-store/event-store.js';
import type { ViewStore, ViewVersion } from '../../src/kernel/view-store/view-store.js';
import { type Site, sitesOf } from './write-points.js';

export type Moment = 'before' | 'after';

/**
 * Counts the writes of this process to its stores, says where in the code each comes from, and ends the process at one
 * of them.
 */
export class WriteCounter {
  private count = 0;

  /**
   * @param killAt the number of the write at which the process is killed, counted from 0; undefined for never
   * @param onWrite told of each write before it happens
   */
  constructor(
    private readonly killAt: number | undefined,
    private readonly moment: Moment,
    private readonly onWrite: (sites: readonly Site[]) => void,
  ) {}

  async around<T>(write: () => Promise<T>): Promise<T> {
    const number = this.count++;
    this.onWrite(sitesOf(new Error().stack ?? ''));
    if (number === this.killAt && this.moment === 'before') kill();
    const written = await write();
    if (number === this.killAt) kill();
    return written;
  }
}

// Nothing in the process learns of it: no handler runs, no file is closed.
function kill(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('the process outlived SIGKILL');
}

/** @param damage what becomes of the records that are read */
export function countedEventStore(
  store: EventStore,
  counter: WriteCounter,
  damage: <T extends Awaited<ReturnType<EventStore['readStream']>>>(records: T) => T,
): EventStore {
  return wrapped(store, {
    appendAll: (appends) => counter.around(() => store.appendAll(appends)),
    readStream: async (...asked) => damage(await store.readStream(...asked)),
    readLog: async (...asked) => damage(await store.readLog(...asked)),
    // In one piece nothing would be damaged.
    readTexts: async () => undefined,
  });
}

export function countedViewStore(store: ViewStore, counter: WriteCounter): ViewStore {
  const known = new WeakMap<ViewVersion, ViewVersion>();
  return wrapped(store, {
    activate: (projection, version) => counter.around(() => store.activate(projection, version)),
    drop: (projection, version) => counter.around(() => store.drop(projection, version)),
    open: async (...asked) => {
      const version = await store.open(...asked);
      const counted =
        known.get(version) ??
        wrapped(version, {
          write: (batch) => counter.around(() => version.write(batch)),
          beginBulk: () => counter.around(() => version.beginBulk()),
          endBulk: () => counter.around(() => version.endBulk()),
        });
      known.set(version, counted);
      return counted;
    },
  });
}

/** The same object with some of its methods replaced. */
function wrapped<T extends object>(inner: T, methods: Partial<T>): T {
  return new Proxy(inner, {
    get: (target, name) => {
      const own: unknown = Reflect.get(methods, name);
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
