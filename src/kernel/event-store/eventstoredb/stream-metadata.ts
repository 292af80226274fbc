/** What `$metadata` of a stream says about how much of it is to be seen. */
import type { StreamFault } from '../event-store.js';

/** The truncation that a delete writes; JSON's numbers are doubles here, and the largest revision is none. */
const DELETED = Number(2n ** 63n - 1n);

/** How a stream with this metadata is not whole; undefined when all of it is to be seen. */
export function faultOf(metadata: unknown): StreamFault | undefined {
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const { $tb, $maxCount, $maxAge } = metadata as Readonly<Record<string, unknown>>;
  if (typeof $tb === 'number' && $tb >= DELETED) return 'STREAM_DELETED';
  if ($maxCount !== undefined || $maxAge !== undefined) return 'STREAM_LIMITED';
  return typeof $tb === 'number' && $tb > 0 ? 'STREAM_TRUNCATED' : undefined;
}

/** What stands in an event's data, which are JSON for metadata; undefined when they are none. */
export function jsonOf(data: unknown): unknown {
  if (!(data instanceof Uint8Array)) return data;
  try {
    return JSON.parse(Buffer.from(data).toString()) as unknown;
  } catch {
    return undefined;
  }
}
