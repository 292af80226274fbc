import type { Day } from '../kernel/time/day.js';
import { gather } from './attendees.js';
import { endContacts, provideContacts } from './contacts.js';
import { conversation } from './conversations.js';
import type { Episode } from './episode.js';
import { FAR, knownBefore, type Entry } from './ledger.js';
import { mend } from './mishaps.js';
import { noteInJournal } from './notes.js';
import { DECLINE_TEXTS, RECIPIENT_VIEWS, UNNECESSARY_REASONS } from './phrases.js';
import { agreePlan } from './plans.js';
import { DUTY_DAY, PREPARATION_DAY } from './rates.js';
import { OFFERS } from './recipient-rates.js';
import { ASSESSMENTS } from './routine-rates.js';
import { someoneAt } from './staff-at-work.js';
import { managerActor, staffActor, type Worker } from './world.js';

const MOST_OFFERS = 4;
const CHANGE_OF_MIND_DAYS: readonly [number, number] = [40, 700];
const REPRESENTATIVE_ANSWERS = 600;
/** An answer is put down to a representative nobody registered. */
const NOBODY_ENTITLED = 4;
const REASON_IN_WORDS = 300;
const CONTACT_IN_SPITE_OF_NO = 15;
const ITEMS = [
  'ROLE_REPLACES_CONTACT_PERSON',
  'ROLE_CONTENT',
  'FREE_CHOICE',
  'RELATIVES_ASKED',
  'BROCHURE',
  'UNDERSTOOD',
] as const;

/** Writes what the episode has of the process: assessment, information, offer, answer, and what a yes leads to. */
export function runContactProcess(episode: Episode): void {
  const { random, start, careForm } = episode.terms;
  if (careForm !== 'HOME_CARE' && !random.chance(OFFERS.outsideHomeCare)) return;
  const before = start < DUTY_DAY;
  const base = before ? Math.max(start, PREPARATION_DAY) : start;
  if (careForm === 'HOME_CARE' && episode.lightOn(base) && random.chance(OFFERS.assessedUnnecessary)) {
    const offerOn = assessUnnecessary(episode, base + random.spread(OFFERS.assessmentDays));
    if (offerOn < FAR) offer(episode, offerOn, 1, OFFERS.yes);
  } else if (!random.chance(OFFERS.never)) {
    offer(
      episode,
      base + random.spread(before && base === PREPARATION_DAY ? OFFERS.firstRoundDays : OFFERS.days),
      1,
      OFFERS.yes,
    );
  }
}

/** @returns the day of the offer that a later change of services leads to, FAR when none does. */
function assessUnnecessary(episode: Episode, on: Day): Day {
  const { random } = episode.terms;
  assess(episode, on);
  let assessedOn = on;
  for (const change of episode.services) {
    if (change.from <= assessedOn) continue;
    const next = change.from + random.spread(OFFERS.afterChangeDays);
    if (random.chance(OFFERS.offeredAfterChange)) return next;
    if (!random.chance(OFFERS.reassessedAfterChange)) return FAR;
    assess(episode, next);
    assessedOn = next;
  }
  return FAR;
}

function assess(episode: Episode, on: Day): void {
  const { random } = episode.terms;
  const actor = managerActor(episode.unitOn(on), on);
  const assessed = episode.write(
    'ObviousUnnecessityAssessed',
    on,
    {
      criteria: episode.servicesOn(on).map((service) => `ONLY_${service}`),
      ...(random.chance(OFFERS.viewMissing) ? {} : { recipientView: random.pick(RECIPIENT_VIEWS) }),
      reason: random.pick(UNNECESSARY_REASONS),
      ...assessment(episode, on),
    },
    { actor },
  );
  noteInJournal(episode, on, assessed, actor);
}

/** Who assessed, and now and then what speaks against it. */
function assessment(episode: Episode, on: Day): { assessedBy?: string; counterIndications?: readonly string[] } {
  const random = episode.chanceOf('assessment');
  const manager = episode.managerOn(on);
  return {
    ...(random.chance(ASSESSMENTS.counterIndications)
      ? { counterIndications: [random.weighted(ASSESSMENTS.counterIndication)] }
      : {}),
    ...(random.chance(ASSESSMENTS.assessedBy) && knownBefore(manager.registered, on) ? { assessedBy: manager.id } : {}),
  };
}

/**
 * The `nth` offer: with information before it, and an answer or none after it. `yes` is the share of yeses in permille.
 */
function offer(episode: Episode, day: Day, nth: number, yes: number): void {
  const { random } = episode.terms;
  const on = episode.unpaused(day);
  if (!episode.ongoing(on) || on > episode.terms.cohort.scene.to) return;
  const by = someoneAt(episode, on, random);
  const informed = inform(episode, on, by);
  const id = random.uuid();
  const offered = episode.write(
    'ContactOffered',
    on,
    { offer: id, by: by.id },
    { after: [by.registered, ...informed], actor: staffActor(by) },
  );
  const again = on + random.within(OFFERS.againDays);
  if (random.chance(OFFERS.noAnswer)) {
    if (nth < MOST_OFFERS && random.chance(OFFERS.offeredAgainAfterSilence)) offer(episode, again, nth + 1, yes);
    return;
  }
  const answeredOn = on + random.spread(OFFERS.answerDays);
  if (random.chance(yes)) accept(episode, answeredOn, id, offered, by);
  else {
    decline(episode, answeredOn, id, offered, by);
    if (nth < MOST_OFFERS && random.chance(OFFERS.offeredAgainAfterNo))
      offer(episode, again, nth + 1, OFFERS.yesAfterNo);
  }
}

function inform(episode: Episode, on: Day, by: Worker): readonly Entry[] {
  const { random } = episode.terms;
  if (random.chance(OFFERS.informationMissing)) return [];
  const form = random.weighted(OFFERS.informationForms);
  const items = ITEMS.filter(() => !random.chance(OFFERS.itemMissing));
  const { attendees, after } = gather(episode, on, random.chance(200) ? ['MANAGER'] : []);
  const brochure = items.includes('BROCHURE') ? { brochureVersion: on < DUTY_DAY + 900 ? '2022-05' : '2024-12' } : {};
  const data = { form, items, ...brochure, attendees, ...conversation(episode, on, by, items, attendees) };
  return [episode.write('InformationGiven', on, data, { after, actor: staffActor(by) })];
}

function answering(episode: Episode): {
  readonly who: Readonly<Record<string, string>>;
  readonly after: readonly Entry[];
} {
  const { random, recipient } = episode.terms;
  const { representative } = recipient;
  if (representative && random.chance(REPRESENTATIVE_ANSWERS)) {
    return {
      who: { answeredBy: 'REPRESENTATIVE', representative: representative.id },
      after: [representative.registered],
    };
  }
  return { who: { answeredBy: random.chance(NOBODY_ENTITLED) ? 'REPRESENTATIVE' : 'RECIPIENT' }, after: [] };
}

function accept(episode: Episode, on: Day, offerId: string, offered: Entry, by: Worker): void {
  const { random } = episode.terms;
  const { who, after } = answering(episode);
  const said = episode.write(
    'OfferAccepted',
    on,
    { offer: offerId, ...who },
    { after: [offered, ...after], actor: staffActor(by) },
  );
  noteInJournal(episode, on, said, staffActor(by));
  const until = random.chance(OFFERS.changesMind) ? on + random.within(CHANGE_OF_MIND_DAYS) : FAR;
  const contacts = provideContacts(episode, on, until, said);
  agreePlan(episode, on, until, said, contacts);
  if (!episode.ongoing(until)) return;
  endContacts(episode, contacts, until, 'RECIPIENT', 'RECIPIENT_WISH');
  decline(episode, until, offerId, offered, by);
}

function decline(episode: Episode, on: Day, offerId: string, offered: Entry, by: Worker): void {
  const { random } = episode.terms;
  const { who, after } = answering(episode);
  const withoutReason = { offer: offerId, ...who };
  const reasonCode = random.weighted(OFFERS.reasons);
  const missing = random.chance(OFFERS.reasonMissing);
  const inWords =
    !missing && (reasonCode === 'OTHER' || random.chance(REASON_IN_WORDS))
      ? { reasonText: random.pick(DECLINE_TEXTS) }
      : {};
  const said = episode.write(
    'OfferDeclined',
    on,
    missing ? withoutReason : { ...withoutReason, reasonCode, ...inWords },
    {
      after: [offered, ...after],
      actor: staffActor(by),
    },
  );
  noteInJournal(episode, on, said, staffActor(by));
  if (missing && random.chance(OFFERS.reasonAddedLater)) {
    mend(episode.stream, random, 'EntryCorrected', said, {
      reason: 'Orsaken framgick av journalen',
      data: { ...withoutReason, reasonCode },
    });
  }
  if (random.chance(CONTACT_IN_SPITE_OF_NO)) provideContacts(episode, on, FAR, said);
}
