import { nameTerms } from '../../facts/search-terms.js';

/** The surnames in full names, to be compared: the last word of each, and of a double name each part. */
export function surnamesIn(names: Iterable<string>): Set<string> {
  const found = new Set<string>();
  for (const name of names) for (const { value } of nameTerms(name.trim().split(/\s+/u).at(-1) ?? '')) found.add(value);
  return found;
}
