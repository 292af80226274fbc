import { EventCatalogue } from '../kernel/event-sourcing/event-catalogue.js';
import { CARE_EPISODE, careEpisodeEvents } from './care-episode-events.js';
import { entryEvents } from './entry-events.js';
import { POLICY, policyEvents } from './policy-events.js';
import { RECIPIENT, recipientEvents } from './recipient-events.js';
import { STAFF, staffEvents } from './staff-events.js';
import { CONTROLLER, UNIT, unitEvents } from './unit-events.js';

/** Every category of stream the register has. */
export const CATEGORIES = [CONTROLLER, UNIT, POLICY, STAFF, RECIPIENT, CARE_EPISODE] as const;

/** Every event type the register knows (contract §1), by its stable name. */
export const eventCatalogue = new EventCatalogue(CATEGORIES, [
  ...unitEvents,
  ...policyEvents,
  ...staffEvents,
  ...recipientEvents,
  ...careEpisodeEvents,
  ...entryEvents,
]);
