import { describe, it } from '@jest/globals';
import { eventStoreContract } from './event-store.contract.js';
import { eventStoreDbDoubleKind, eventStoreDbServerKind } from './event-store/kinds.js';

eventStoreContract(eventStoreDbDoubleKind);

const server = process.env['EVENTSTORE_URL'];
if (server) eventStoreContract(eventStoreDbServerKind(server));
else
  describe.skip('event store contract: eventstoredb, on the server at EVENTSTORE_URL', () =>
    it('is not set, so no real server was asked', () => undefined));
