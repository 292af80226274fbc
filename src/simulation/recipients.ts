import { formatDay, type Day } from '../kernel/time/day.js';
import { narrow } from './access.js';
import { liveThrough } from './care-path.js';
import {
  elderlyBirth,
  isMan,
  personnummer,
  replacementPersonnummer,
  samordningsnummer,
  youngBirth,
  type Birth,
} from './identities.js';
import { FAR, Stream, type Entry } from './ledger.js';
import { MEN, RELATIONS, SURNAMES, WOMEN } from './phrases.js';
import { Random } from './random.js';
import { SECOND_CARE_FORM } from './rates.js';
import { RECIPIENTS } from './recipient-rates.js';
import { loadedOn, managerActor, type CareUnit, type Cohort, type Recipient, type Representative } from './world.js';
import type { Episode } from './episode.js';

const LOADING_DAYS: readonly [number, number] = [1, 9];
const FOUND_TWICE_DAYS: readonly [number, number] = [10, 120];
const APPOINTMENT_DAYS: readonly [number, number] = [300, 1500];

/** Writes the history of every recipient who is registered in the unit. */
export function receiveAll(cohort: Cohort, unit: CareUnit): void {
  let neighbour: Episode | undefined;
  for (let place = 0; place < unit.recipients;) {
    const random = new Random(`${cohort.scene.seed}/recipient/${unit.firstRecipient + place}`);
    const arrives = arrival(cohort, unit, place, random);
    const twice = place + 1 < unit.recipients && random.chance(RECIPIENTS.duplicate);
    const recipient = register(cohort, unit, unit.firstRecipient + place, arrives, random, twice);
    neighbour = liveThrough(cohort, unit, recipient, random, neighbour);
    place += twice ? 2 : 1;
  }
}

/** On the first day a full unit has its recipients; the others come over the period. */
function arrival({ scene }: Cohort, unit: CareUnit, place: number, random: Random): Day {
  if (place < unit.recipientsAtOnce && unit.opens === scene.from) return scene.from;
  const last = Math.min(scene.to, unit.closes - 1);
  return unit.opens + random.below(last - unit.opens + 1);
}

function register(
  cohort: Cohort,
  unit: CareUnit,
  index: number,
  arrives: Day,
  random: Random,
  twice: boolean,
): Recipient {
  const { scene } = cohort;
  const careForm =
    unit.careForms[1] !== undefined && random.chance(SECOND_CARE_FORM)
      ? unit.careForms[1]
      : (unit.careForms[0] ?? 'HOME_CARE');
  const young = careForm === 'LSS' || careForm === 'HOUSING_SUPPORT' || random.chance(RECIPIENTS.young);
  const birth = young ? youngBirth(index, scene.from) : elderlyBirth(index, scene.from);
  const name = `${random.pick(isMan(birth) ? MEN : WOMEN)} ${random.pick(SURNAMES)}`;
  const known = arrives === scene.from ? loadedOn(scene, random, LOADING_DAYS) : arrives;
  const draft = { cohort, unit, index, birth, name, arrives, known, random };
  const id = random.uuid();
  const stream = openStream(draft, id, index);
  const registered = twice ? registerTwice(draft, stream) : registerOnce(draft, stream);
  const relative = {
    name: `${random.pick([...WOMEN, ...MEN])} ${random.pick(SURNAMES)}`,
    relation: random.pick(RELATIONS),
  };
  return { id, index, registered, arrives, careForm, relative, representative: appointRepresentative(draft, stream) };
}

/** What is known of someone before they are registered. */
interface Draft {
  readonly cohort: Cohort;
  readonly unit: CareUnit;
  readonly index: number;
  readonly birth: Birth;
  readonly name: string;
  readonly arrives: Day;
  readonly known: Day;
  readonly random: Random;
}

function openStream({ cohort, unit, arrives, random }: Draft, id: string, index: number): Stream {
  return new Stream(cohort.scene.ledger, random, 'recipient', id, `r${index}`, managerActor(unit, arrives));
}

interface Identity {
  readonly type: string;
  readonly value: string;
  readonly issuer?: string;
}

function record(draft: Draft, stream: Stream, identity: Identity, on: Day, known: Day): Entry {
  const { birth, cohort, name, random, unit } = draft;
  const data = {
    controller: unit.controller.id,
    identity,
    name,
    ...(random.chance(RECIPIENTS.birthDateKnown) ? { birthDate: formatDay(birth.day) } : {}),
    protection: random.weighted(RECIPIENTS.protection),
  };
  const registered = stream.record('RecipientRegistered', on, data, { after: [unit.controller.opened], known });
  if (cohort.scene.withAccess && data.protection === 'PROTECTED_REGISTRATION')
    narrow(cohort.scene, unit, stream, registered, on);
  return registered;
}

function registerOnce(draft: Draft, stream: Stream): Entry {
  const { arrives, birth, known, random } = draft;
  const draw = random.below(1000);
  const interim = draw < RECIPIENTS.reserveNumber + RECIPIENTS.coordinationNumber;
  const identity =
    draw < RECIPIENTS.reserveNumber
      ? reserve(draft)
      : interim
        ? { type: 'SAMORDNINGSNUMMER', value: samordningsnummer(birth) }
        : ordinary(birth);
  const registered = record(draft, stream, identity, arrives, known);
  if (interim && random.chance(RECIPIENTS.identityFound)) {
    stream.record('RecipientIdentityChanged', known + random.within(RECIPIENTS.identityFoundDays), {
      identity: ordinary(birth),
    });
  }
  if (!interim && random.chance(RECIPIENTS.secretIdentity)) {
    const changed = { type: 'PERSONNUMMER', value: replacementPersonnummer(birth) };
    stream.record('RecipientIdentityChanged', known + random.within(RECIPIENTS.identityFoundDays), {
      identity: changed,
      formerSecret: true,
    });
  }
  if (random.chance(RECIPIENTS.protectionChanges)) {
    stream.record('RecipientProtectionChanged', known + random.within(RECIPIENTS.identityFoundDays), {
      protection: random.weighted(RECIPIENTS.protection),
    });
  }
  return registered;
}

/**
 * First with a reserve number, then again as someone new with the personnummer; care goes on under the first until they
 * are merged.
 */
function registerTwice(draft: Draft, stream: Stream): Entry {
  const { cohort, arrives, birth, index, known, random } = draft;
  const registered = record(draft, stream, reserve(draft), arrives, known);
  const on = Math.min(cohort.scene.to, known + random.within(FOUND_TWICE_DAYS));
  const secondId = random.uuid();
  const second = record(draft, openStream(draft, secondId, index + 1), ordinary(birth), on, on);
  stream.record('RecipientMerged', on + random.within(FOUND_TWICE_DAYS), { into: secondId }, { after: [second] });
  return registered;
}

function ordinary(birth: Birth): Identity {
  return { type: 'PERSONNUMMER', value: personnummer(birth) };
}

function reserve({ index, unit }: Draft): Identity {
  return { type: 'RESERVE', value: `R-${String(index).padStart(7, '0')}`, issuer: unit.controller.name };
}

function appointRepresentative({ random, known, cohort }: Draft, stream: Stream): Representative | undefined {
  if (!random.chance(RECIPIENTS.representative)) return undefined;
  const on = Math.min(cohort.scene.to, known + random.below(30));
  const id = random.uuid();
  const name = `${random.pick([...WOMEN, ...MEN])} ${random.pick(SURNAMES)}`;
  const validTo = random.chance(RECIPIENTS.representativeTimeLimited) ? on + random.within(APPOINTMENT_DAYS) : FAR;
  const registered = stream.record('RepresentativeRegistered', on, {
    representative: id,
    kind: random.weighted(RECIPIENTS.representativeKinds),
    name,
    scope: ['SORJA_FOR_PERSON', ...(random.chance(600) ? ['BEVAKA_RATT'] : [])],
    ...(validTo < FAR ? { validTo: formatDay(validTo) } : {}),
  });
  return { id, name, registered, until: validTo };
}
