import { Facts } from '../compliance-rules/facts.js';
import { resolveEntries } from '../compliance-rules/resolve-entries.js';
import { careOf } from '../compliance-rules/situation/care.js';
import { LONGEST_GLASS_MS } from '../facts/types/access.js';
import type { RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import { civilDayOf } from '../kernel/time/clock.js';
import type { Day } from '../kernel/time/day.js';
import { loadPerson } from '../judgement/person/person.js';
import type { ReadSide } from '../judgement/read-side.js';
import type { Glass, PersonResource, PlaceResource, Protected } from './model.js';
import type { AsOf, Rests } from './roles/caller-roles.js';

/** So long whoever registered a person without care has her in reach, in days. */
export const DAYS_AFTER_REGISTRATION = 30;

export type ResourceReads = Pick<ReadSide, 'index' | 'streams'>;

/** A person as a decision sees her; undefined for nobody. Throws as {@link loadPerson}. */
export async function personResource(
  reads: ResourceReads,
  recipient: string,
  { day, upTo }: AsOf,
  rests: Rests = new Set(),
): Promise<PersonResource | undefined> {
  const person = await loadPerson(reads, recipient, upTo);
  for (const stream of person.streams.keys()) rests.add(stream);
  for (const id of await reads.index.mergedWith(recipient)) rests.add(`recipient-${id}`);
  const registrations = person.recipients.map((id) => person.streams.get(`recipient-${id}`) ?? []);
  if (registrations.every((events) => events.length === 0)) return undefined;

  const care = person.episodes.flatMap((id) => {
    const known = careOf(new Facts(resolveEntries(person.streams.get(`careEpisode-${id}`) ?? [])));
    return known ? [known] : [];
  });
  const open = care.filter(({ end, start }) => end > day && end > start.day);
  const units = new Set(open.flatMap((one) => one.units.filter(({ to }) => to > day).map(({ value }) => value)));
  const everUnits = new Set(care.flatMap((one) => one.units.map(({ value }) => value)));
  const owners = await Promise.all([...units].map((unit) => unitResource(reads, unit, upTo, rests)));
  const controllers = registrations.flatMap(([first]) => (first?.controller === undefined ? [] : [first.controller]));
  const registeredBy = units.size === 0 ? registrarOf(registrations, day) : undefined;
  return {
    kind: 'person',
    recipients: new Set(person.recipients),
    controllers: new Set([...controllers, ...owners.flatMap((unit) => [...(unit?.controllers ?? [])])]),
    units,
    everUnits,
    commissionedBy: new Set(owners.flatMap((unit) => [...(unit?.commissionedBy ?? [])])),
    ...(registeredBy === undefined ? {} : { registeredBy }),
    protected: protectionOn(registrations, day),
    glass: registrations.flatMap(brokenGlass),
  };
}

/** A unit as a decision sees it; undefined for none. */
export async function unitResource(
  { index }: Pick<ReadSide, 'index'>,
  unit: string,
  upTo?: bigint,
  rests: Rests = new Set(),
): Promise<PlaceResource | undefined> {
  rests.add(`unit-${unit}`);
  const history = await index.shared.read(`unit-${unit}`, upTo);
  const [first] = history;
  if (!first) return undefined;
  const [opened] = new Facts(resolveEntries(history)).of('UnitOpened');
  const commissionedBy = opened?.data.commissionedBy;
  return {
    kind: 'unit',
    controllers: new Set(opened ? [opened.data.controller] : first.controller === undefined ? [] : [first.controller]),
    units: new Set([unit]),
    commissionedBy: new Set(commissionedBy === undefined ? [] : [commissionedBy]),
  };
}

/** A staff member as a decision sees her: by the unit that she works in that day, and whose register she is in. */
export async function staffResource(
  { streams }: Pick<ReadSide, 'streams'>,
  id: string,
  { day, upTo }: AsOf,
  rests: Rests = new Set(),
): Promise<PlaceResource | undefined> {
  rests.add(`staff-${id}`);
  const history = await streams.read(`staff-${id}`, upTo);
  const [first] = history;
  if (!first) return undefined;
  const places = new Facts(resolveEntries(history)).of('StaffRegistered', 'StaffMovedUnit');
  const here = places.findLast((fact) => fact.day <= day) ?? places[0];
  return {
    kind: 'staff',
    controllers: new Set(first.controller === undefined ? [] : [first.controller]),
    units: new Set(here ? [here.data.unit] : []),
    commissionedBy: new Set(),
  };
}

/** What protects a person on a day: of several registrations, what protects her most. */
export function protectionOn(registrations: readonly (readonly RecordedEvent[])[], day: Day): Protected {
  let protection: Protected['protection'] = 'NONE';
  let formerSecret = false;
  let named: ReadonlySet<string> | undefined;
  for (const history of registrations) {
    const facts = new Facts(resolveEntries(history));
    const said = facts.of('RecipientRegistered', 'RecipientProtectionChanged').filter((fact) => fact.day <= day);
    protection = stronger(
      protection,
      said.at(-1)?.data.protection ?? facts.of('RecipientRegistered')[0]?.data.protection,
    );
    formerSecret ||= facts.of('RecipientIdentityChanged').some(({ data }) => data.formerSecret === true);
    const last = facts.of('AccessNarrowed', 'AccessWidened').findLast((fact) => fact.day <= day);
    if (last?.type !== 'AccessNarrowed') continue;
    const alone = new Set(last.data.staff);
    named = named ? new Set([...alone].filter((one) => named?.has(one))) : alone;
  }
  return { protection, formerSecret, ...(named ? { named } : {}) };
}

const STRENGTH: Readonly<Record<Protected['protection'], number>> = {
  NONE: 0,
  CONFIDENTIALITY_MARKED: 1,
  PROTECTED_REGISTRATION: 2,
};

function stronger(one: Protected['protection'], other: Protected['protection'] = 'NONE'): Protected['protection'] {
  return STRENGTH[other] > STRENGTH[one] ? other : one;
}

/** Who broke the glass, and until when: not those breakings that were annulled. */
function brokenGlass(history: readonly RecordedEvent[]): Glass[] {
  const byId = new Map(history.map((event) => [event.id, event]));
  return new Facts(resolveEntries(history)).of('GlassBroken').flatMap(({ id, day, data }) => {
    const broken = byId.get(id);
    if (!broken) return [];
    // A correction may shorten it; whatever it says, no glass stays broken for longer.
    const longest = new Date(Date.parse(broken.recordedAt) + LONGEST_GLASS_MS).toISOString();
    return [{ by: broken.actor.id, on: day, until: data.until < longest ? data.until : longest }];
  });
}

/** Who registered a person, where that is not long ago. */
function registrarOf(registrations: readonly (readonly RecordedEvent[])[], day: Day): string | undefined {
  const [newest] = registrations
    .flatMap(([first]) => (first ? [first] : []))
    .sort((a, b) => (a.recordedAt < b.recordedAt ? 1 : -1));
  if (!newest || civilDayOf(newest.recordedAt) + DAYS_AFTER_REGISTRATION < day) return undefined;
  return newest.actor.id;
}
