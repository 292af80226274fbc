import { EventCatalogue } from '../kernel/event-sourcing/event-catalogue.js';
import type { EventType } from '../kernel/event-sourcing/event-type.js';
import {
  CARE_EPISODE,
  CONTROLLER,
  GRANT,
  INSPECTION,
  LOG_REVIEW,
  POLICY,
  RECIPIENT,
  STAFF,
  UNIT,
} from './categories.js';
import { accessTypes } from './types/access.js';
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
export const CATEGORIES = [
  CONTROLLER,
  UNIT,
  POLICY,
  STAFF,
  RECIPIENT,
  CARE_EPISODE,
  GRANT,
  INSPECTION,
  LOG_REVIEW,
] as const;

/**
 * Every event type the register knows, by its stable name: its own of access, and those of the contract (§1). Where a
 * field of several types has one name, it is called as the last of them calls it.
 */
export const FACTS = {
  ...accessTypes,
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
