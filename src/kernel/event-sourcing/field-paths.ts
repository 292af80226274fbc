/**
 * Paths to fields inside an event's data: `name`, `identity.value`, `attendees[].consent`.
 * They say which fields are sealed, which name something else and which must not lie ahead.
 */
export type FieldPath = string;

interface Step {
  readonly key: string;
  readonly each: boolean;
}

const compiled = new Map<FieldPath, readonly Step[]>();

function steps(path: FieldPath): readonly Step[] {
  let known = compiled.get(path);
  if (!known) {
    known = path
      .split('.')
      .map((part) => (part.endsWith('[]') ? { key: part.slice(0, -2), each: true } : { key: part, each: false }));
    compiled.set(path, known);
  }
  return known;
}

/** All values that stand at the path, in document order; fields that are not there give nothing. */
export function valuesAt(data: unknown, path: FieldPath): unknown[] {
  const found: unknown[] = [];
  visit(data, steps(path), 0, (holder, key) => found.push(holder[key]));
  return found;
}

/**
 * A copy of the data in which every value at one of the paths is replaced; what does not lie on a path is shared, not
 * copied.
 */
export function replaceAt(
  data: Readonly<Record<string, unknown>>,
  paths: readonly FieldPath[],
  replace: (value: unknown) => unknown,
): Record<string, unknown> {
  const copy = { ...data };
  for (const path of paths) replaceAlong(copy, steps(path), 0, replace);
  return copy;
}

type Holder = Record<string, unknown>;

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function visit(value: unknown, path: readonly Step[], at: number, found: (holder: Holder, key: string) => void): void {
  const step = path[at];
  if (!step || !isHolder(value) || !Object.hasOwn(value, step.key)) return;
  const next = value[step.key];
  if (step.each) {
    if (!Array.isArray(next)) return;
    if (at === path.length - 1) next.forEach((_, index) => found(next as unknown as Holder, String(index)));
    else for (const item of next) visit(item, path, at + 1, found);
  } else if (at === path.length - 1) found(value, step.key);
  else visit(next, path, at + 1, found);
}

function replaceAlong(holder: Holder, path: readonly Step[], at: number, replace: (value: unknown) => unknown): void {
  const step = path[at];
  if (!step || !Object.hasOwn(holder, step.key)) return;
  const value = holder[step.key];
  const last = at === path.length - 1;
  if (step.each) {
    if (!Array.isArray(value)) return;
    holder[step.key] = value.map((item: unknown) => {
      if (last) return replace(item);
      if (!isHolder(item)) return item;
      const copy = { ...item };
      replaceAlong(copy, path, at + 1, replace);
      return copy;
    });
  } else if (last) holder[step.key] = replace(value);
  else if (isHolder(value)) {
    const copy = { ...value };
    replaceAlong(copy, path, at + 1, replace);
    holder[step.key] = copy;
  }
}
