import { eventCatalogue } from '../facts/event-catalogue.js';
import { personTermsOf } from '../facts/search-terms.js';
import { Recorder, type RecorderOptions } from '../kernel/event-sourcing/recorder.js';
import type { EventStore } from '../kernel/event-store/event-store.js';
import type { KeyStore } from '../kernel/privacy/key-store.js';
import type { Clock } from '../kernel/time/clock.js';

/**
 * The register's log over its stores, as the facts of home care need it. It looks at the log once before it is handed
 * out.
 * @param options `rememberedEvents`: how many events of streams that were read are kept to be read again;
 *   `refuseWrongClock`: for the clock of the system, which somebody can put right
 * @throws KeyStoreError KEY_STORE_MISMATCH when keys and log do not belong together, EventStoreError
 */
export async function openRecorder(
  store: EventStore,
  keys: KeyStore,
  clock: Clock,
  options: Pick<RecorderOptions, 'rememberedEvents' | 'refuseWrongClock'> = {},
): Promise<Recorder> {
  const recorder = new Recorder(store, keys, eventCatalogue, clock, {
    searchTermsOf: personTermsOf,
    afterForgetting: ['PersonForgotten'],
    ...options,
  });
  await recorder.start();
  return recorder;
}
