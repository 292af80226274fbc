import type { OpenedEvent } from '../kernel/event-sourcing/event-log.js';

let position = 0n;

/** An opened event that comes after all that were made before it; on `recipient-1` unless `more` says otherwise. */
export function opened(
  id: string,
  type: string,
  effectiveOn: string,
  data: Record<string, unknown>,
  more: Partial<OpenedEvent> = {},
): OpenedEvent {
  position += 1n;
  return {
    id,
    type,
    stream: 'recipient-1',
    schemaVersion: 1,
    revision: position,
    position,
    recordedAt: `${effectiveOn}T08:00:00.000Z`,
    effectiveOn,
    actor: { id: 'handler-1', role: 'MANAGER' },
    data,
    seal: 'CLEAR',
    unreadable: [],
    ...more,
  };
}
