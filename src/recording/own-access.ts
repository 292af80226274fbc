import { accessGivenBy, type AccessGiven, type GivingEntry, signInOf } from '../facts/access-given.js';
import { accessTypes } from '../facts/types/access.js';
import { type Refusal, refusalTypes, refuse } from '../kernel/event-sourcing/decider.js';
import type { Actor } from '../kernel/event-sourcing/envelope.js';
import type { Acting } from '../kernel/http/request-context.js';

/** Why access cannot be given by whoever gives it. */
export const ownAccessRefusals = refusalTypes({
  OWN_ACCESS: [
    'FORBIDDEN',
    'Ingen ger sig själv åtkomst',
    'Det som ger åtkomst registreras, rättas och makuleras av någon annan än den som får den.',
  ],
  ACCESS_BY_SYSTEM: [
    'FORBIDDEN',
    'Ett anslutet system ger ingen åtkomst',
    'Det som ger åtkomst registreras av en människa, eller läses in på servern med --with-access.',
  ],
});

/** The role in which a system acts that is connected. */
const SYSTEM = 'INTEGRATION';

/**
 * Whether a step would give access to whoever puts it, or is put by a system that may give nobody any. Where nobody
 * signs in, the events of access alone are looked at: whom a gateway names as the actor was never more than a word.
 * @param history of the step's stream, with what is personal in it readable
 */
export function accessRefused(
  entry: GivingEntry,
  history: readonly GivingEntry[],
  actor: Pick<Actor, 'id' | 'role'>,
  acting: Acting | undefined,
): Refusal | undefined {
  const given = accessGivenBy(entry, history);
  if (!given || (!acting && !isOfAccess(entry, history))) return undefined;
  const system = actor.role === SYSTEM || acting?.client;
  if (system && !onlyPlaces(given)) return refuse(ownAccessRefusals.ACCESS_BY_SYSTEM);
  const staff = [actor.id, ...(acting?.staff ?? [])];
  const getsIt =
    staff.some((one) => given.staff.has(one) || given.placed.has(one)) ||
    (given.allBut !== undefined && !staff.some((one) => given.allBut?.has(one))) ||
    (acting !== undefined &&
      (acting.hsaIds.some((one) => given.hsaIds.has(one.toUpperCase())) ||
        given.signIns.has(signInOf(acting.issuer, acting.subject))));
  return getsIt ? refuse(ownAccessRefusals.OWN_ACCESS) : undefined;
}

/** Whether it says where somebody works and nothing else: staff lists come from other systems. */
function onlyPlaces({ staff, hsaIds, signIns, allBut }: AccessGiven): boolean {
  return staff.size + hsaIds.size + signIns.size === 0 && allBut === undefined;
}

/** Whether it is an event of access, or about one. */
function isOfAccess({ type, data }: GivingEntry, history: readonly GivingEntry[]): boolean {
  if (Object.hasOwn(accessTypes, type)) return true;
  const about = history.find(({ id }) => id === data['corrects']);
  return about !== undefined && isOfAccess(about, history.slice(0, history.indexOf(about)));
}
