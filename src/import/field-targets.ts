import { isId } from '../kernel/id-form.js';
import { eventCatalogue } from '../facts/event-catalogue.js';

/**
 * What a field may name, by the field's name alone. The same name means the same thing in every type and in the data of
 * a correction, so that what a batch of lines asks for can be looked up before it is known which entry each of them
 * corrects.
 */
export interface FieldTargets {
  readonly categories: readonly string[];
  readonly things: readonly string[];
  readonly entry: boolean;
}

interface Collected {
  readonly categories: Set<string>;
  readonly things: Set<string>;
  entry: boolean;
}

function collect(): ReadonlyMap<string, FieldTargets> {
  const byField = new Map<string, Collected>();
  const at = (path: string): Collected => {
    const field = path.slice(path.lastIndexOf('.') + 1).replace('[]', '');
    const known = byField.get(field) ?? { categories: new Set<string>(), things: new Set<string>(), entry: false };
    byField.set(field, known);
    return known;
  };
  for (const type of eventCatalogue.all()) {
    for (const reference of type.references) {
      if (reference.to === 'stream') at(reference.path).categories.add(reference.category);
      else if (reference.to === 'entry') at(reference.path).entry = true;
      else at(reference.path).things.add(reference.kind);
    }
    if (type.defines) at(type.defines.path).things.add(type.defines.kind);
  }
  return new Map(
    [...byField].map(([field, found]) => [
      field,
      { categories: [...found.categories], things: [...found.things], entry: found.entry },
    ]),
  );
}

const targets = collect();

/**
 * Calls back for every id that stands anywhere in the data, with what its field may name. What has not the form of an id names nothing: the
 * data are not checked yet, and a store that is asked for it would fail for the whole batch.
 */
export function visitNamedIds(data: unknown, found: (id: string, target: FieldTargets) => void): void {
  if (typeof data !== 'object' || data === null) return;
  for (const field in data) {
    const value = (data as Record<string, unknown>)[field];
    const target = Array.isArray(data) ? undefined : targets.get(field);
    if (target && isId(value)) found(value.toLowerCase(), target);
    else if (target && Array.isArray(value))
      for (const item of value) if (isId(item)) found(item.toLowerCase(), target);
    visitNamedIds(value, found);
  }
}

/**
 * The data with every `{"ref": …}` that stands where an event id belongs replaced by the id that the ref stands for.
 */
export function resolveRefs(data: Record<string, unknown>, idOf: (ref: string) => string): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const field in data) {
    const value = data[field];
    let next = value;
    const ref = targets.get(field)?.entry ? refIn(value) : undefined;
    if (ref !== undefined) next = idOf(ref);
    else if (field === 'data' && typeof value === 'object' && value !== null && !Array.isArray(value))
      next = resolveRefs(value as Record<string, unknown>, idOf);
    if (next !== value) (copy ??= { ...data })[field] = next;
  }
  return copy ?? data;
}

function refIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [only, ...others] = Object.entries(value);
  return others.length === 0 && only?.[0] === 'ref' && typeof only[1] === 'string' ? only[1] : undefined;
}
