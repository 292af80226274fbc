import type { Day } from '../kernel/time/day.js';
import type { Consent, Episode } from './episode.js';
import type { Entry } from './ledger.js';
import { PROFESSIONAL } from './phrases.js';
import { OFFERS } from './recipient-rates.js';
import { PARTICIPANTS } from './routine-rates.js';
import type { Representative } from './world.js';

const PROFESSIONALS = 'professionals';
const RECIPIENT_PRESENT = 980;
const REPRESENTATIVE_PRESENT = 500;
const HEALTH_PROFESSIONAL_PRESENT = 80;
const CONSENT_SCOPE = ['INFORM', 'ATTEND_MEETINGS', 'CONTACT_DETAILS'] as const;
const WITHDRAWN_AFTER_DAYS: readonly [number, number] = [30, 500];

/** Who took part, in the form of contract §1. */
export interface Attendee {
  readonly kind: string;
  readonly name?: string;
  readonly consent?: string;
  readonly representative?: string;
}

/** Those who took part, and the lines that say so rests on. */
export interface Gathering {
  readonly attendees: readonly Attendee[];
  readonly after: readonly Entry[];
}

/**
 * Who sits down together on a day. A relative may be there with a consent, given that day or before, or without one.
 */
export function gather(episode: Episode, day: Day, others: readonly string[]): Gathering {
  const { random, recipient } = episode.terms;
  const attendees: Attendee[] = [];
  const after: Entry[] = [];
  if (random.chance(RECIPIENT_PRESENT)) attendees.push({ kind: 'RECIPIENT' });
  for (const kind of others) attendees.push({ kind });
  if (random.chance(OFFERS.relativeTakesPart)) {
    const consent = consentOn(episode, day);
    attendees.push({ kind: 'RELATIVE', name: recipient.relative.name, ...(consent ? { consent: consent.id } : {}) });
    if (consent) after.push(consent.given);
  }
  const { representative } = recipient;
  if (representative && random.chance(REPRESENTATIVE_PRESENT))
    attendees.push({ kind: 'REPRESENTATIVE', name: representative.name, ...named(episode, representative) });
  if (random.chance(HEALTH_PROFESSIONAL_PRESENT)) {
    const consent = consentToProfessionals(episode, day);
    attendees.push({ kind: 'HEALTH_PROFESSIONAL', ...(consent ? { consent: consent.id } : {}) });
    if (consent) after.push(consent.given);
  }
  return { attendees, after };
}

function named(episode: Episode, { id }: Representative): { representative?: string } {
  return episode.chanceOf('attendee').chance(PARTICIPANTS.representativeNamed) ? { representative: id } : {};
}

/** The consent by which a health professional takes part: the one there is, else mostly one given some days before. */
function consentToProfessionals(episode: Episode, day: Day): Consent | undefined {
  const random = episode.chanceOf(PROFESSIONALS);
  if (episode.consentToProfessionals || !random.chance(PARTICIPANTS.consentForProfessional))
    return episode.consentToProfessionals;
  const on = Math.max(episode.terms.start, day - random.within(PARTICIPANTS.consentBeforeDays));
  const id = random.uuid();
  const data = { consent: id, ...PROFESSIONAL, scope: ['SHARE_WITH_PROFESSIONALS'] };
  // Written down on the day it was given: who names it at the meeting need not wait for it.
  const given = episode.recordAside(PROFESSIONALS, 'ConsentGiven', on, data, { known: on });
  episode.consentToProfessionals = { id, given };
  return episode.consentToProfessionals;
}

/** The consent that the meeting names: the one there is, withdrawn or not, else often a new one. */
function consentOn(episode: Episode, day: Day): Episode['consent'] {
  const { random, recipient } = episode.terms;
  if (episode.consent || !random.chance(OFFERS.consent)) return episode.consent;
  const id = random.uuid();
  const { name, relation } = recipient.relative;
  const scope = random.chance(900) ? CONSENT_SCOPE : CONSENT_SCOPE.slice(0, 1);
  const given = episode.write('ConsentGiven', day, { consent: id, person: name, relation, scope });
  episode.consent = { id, given };
  if (random.chance(OFFERS.consentWithdrawn)) {
    episode.write('ConsentWithdrawn', day + random.within(WITHDRAWN_AFTER_DAYS), { consent: id }, { after: [given] });
  }
  return episode.consent;
}
