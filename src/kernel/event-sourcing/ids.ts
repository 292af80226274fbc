import { randomUUID } from 'node:crypto';
import { v5 } from 'uuid';

/** Makes ids that nobody has. Injected, so that a test can say which. */
export type IdSource = () => string;

export const randomIds: IdSource = () => randomUUID();

/** Namespaces of ids that follow from something else. Fixed for ever: a retried command must find what it made. */
const COMMAND_NAMESPACE = '5d6f3a0e-8a53-4c39-9c0a-2f6f0b0c8d11';

/**
 * The id of the command that an actor sends under an Idempotency-Key. The same pair gives the same id, in every process
 * and after every restart.
 */
export function commandIdOf(actorId: string, idempotencyKey: string): string {
  return v5(`${actorId}\u0000${idempotencyKey}`, COMMAND_NAMESPACE);
}

/** The id of the event that a command gives rise to. */
export function eventIdOf(commandId: string, index = 0): string {
  return v5(String(index), commandId);
}

/** The id of a thing (an offer, a plan, a unit …) that a command brings into being without naming it. */
export function thingIdOf(commandId: string, kind: string): string {
  return v5(kind, commandId);
}
