/** One place in which two states differ; null where one of them has nothing there. */
export interface Change {
  /** Field names and ids, joined by dots. */
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** Where two states differ, in order of path. Lists are compared as a whole. */
export function difference(before: unknown, after: unknown, path = ''): Change[] {
  if (isState(before) && isState(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => difference(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  // What is new, or gone, as a whole is told field by field as well.
  if (isState(before) && after === undefined) return difference(before, {}, path);
  if (isState(after) && before === undefined) return difference({}, after, path);
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, from: before ?? null, to: after ?? null }];
}

function isState(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
