/**
 * How deep JSON that comes in may be nested, its own object counted: a line of a history (contract §2) and the body of
 * a call alike.
 */
export const MAX_DEPTH = 32;

/** Whether parsed JSON is nested deeper. Never goes deeper itself than the limit, so nothing can exhaust the stack. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit === 0) return true;
  // Nothing is inherited here, and a list of the values would be made for every object of every line.
  for (const key in value) if (isDeeperThan((value as Record<string, unknown>)[key], limit - 1)) return true;
  return false;
}
