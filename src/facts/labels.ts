import { placedFields } from '../kernel/event-sourcing/fields.js';
import { eventCatalogue } from './event-catalogue.js';

/** The Swedish name of an event type; the type itself where this program does not know it. */
export function typeLabel(type: string): string {
  return eventCatalogue.get(type)?.label ?? type;
}

const FIELD_LABELS = new Map(
  eventCatalogue
    .all()
    .flatMap(({ fields }) => placedFields(fields))
    .filter(({ field }) => field.traits.label !== '')
    .map(({ path, field }) => [path.slice(path.lastIndexOf('.') + 1), field.traits.label]),
);

/** The Swedish name of a field; the field's own where this program does not know it. */
export function fieldLabel(name: string): string {
  return FIELD_LABELS.get(name) ?? name;
}
