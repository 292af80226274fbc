/** Text that needs no escape: no control character, quote, backslash or surrogate. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/**
 * JSON in the canonical form of RFC 8785 (JCS): no white space, keys in order of their UTF-16 code units, numbers and
 * strings as ECMAScript writes them. The same value gives the same bytes in every program; fields that are `undefined`
 * are left out.
 * @param instead called for each object, array and null; what it returns stands in its place, verbatim; `undefined`
 * means go on as usual
 * @throws TypeError for what JSON cannot say (a function, NaN, a bigint)
 */
export function canonicalJson(value: unknown, instead?: Instead): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('JSON has no such number');
      return String(value === 0 ? 0 : value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return instead?.(value) ?? (value === null ? 'null' : structure(value, instead));
    default:
      throw new TypeError(`JSON has no ${typeof value}`);
  }
}

export type Instead = (value: object | null) => string | undefined;

/** A text as JSON. */
export function quote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** More keys than these are left to the general sort. */
const FEW_KEYS = 24;

/** The keys of an object in canonical order. */
export function canonicalKeys(value: object): string[] {
  const keys = Object.keys(value);
  if (keys.length > FEW_KEYS) return keys.sort();
  // By insertion: the objects of facts have few keys, mostly in order, and the general sort would copy each list of
  // them.
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index]!;
    let place = index;
    for (; place > 0 && keys[place - 1]! > key; place--) keys[place] = keys[place - 1]!;
    keys[place] = key;
  }
  return keys;
}

function structure(value: object, instead: Instead | undefined): string {
  let json = '';
  if (Array.isArray(value)) {
    for (const item of value) json += (json === '' ? '' : ',') + canonicalJson(item, instead);
    return `[${json}]`;
  }
  for (const key of canonicalKeys(value)) {
    const field: unknown = (value as Record<string, unknown>)[key];
    if (field !== undefined) json += (json === '' ? '' : ',') + quote(key) + ':' + canonicalJson(field, instead);
  }
  return `{${json}}`;
}
