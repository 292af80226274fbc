import { signAccessOnce } from '../access-log/seals/signing-of-access.js';
import { verifyRegister } from '../audit/verify/verify-register.js';
import type { EventStore } from '../kernel/event-store/event-store.js';
import type { HowToSign } from '../stores/open-notary.js';
import type { StoreConfig } from '../stores/open-stores.js';
import type { Context } from './context.js';

/** How a verb signs: for its one act, whoever else signs for the register. */
export function signingOnce(config: StoreConfig, store: EventStore, context: Context): HowToSign {
  return {
    taking: 'AT_ONCE',
    verify: () =>
      verifyRegister(config, store, {
        onProgress: (done, all) => context.progress(`verify: ${done} of ${all} events`),
      }),
    besides: (key, register) => signAccessOnce(config, context.clock, key, register),
    say: (text) => context.say(`fok: ${text}`),
  };
}
