import { canonicalJson, canonicalKeys } from './canonical-json.js';
import { type FieldPath, replaceAt } from './field-paths.js';

type Data = Readonly<Record<string, unknown>>;

/** A value that is to be sealed, on its way through the canonical form. */
class Marked {
  constructor(readonly value: unknown) {}
}

export interface SplitData {
  /** The data in canonical JSON, `null` where a value was taken out. */
  readonly clear: string;
  /** What was taken out, in document order, each in canonical JSON. */
  readonly values: readonly string[];
}

/**
 * Takes the values at the given paths out of the data. Each leaves a `null`; nothing else may be null, so the nulls say
 * by themselves which values belong where, and opening needs no schema. A field that may be null is taken out where it
 * is, with null as its value.
 * @param nullable paths of the fields that may be null
 * @throws TypeError when the data holds a null already, or something that JSON cannot say
 */
export function splitData(data: Data, sealed: readonly FieldPath[], nullable: readonly FieldPath[] = []): SplitData {
  const values: string[] = [];
  const taken =
    sealed.length === 0
      ? data
      : replaceAt(data, sealed, (value) => (value === undefined ? undefined : new Marked(value)));
  const marked =
    nullable.length === 0 ? taken : replaceAt(taken, nullable, (value) => (value === null ? new Marked(null) : value));
  const clear = canonicalJson(marked, (value) => {
    if (!(value instanceof Marked)) return refuseNull(value);
    values.push(value.value === null ? 'null' : canonicalJson(value.value, refuseNull));
    return 'null';
  });
  return { clear, values };
}

function refuseNull(value: object | null): undefined {
  if (value === null) throw new TypeError('the data of an event holds no null');
  return undefined;
}

/**
 * Puts the values back into the nulls, in document order (the order of the canonical JSON).
 * @returns undefined when there are not as many values as nulls
 */
export function fillNulls(data: Data, values: readonly unknown[]): Record<string, unknown> | undefined {
  let next = 0;
  const fill = (value: unknown): unknown => {
    if (value === null) return values[next++];
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object') return value;
    const copy: Record<string, unknown> = {};
    for (const key of canonicalKeys(value)) copy[key] = fill((value as Record<string, unknown>)[key]);
    return copy;
  };
  const filled = fill(data) as Record<string, unknown>;
  return next === values.length ? filled : undefined;
}

/** The paths of the nulls, e.g. `name` or `attendees[0].name`, in document order. */
export function pathsOfNulls(value: unknown, path = ''): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => pathsOfNulls(item, `${path}[${index}]`));
  return canonicalKeys(value).flatMap((key) =>
    pathsOfNulls((value as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`),
  );
}
