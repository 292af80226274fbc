import { parse, v5 } from 'uuid';

/** The namespace of event ids that come from outside. Fixed for ever: the id of an imported fact must not change. */
const IMPORT_NAMESPACE = parse('b7a1d3f2-6c0e-5a4b-9d8f-2e1c7a90b3d4');

/** The event id of an imported fact; it follows from source and ref alone (contract §2). */
export function importedEventId(source: string, ref: string): string {
  return v5(Buffer.from(`${source}\u0000${ref}`, 'utf8'), IMPORT_NAMESPACE);
}
