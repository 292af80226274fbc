import type { ContactRole, TitleBasis } from '../../compliance-rules/model.js';
import type { EpisodeStateName } from '../../answers/current-state/unit-row.js';
import { codeWords } from '../../facts/labels.js';
import { CARE_FORMS } from '../../facts/codes.js';

/** The state of an episode in a list. */
export const STATE_WORDS: Readonly<Record<EpisodeStateName, string>> = {
  ACTIVE: 'Har kontakt',
  ACCEPTED_NO_CONTACT: 'Saknar kontakt',
  NOT_OFFERED: 'Inte erbjuden',
  OFFER_PENDING: 'Väntar på svar',
  DECLINED: 'Tackat nej',
  UNNECESSARY: 'Uppenbart obehövligt',
  UNNECESSARY_REASSESS: 'Att bedöma på nytt',
  PAUSED: 'Uppehåll',
};

export const ROLE_WORDS: Readonly<Record<ContactRole, string>> = {
  PRIMARY: 'ordinarie',
  SECOND: 'andra',
  DEPUTY: 'vice',
};

export const TITLE_WORDS: Readonly<Record<TitleBasis, string>> = {
  CERTIFICATE: 'bevis',
  TRANSITION: 'övergångsregel till 2033-06-30',
  EMPLOYER_APPROVED: 'godkänd utbildning',
  NONE: 'saknar bevis',
};

/** What is shown for the name of somebody who is protected, or whose name cannot be read. */
export const NAMELESS = 'Skyddade uppgifter';

export function careFormWords(form: string): string {
  return codeWords(CARE_FORMS, form);
}

/** `1 person`, `7 personer` */
export function persons(count: number): string {
  return count === 1 ? '1 person' : `${count} personer`;
}

/** The first letter large. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
