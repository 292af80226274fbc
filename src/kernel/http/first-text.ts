/**
 * A field of a page's address, as everybody reads it who decides on it, records it or shows it: of several the first,
 * without blanks around it. The API refuses several.
 * @param given what the framework read: a text, texts, or nothing
 */
export function firstText(given: unknown): string | undefined {
  const first: unknown = Array.isArray(given) ? given[0] : given;
  return typeof first === 'string' && first.trim() !== '' ? first.trim() : undefined;
}
