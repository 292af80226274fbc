import { formatDay, type Day } from '../kernel/time/day.js';
import type { Episode } from './episode.js';
import { FAR, knownBefore, type Entry } from './ledger.js';
import { CONSIDERATION_TEXTS, OVERRIDE_REASONS } from './phrases.js';
import { TITLE_DAY } from './rates.js';
import { CONTACTS } from './recipient-rates.js';
import { APPOINTMENTS } from './routine-rates.js';
import { someoneAt } from './staff-at-work.js';
import { managerActor, worksOn, type Worker } from './world.js';

const SIGNED_VERSIONS: readonly (readonly [Day, string])[] = [
  [0, '1'],
  [TITLE_DAY, '2'],
  [TITLE_DAY + 900, '3'],
];
const PRACTICE_PLACES = ['Enhetens kontor', 'Hemma hos omsorgstagaren'] as const;

/** One person's time as a recipient's contact. */
export interface Assignment {
  readonly id: string;
  readonly role: 'PRIMARY' | 'SECOND' | 'DEPUTY';
  readonly worker: Worker;
  readonly from: Day;
  readonly entry: Entry;
  /** First day without it as far as written down; FAR while nothing says so. */
  to: Day;
}

/**
 * Appoints someone of the unit: entitled as far as the manager knows, mostly.
 * @returns undefined when there is nobody, or no time left.
 */
export function assign(
  episode: Episode,
  role: Assignment['role'],
  on: Day,
  after: readonly Entry[],
  last: Day,
  besides?: Worker,
): Assignment | undefined {
  const { random } = episode.terms;
  const choice = on < last ? choose(episode, on, besides) : undefined;
  if (!choice) return undefined;
  const id = random.uuid();
  const manager = episode.managerOn(on);
  const data = {
    assignment: id,
    role,
    staff: choice.worker.id,
    ...appointment(episode, on, manager),
    ...choice.override,
  };
  const known = random.chance(CONTACTS.ahead) ? on - random.within(CONTACTS.aheadDays) : undefined;
  const entry = episode.write('ContactAssigned', on, data, {
    after: [...after, choice.worker.registered, manager.registered],
    known,
    actor: managerActor(episode.unitOn(on), on),
  });
  return begin(episode, { id, role, worker: choice.worker, from: on, entry, to: FAR });
}

/** Who appoints, the manager with few exceptions, and often why this employee suits this recipient. */
export function appointment(
  episode: Episode,
  on: Day,
  manager: Worker,
): { appointedBy: string; considerations?: string } {
  const random = episode.chanceOf('appointment');
  const other = someoneAt(episode, on, random);
  const byAnother = random.chance(APPOINTMENTS.byAnother) && knownBefore(other.registered, on);
  return {
    appointedBy: byAnother ? other.id : manager.id,
    ...(random.chance(APPOINTMENTS.considerations) ? { considerations: random.pick(CONSIDERATION_TEXTS) } : {}),
  };
}

/** Who handed over the description that was signed on the day, and when. */
function given(episode: Episode, signedOn: Day): { givenBy?: string; givenOn?: string } {
  const random = episode.chanceOf('description');
  const manager = episode.managerOn(signedOn);
  const givenOn = signedOn - random.within(APPOINTMENTS.givenBeforeDays);
  if (!random.chance(APPOINTMENTS.given) || !knownBefore(manager.registered, signedOn)) return {};
  return { givenBy: manager.id, givenOn: formatDay(givenOn) };
}

/** What belongs to every new assignment: the signed description, and the name in the documents. */
export function begin(episode: Episode, assignment: Assignment): Assignment {
  const { random } = episode.terms;
  const { worker, from, entry, id, role } = assignment;
  const signedOn = from + random.spread(CONTACTS.signedDays);
  if (random.chance(CONTACTS.signed) && signedOn < worker.until && episode.ongoing(signedOn)) {
    const version = SIGNED_VERSIONS.findLast(([since]) => since <= signedOn)?.[1] ?? '1';
    worker.stream.record(
      'AssignmentDescriptionSigned',
      signedOn,
      { assignment: id, version, place: random.pick(PRACTICE_PLACES), ...given(episode, signedOn) },
      { after: [entry] },
    );
  }
  if (role !== 'PRIMARY') return assignment;
  for (const [document, share] of [
    ['JOURNAL', CONTACTS.inJournal],
    ['PROFILE', CONTACTS.inProfile],
    ['PLAN', CONTACTS.inPlanDocument],
  ] as const) {
    if (!random.chance(share)) continue;
    const on = from + random.spread(CONTACTS.recordedDays);
    episode.write('RecordedInDocument', on, { document, about: { ref: entry.ref } }, { after: [entry] });
  }
  return assignment;
}

/** Who is taken, and the reason given where the title was passed over. */
export interface Choice {
  readonly worker: Worker;
  readonly override?: { readonly override: { readonly reason: string } };
}

/**
 * Someone of the unit who is at work that day, entitled as far as the manager knows, mostly.
 * @returns undefined when nobody is.
 */
export function choose(episode: Episode, on: Day, besides?: Worker): Choice | undefined {
  const { random } = episode.terms;
  const present = episode.unitOn(on).workers.filter((worker) => worker !== besides && worksOn(worker, on));
  const fit = random.chance(CONTACTS.titleIgnored) ? [] : present.filter((worker) => seemsEntitled(worker, on));
  if (fit.length > 0) return { worker: random.pick(fit) };
  if (present.length === 0) return undefined;
  const worker = random.pick(present);
  const overridden = on >= TITLE_DAY && !seemsEntitled(worker, on) && random.chance(CONTACTS.override);
  return overridden ? { worker, override: { override: { reason: random.pick(OVERRIDE_REASONS) } } } : { worker };
}

/** What the manager goes by: the training before the title was required, the proof after. */
function seemsEntitled(worker: Worker, on: Day): boolean {
  return on < TITLE_DAY ? worker.assistantNurse : worker.provenFrom <= on;
}
