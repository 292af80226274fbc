import type { EventStore } from '../../../kernel/event-store/event-store.js';

/**
 * A store whose pages are given no faster than a share of one core bears: after the work on a page, reading included,
 * it rests as much longer as the share is smaller than all of it.
 * @param share of one core, above 0 and at most 1
 * @param rest waits, in milliseconds; ends the reading by throwing
 */
export function pacedStore(
  store: EventStore,
  share: number,
  rest: (ms: number) => Promise<void>,
  now: () => number = () => performance.now(),
): EventStore {
  let began: number | undefined;
  const readLog: EventStore['readLog'] = async (options) => {
    if (began !== undefined) await rest(((now() - began) * (1 - share)) / share);
    began = now();
    return store.readLog(options);
  };
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'readLog') return readLog;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
