import type { Assigned } from '../../access/model.js';
import type { AccessRecord } from '../access-record.js';

/** Why a look may have to be explained. */
export const STAND_OUT_KINDS = [
  'NO_CARE_RELATION',
  'AFTER_CARE_ENDED',
  'NOT_EMPLOYED',
  'ON_LEAVE',
  'ODD_HOURS',
  'SAME_SURNAME',
  'PROTECTED',
  'BREAK_GLASS',
  'NOTED',
  'MANY',
  'REPEATED_DENIED',
  'EXPORT',
  'ONLY_ONCE',
] as const;
export type StandOutKind = (typeof STAND_OUT_KINDS)[number];

/** Swedish: what cannot be tried, and why: no sign-in releases whose personnummer is behind it, and no address is kept. */
export const NOT_TRIED_WORDS =
  'Om någon har läst om sig själv eller om en kollega prövas inte: inloggningen lämnar inte ut läsarens personnummer. Inte heller om läsaren och den enskilde bor på samma adress: registret har inga adresser.';

export interface StandOut {
  readonly kind: StandOutKind;
  /** Swedish, without names: why it stands out. */
  readonly reason: string;
}

/** What is known of who looked, on the day of the look. */
export interface Reader {
  /** Whether an employment was under way; undefined for who is no member of the staff. */
  readonly employed?: boolean;
  readonly onLeave?: boolean;
  /** The roles that she held. */
  readonly roles: readonly Assigned[];
  /** Comparable surnames; opened for the review and kept nowhere. */
  readonly surnames: ReadonlySet<string>;
}

/** What is known of whom she looked at, on that day. */
export interface Seen {
  /** All registrations of the person. */
  readonly recipients: ReadonlySet<string>;
  readonly controllers: ReadonlySet<string>;
  /** Units of the care that went on. */
  readonly units: ReadonlySet<string>;
  /** Units of all care there ever was. */
  readonly everUnits: ReadonlySet<string>;
  /** Days since the last care ended; undefined while care goes on, and for who never had any. */
  readonly daysSinceCare?: number;
  readonly surnames: ReadonlySet<string>;
  readonly isProtected: boolean;
  readonly isNoted: boolean;
  /** Ids of those who broke a glass for her that day. */
  readonly glassBrokenBy: ReadonlySet<string>;
}

/** What was done around the look. */
export interface Around {
  /** How many different persons she looked at that day. */
  readonly personsThatDay: number;
  /** More persons a day than this are many for her role. */
  readonly usualMost: number;
  readonly refusedThatDay: number;
  /** How often she looked at this person in the period. */
  readonly timesInPeriod: number;
  /** The time in Stockholm, `HH:MM`. */
  readonly timeOfDay: string;
  readonly ordinaryHours: OrdinaryHours;
}

/** Times in Stockholm, `HH:MM`; the second is left out. */
export interface OrdinaryHours {
  readonly from: string;
  readonly to: string;
}

/** A look this long after all care has ended has to be explained, in days. */
const LONG_AFTER_CARE = 90;
const LONG_AGO = `Den enskildes insatser hade upphört mer än ${LONG_AFTER_CARE} dagar tidigare.`;
/** So many refusals on one day look like trying. */
const MANY_REFUSALS = 5;

/** A look as a record tells it: who, what, what for. */
export type Look = Pick<AccessRecord, 'act' | 'purpose'> & { readonly who: Pick<AccessRecord['who'], 'id'> };

/**
 * All reasons for which a look at a person stands out; none for most. Whether it was improper a person decides.
 * Sources: what the supervisory authority asks of a check of access, and the kinds that municipal routines for it name
 * (relation to the task, odd hours, kinship, persons of local interest), with those that the register itself can see.
 */
export function standsOut(look: Look, reader: Reader, seen: Seen, around: Around): StandOut[] {
  const found: StandOut[] = [];
  const add = (kind: StandOutKind, reason: string): number => found.push({ kind, reason });
  const related = reader.roles.some((role) => reachesPerson(role, seen));
  const hasCare = seen.units.size > 0;
  if (!related && hasCare)
    add('NO_CARE_RELATION', 'Läsaren hade den dagen inget uppdrag i någon enhet som den enskilde hade insatser från.');
  if (seen.daysSinceCare !== undefined && seen.daysSinceCare > LONG_AFTER_CARE && look.purpose === 'DAILY')
    add('AFTER_CARE_ENDED', `Den enskildes insatser hade upphört ${seen.daysSinceCare} dagar tidigare.`);
  if (reader.employed === false) add('NOT_EMPLOYED', 'Läsaren hade ingen pågående anställning den dagen.');
  if (reader.onLeave === true) add('ON_LEAVE', 'Läsaren var ledig den dagen.');
  if (isOdd(around)) add('ODD_HOURS', `Läsningen skedde klockan ${around.timeOfDay}, utanför ordinarie tid.`);
  if ([...seen.surnames].some((name) => reader.surnames.has(name)))
    add('SAME_SURNAME', 'Läsaren och den enskilde har samma efternamn.');
  if (seen.isProtected) add('PROTECTED', 'Den enskilde har skyddade personuppgifter eller begränsad åtkomst.');
  if (look.act === 'BREAK_GLASS' || seen.glassBrokenBy.has(look.who.id))
    add('BREAK_GLASS', 'Uppgifterna öppnades genom nödåtkomst.');
  if (seen.isNoted) add('NOTED', 'Den enskilde är särskilt uppmärksammad i loggkontrollen.');
  if (around.personsThatDay > around.usualMost)
    add('MANY', `Läsaren tog del av ${around.personsThatDay} personer den dagen, ovanligt många för rollen.`);
  if (around.refusedThatDay >= MANY_REFUSALS)
    add('REPEATED_DENIED', `Läsaren nekades åtkomst ${around.refusedThatDay} gånger den dagen.`);
  if (look.act === 'EXPORT' || look.act === 'PRINT')
    add('EXPORT', 'Uppgifterna togs ut ur registret som fil eller utskrift.');
  if (around.timesInPeriod === 1 && !related && !hasCare)
    add('ONLY_ONCE', 'Läsaren tog del av uppgifterna en enda gång, utan att den enskilde hade någon pågående insats.');
  return found;
}

/**
 * What may be told of why a look stands out where who looked or whom she looked at is hidden: nothing that leads to
 * her. The one's name tells the other's surname, whoever noted her knows whom, and the days since her care tell when it
 * ended.
 * @param hidden which of the two is left out
 */
export function toldStandOuts(
  found: readonly StandOut[],
  hidden: { readonly reader: boolean; readonly recipient: boolean },
): StandOut[] {
  return found.flatMap((one) => {
    if (one.kind === 'SAME_SURNAME' && (hidden.reader || hidden.recipient)) return [];
    if (one.kind === 'NOTED' && hidden.recipient) return [];
    return one.kind === 'AFTER_CARE_ENDED' && hidden.recipient ? [{ ...one, reason: LONG_AGO }] : [one];
  });
}

/** Whether a role has to do with a person: her own recipients, units that she has or had care from, or all of a controller. */
function reachesPerson({ recipients, units, controller }: Assigned, seen: Seen): boolean {
  if (recipients !== undefined) return recipients.some((one) => seen.recipients.has(one));
  const hers = seen.units.size > 0 ? seen.units : seen.everUnits;
  return units === undefined ? seen.controllers.has(controller) : units.some((unit) => hers.has(unit));
}

function isOdd({ timeOfDay, ordinaryHours: { from, to } }: Around): boolean {
  return from <= to ? timeOfDay < from || timeOfDay >= to : timeOfDay >= to && timeOfDay < from;
}

/**
 * The number of persons a day that is the usual most of a role: what 99 of 100 readers' days do not go beyond, and twice
 * what is in the middle at least, since somebody is always the one in a hundred.
 * @param persons how many persons each reader of the role looked at, on each day
 */
export function usualMost(persons: readonly number[]): number {
  const sorted = [...persons].sort((one, other) => one - other);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return Math.max(at(0.99), 2 * at(0.5));
}
