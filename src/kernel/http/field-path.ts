/**
 * The path of a field inside another, such as `attendees[0].kind`. A field that we do not know was named by the caller: its name is left
 * out where it is no name that a field could have, in case that is where somebody put the content.
 * @param parent the path of what it stands in; empty for the body itself
 */
export function fieldPath(parent: string, field: string | number): string {
  const name = /^[A-Za-z0-9_]{1,40}$/.test(String(field)) ? String(field) : '?';
  if (/^\d+$/.test(name)) return `${parent}[${name}]`;
  return parent === '' ? name : `${parent}.${name}`;
}
