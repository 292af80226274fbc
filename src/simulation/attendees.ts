import type { Day } from '../kernel/time/day.js';
import type { Episode } from './episode.js';
import type { Entry } from './ledger.js';
import { OFFERS } from './recipient-rates.js';

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
    attendees.push({ kind: 'REPRESENTATIVE', name: representative.name });
  if (random.chance(HEALTH_PROFESSIONAL_PRESENT)) attendees.push({ kind: 'HEALTH_PROFESSIONAL' });
  return { attendees, after };
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
