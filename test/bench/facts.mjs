import { randomUUID } from 'node:crypto';
import { pagesOf } from './raw-log.mjs';

/** Openings can be recorded once, and a correction needs what it corrects: neither can be repeated under a new id. */
const NOT_REPEATABLE =
  /^(ControllerRegistered|UnitOpened|StaffRegistered|RecipientRegistered|CareEpisodeStarted|EntryCorrected)$/;

/**
 * Endless new facts like those that stand in a register's log: the same types and data about the same people, under new
 * ids.
 */
export async function* factsLike(register) {
  const { events } = await register.log.readPage((await register.store.head()) / 2n, 2_000);
  const opened = (await register.log.open(events)).filter(({ type }) => !NOT_REPEATABLE.test(type));
  for (;;) {
    for (const { type, stream, effectiveOn, actor, controller, subject, data } of opened)
      yield { id: randomUUID(), type, stream, effectiveOn, actor, controller, subject, data };
  }
}

/** The next so many of them. */
export async function take(facts, count) {
  const taken = [];
  while (taken.length < count) taken.push((await facts.next()).value);
  return taken;
}

/**
 * Endless new records with the bytes of those in a log, over a hundred streams: what the event store gets and what raw
 * inserts.
 */
export function* recordsLike(path) {
  const [rows] = pagesOf(path);
  const { recordedAt } = rows.at(-1);
  for (let count = 0; ; count++) {
    const { type, body, hash } = rows[count % rows.length];
    yield { stream: `stream-${count % 100}`, record: { id: randomUUID(), type, recordedAt, body, hash } };
  }
}
