import { isId } from '../../kernel/id-form.js';

/**
 * What a recipient's id is called in bodies and answers. A spec asks every route whether a recipient stands in its
 * answer under another name.
 */
const NAMES_OF_PERSONS: ReadonlySet<string> = new Set([
  'recipient',
  'recipients',
  'persons',
  'into',
  'mergedInto',
  'mergedFrom',
]);

const STREAM = /^recipient-([0-9a-f-]{36})$/;

/** A page links to everybody whom it names. */
const LINK = /"\/personer\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g;

/** All recipients that a body or an answer names, whatever else it holds; of a page those that it links to. */
export function personsIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === 'string') for (const [, id = ''] of value.matchAll(LINK)) found.add(id);
  else if (Array.isArray(value)) for (const item of value) personsIn(item, found);
  // A document's bytes name nobody who can be found in them; whom it is about was asked for by name.
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value))
    for (const [name, member] of Object.entries(value)) {
      if (NAMES_OF_PERSONS.has(name)) for (const id of [member].flat()) if (isId(id)) found.add(id.toLowerCase());
      if (typeof member === 'object') personsIn(member, found);
      else if (name === 'stream' && typeof member === 'string') {
        const [, id] = STREAM.exec(member) ?? [];
        if (id !== undefined) found.add(id);
      }
    }
  return found;
}

/** Where a page leads on from a person it shows: her own page. */
const PERSONS_PAGE = /\/personer\/([0-9a-f-]{36})/g;

/** All recipients that a page shows: whom it shows has a link to her own page. */
export function personsInPage(html: string, found: Set<string>): Set<string> {
  for (const [, id] of html.matchAll(PERSONS_PAGE)) if (isId(id)) found.add(id);
  return found;
}
