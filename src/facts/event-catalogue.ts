import { EventCatalogue } from '../kernel/event-sourcing/event-catalogue.js';
import type { EventType } from '../kernel/event-sourcing/event-type.js';
import { CARE_EPISODE, CONTROLLER, POLICY, RECIPIENT, STAFF, UNIT } from './categories.js';
import { careTypes } from './types/care.js';
import { contactTypes } from './types/contacts.js';
import { entryTypes } from './types/entries.js';
import { offerTypes } from './types/offers.js';
import { planTypes } from './types/plans.js';
import { policyTypes } from './types/policies.js';
import { recipientTypes } from './types/recipients.js';
import { staffTypes } from './types/staff.js';
import { controllerTypes, unitTypes } from './types/units.js';

/** Every category of stream the register has. */
export const CATEGORIES = [CONTROLLER, UNIT, POLICY, STAFF, RECIPIENT, CARE_EPISODE] as const;

/** Every event type the register knows (contract §1), by its stable name. */
export const FACTS = {
  ...controllerTypes,
  ...unitTypes,
  ...policyTypes,
  ...staffTypes,
  ...recipientTypes,
  ...careTypes,
  ...offerTypes,
  ...contactTypes,
  ...planTypes,
  ...entryTypes,
};

/** The name of an event type. */
export type FactName = keyof typeof FACTS;

/** The data of each event type, by name. A sealed field is `null` until somebody opens it. */
export type FactData = { readonly [N in FactName]: (typeof FACTS)[N] extends EventType<N, infer D> ? D : never };

export const eventCatalogue = new EventCatalogue(CATEGORIES, Object.values(FACTS));
