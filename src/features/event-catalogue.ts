import { EventCatalogue } from '../kernel/event-sourcing/event-catalogue.js';
import { CARE_EPISODE, careEpisodeEvents } from './care-episodes/domain/events.js';
import { entryEvents } from './entries/domain/events.js';
import { POLICY, policyEvents } from './policies/domain/events.js';
import { RECIPIENT, recipientEvents } from './recipients/domain/events.js';
import { STAFF, staffEvents } from './staff/domain/events.js';
import { CONTROLLER, UNIT, unitEvents } from './units/domain/events.js';

/** Every category of stream the register has. */
export const CATEGORIES = [CONTROLLER, UNIT, POLICY, STAFF, RECIPIENT, CARE_EPISODE] as const;

/** Every event type the register knows (contract §1), by its stable name. */
export const eventCatalogue = new EventCatalogue(CATEGORIES, [...unitEvents, ...policyEvents, ...staffEvents, ...recipientEvents, ...careEpisodeEvents, ...entryEvents]);
