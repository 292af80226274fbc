import type { Day } from '../kernel/time/day.js';
import { coverAbsences } from './absences.js';
import { appointment, assign, begin, choose, type Assignment } from './assignments.js';
import { otherRequests, requestBefore } from './change-requests.js';
import type { Episode } from './episode.js';
import { FAR, type Entry } from './ledger.js';
import { LANGUAGE_WISH, WISH_TEXTS, WITHOUT_CONTACT_TEXTS } from './phrases.js';
import { TITLE_DAY } from './rates.js';
import { CONTACTS } from './recipient-rates.js';
import { managerActor, perYear } from './world.js';

const WISH = 'RECIPIENT_WISH';

/**
 * Writes the contacts of someone who said yes on `on`: appointed, replaced, absent, until `until` or the end of the
 * care.
 */
export function provideContacts(episode: Episode, on: Day, until: Day, said: Entry): Assignment[] {
  const { random } = episode.terms;
  const contacts: Assignment[] = [];
  if (random.chance(CONTACTS.never)) return contacts;
  const last = Math.min(until, episode.terms.end, episode.terms.cohort.scene.to + CONTACTS.aheadDays[1]);
  let primary = assign(episode, 'PRIMARY', on + random.spread(CONTACTS.assignDays), [said], last);
  if (primary && random.chance(CONTACTS.second)) {
    const second = assign(episode, 'SECOND', primary.from, [primary.entry], last, primary.worker);
    if (second) contacts.push(second);
  }
  const wishes = primary ? perYear(random, CONTACTS.wishPerYear, primary.from + 1, last) : [];
  while (primary) {
    contacts.push(primary);
    const change = nextChange(episode, primary, wishes);
    coverAbsences(episode, primary, Math.min(change.on, last), contacts);
    otherRequests(episode, primary, Math.min(change.on, last));
    primary = change.on < last ? succeed(episode, primary, change, last) : undefined;
  }
  return contacts;
}

/** Writes the end of every contact that is still active on the day. */
export function endContacts(
  episode: Episode,
  contacts: readonly Assignment[],
  on: Day,
  initiator: string,
  reasonCode: string,
): void {
  for (const contact of contacts) {
    if (contact.from <= on && on < contact.to) end(episode, contact, on, initiator, reasonCode);
  }
}

interface Change {
  readonly on: Day;
  readonly initiator: string;
  readonly reasonCode: string;
  /** The day on which one can know it. */
  readonly known?: Day;
}

/** What ends the assignment first. */
function nextChange(episode: Episode, { worker, from }: Assignment, wishes: readonly Day[]): Change {
  const { random } = episode.terms;
  const changes: Change[] = [
    {
      on: worker.until,
      initiator: 'STAFF',
      reasonCode: worker.movesUnit ? 'UNIT_CHANGE' : 'STAFF_LEFT',
      known: worker.noticeOn,
    },
  ];
  const wish = wishes.find((day) => day > from);
  if (wish !== undefined) changes.push({ on: wish, initiator: 'RECIPIENT', reasonCode: WISH });
  const moved = episode.units.find((stay) => stay.from > from);
  if (moved) changes.push({ on: moved.from, initiator: 'UNIT', reasonCode: 'UNIT_CHANGE' });
  const long = worker.leaves.find((leave) => leave.from > from && leave.to - leave.from > CONTACTS.longLeaveDays);
  if (long && random.chance(CONTACTS.replacedOnLongLeave))
    changes.push({ on: long.from, initiator: 'UNIT', reasonCode: 'STAFF_LEAVE' });
  const required = Math.max(from + 1, TITLE_DAY);
  if (worker.provenFrom > required && random.chance(CONTACTS.cleanedUp)) {
    changes.push({ on: required + random.within(CONTACTS.cleanUpDays), initiator: 'UNIT', reasonCode: 'SUITABILITY' });
  }
  return changes.reduce((first, change) => (change.on < first.on ? change : first));
}

/** Who follows: at once by a replacement, else after a gap by a new appointment. */
function succeed(episode: Episode, former: Assignment, change: Change, last: Day): Assignment | undefined {
  const { random } = episode.terms;
  if (random.chance(CONTACTS.replacedAtOnce)) return replace(episode, former, change);
  if (random.chance(CONTACTS.gapEndWritten)) end(episode, former, change.on, change.initiator, change.reasonCode);
  else former.to = change.on;
  const successor = assign(episode, 'PRIMARY', change.on + random.within(CONTACTS.gapDays), [former.entry], last);
  if (successor && change.reasonCode === WISH) requestBefore(episode, former, change.on, successor);
  return successor;
}

function replace(episode: Episode, former: Assignment, change: Change): Assignment | undefined {
  const { random } = episode.terms;
  const choice = choose(episode, change.on, former.worker);
  if (!choice) return undefined;
  const id = random.uuid();
  const manager = episode.managerOn(change.on);
  const inWords = change.reasonCode === WISH && random.chance(500) ? { reasonText: random.pick(WISH_TEXTS) } : {};
  const { initiator, reasonCode } = change;
  const data = {
    ends: former.id,
    assignment: id,
    staff: choice.worker.id,
    ...appointment(episode, change.on, manager),
    initiator,
    reasonCode: inWords.reasonText === LANGUAGE_WISH ? 'LANGUAGE' : reasonCode,
    ...inWords,
    ...choice.override,
  };
  former.to = change.on;
  const entry = episode.write('ContactReplaced', change.on, data, {
    after: [former.entry, choice.worker.registered, manager.registered],
    known: knownAhead(episode, change),
    actor: managerActor(episode.unitOn(change.on), change.on),
  });
  const { worker } = choice;
  const successor: Assignment = { id, role: 'PRIMARY', worker, from: change.on, entry, to: FAR };
  if (reasonCode === WISH) requestBefore(episode, former, change.on, successor, inWords.reasonText);
  return begin(episode, successor);
}

function knownAhead(episode: Episode, { on, known }: Change): Day | undefined {
  return known !== undefined && known < on ? known + episode.terms.random.below(on - known) : undefined;
}

function end(episode: Episode, contact: Assignment, on: Day, initiator: string, reasonCode: string): void {
  const words = reasonCode === WISH ? inWords(episode) : {};
  const data = { assignment: contact.id, initiator, reasonCode, ...words };
  episode.write('ContactEnded', on, data, { after: [contact.entry] });
  contact.to = on;
}

/** Why somebody does without a contact from now on. */
function inWords(episode: Episode): { reasonText?: string } {
  const random = episode.chanceOf('without');
  return random.chance(500) ? { reasonText: random.pick(WITHOUT_CONTACT_TEXTS) } : {};
}
