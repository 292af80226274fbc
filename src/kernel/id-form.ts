/**
 * What an id looks like wherever one is taken in: a UUID's 8-4-4-4-12 hexadecimal digits, whatever version and variant
 * they say, since the ids of a history are its own (contract §1). Upper case is accepted; the register keeps lower case
 * (RFC 9562 §4).
 */
export const ID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether something is the text of an id. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID_PATTERN.test(value);
}
