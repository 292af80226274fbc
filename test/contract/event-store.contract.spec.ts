import { eventStoreContract } from './event-store.contract.js';
import { memoryKind, sqliteKind } from './event-store/kinds.js';

eventStoreContract(memoryKind());
eventStoreContract(sqliteKind);
