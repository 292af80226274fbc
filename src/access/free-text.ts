import { eventCatalogue } from '../facts/event-catalogue.js';

/** Sealed fields that say who somebody is, and not what others have written of her. */
const WHO_SHE_IS: ReadonlySet<string> = new Set([
  'name',
  'identity',
  'value',
  'canonical',
  'birthDate',
  'issuer',
  'subject',
]);

/** What fields are called that hold what somebody has written about a person in her own words. */
export const FREE_TEXT_FIELDS: ReadonlySet<string> = new Set(
  eventCatalogue
    .all()
    .flatMap(({ sealed }) => sealed.map((path) => path.slice(path.lastIndexOf('.') + 1).replace('[]', '')))
    .filter((name) => !WHO_SHE_IS.has(name)),
);

/** An answer without what others have written about a person: the fields are left out, however deep they stand. */
export function withoutFreeText(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(withoutFreeText);
  // A document's bytes stay as they are: whoever makes one makes it of what is left.
  if (typeof answer !== 'object' || answer === null || ArrayBuffer.isView(answer)) return answer;
  return Object.fromEntries(
    Object.entries(answer)
      .filter(([name]) => !FREE_TEXT_FIELDS.has(name))
      .map(([name, value]) => [name, withoutFreeText(value)]),
  );
}
