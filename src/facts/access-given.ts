import { streamIdOf } from '../kernel/event-sourcing/envelope.js';
import type { EventType } from '../kernel/event-sourcing/event-type.js';
import { type Layered, layersOf } from '../kernel/event-sourcing/layers.js';
import type { FactData, FactName } from './event-catalogue.js';
import { accessTypes } from './types/access.js';

/** An entry, recorded or about to be, with what is personal in it readable. */
export interface GivingEntry extends Layered {
  readonly id: string;
  readonly stream: string;
  /** Who recorded it; not needed of what is about to be. */
  readonly actor?: { readonly id: string };
}

/** To whom an entry gives access. */
export interface AccessGiven {
  /** Ids of staff members. */
  readonly staff: ReadonlySet<string>;
  /** In capitals. */
  readonly hsaIds: ReadonlySet<string>;
  /** Issuer and subject of sign-ins, as {@link signInOf} puts them together. */
  readonly signIns: ReadonlySet<string>;
  /** Ids of staff members whom it gives work in a unit, and by that the role of its care staff. Systems may do so. */
  readonly placed: ReadonlySet<string>;
  /** All but these staff members get access, where a narrowing is taken back. */
  readonly allBut?: ReadonlySet<string>;
}

/** Issuer and subject as one text, to be compared. */
export function signInOf(issuer: string, subject: string): string {
  return `${issuer}\0${subject}`;
}

type Gives<N extends FactName> = (given: Collected, data: FactData[N], stream: string) => void;

interface Collected {
  readonly staff: Set<string>;
  readonly hsaIds: Set<string>;
  readonly signIns: Set<string>;
  readonly placed: Set<string>;
}

/** What of the register gives access, and to whom: the one list of it. */
const GIVES: { readonly [N in FactName]?: Gives<N> } = {
  RoleGranted: ({ staff, signIns }, { holder }) => {
    if (holder.staff !== undefined) staff.add(holder.staff);
    if (holder.issuer !== undefined) signIns.add(signInOf(holder.issuer, holder.subject ?? ''));
  },
  IdentityLinked: ({ staff, signIns }, { issuer, subject }, stream) => {
    staff.add(streamIdOf(stream));
    signIns.add(signInOf(issuer, subject ?? ''));
  },
  StaffRegistered: ({ staff, hsaIds, placed }, { hsaId }, stream) => {
    placed.add(streamIdOf(stream));
    if (hsaId === undefined) return;
    staff.add(streamIdOf(stream));
    hsaIds.add(hsaId.toUpperCase());
  },
  EmploymentStarted: ({ placed }, _, stream) => {
    placed.add(streamIdOf(stream));
  },
  StaffMovedUnit: ({ placed }, _, stream) => {
    placed.add(streamIdOf(stream));
  },
  UnitOpened: ({ staff }, { manager }) => {
    if (manager !== undefined) staff.add(manager);
  },
  UnitManagerAppointed: ({ staff }, data) => {
    staff.add(data.staff);
  },
  AccessNarrowed: ({ staff }, data) => {
    for (const named of data.staff) staff.add(named);
  },
};

/** What takes access away; whoever corrects or annuls it gives back what the stream gave. */
const TAKES: ReadonlySet<string> = new Set<FactName>(['RoleRevoked', 'IdentityUnlinked', 'EmploymentEnded']);

/** What says where somebody works and nothing else of her access. */
const PLACES: ReadonlySet<string> = new Set<FactName>(['EmploymentStarted', 'EmploymentEnded', 'StaffMovedUnit']);

/** Of the contract's types those that give access. Their other data are of no account. */
const OF_THE_CONTRACT: ReadonlySet<string> = new Set<FactName>([
  'StaffRegistered',
  'UnitOpened',
  'UnitManagerAppointed',
]);

/** What of access a history file may hold by a leave of its own alone. A protection gives nobody anything. */
const WITH_LEAVE: ReadonlySet<string> = new Set(
  Object.keys(accessTypes).filter((type) => type !== 'StaffProtectionChanged'),
);

/**
 * Who gets access by an entry, were it recorded: by what it says itself, and as a correction or annulment by all that
 * its stream gave before, since what is put right there may bring any of it back.
 * @param history the entries of its stream, with what is personal in them readable
 * @returns undefined for what gives nobody access
 */
export function accessGivenBy(entry: GivingEntry, history: readonly GivingEntry[]): AccessGiven | undefined {
  const given = nothing();
  const own = collect(entry, given);
  if (!isAboutAnother(entry)) return own ? given : undefined;
  const base = baseOf(entry, history);
  if (base?.type === 'GlassBroken') return { ...given, staff: new Set(base.actor ? [base.actor.id] : []) };
  if (base === undefined || !(givesOf(base.type) || TAKES.has(base.type))) return own ? given : undefined;
  if (base.type === 'AccessNarrowed') {
    const named = collected([base, ...aboutIt(base, history)]).staff;
    const annuls = entry.type === 'EntryAnnulled' && history.find(({ id }) => id === entry.data['corrects'])?.type;
    // Whoever annuls a narrowing opens for the others, whoever annuls that closes again; a correction may do either.
    return {
      ...given,
      ...(annuls === base.type ? {} : { staff: union(given.staff, named) }),
      ...(annuls === false || annuls === 'EntryAnnulled' ? {} : { allBut: named }),
    };
  }
  const before = collected(history);
  const placed = union(given.placed, before.placed);
  if (PLACES.has(base.type)) return { ...given, placed };
  return {
    placed,
    staff: union(given.staff, before.staff),
    hsaIds: union(given.hsaIds, before.hsaIds),
    signIns: union(given.signIns, before.signIns),
  };
}

/** Whether entries of a type may give access, to whomever. */
export function mayGiveAccess({ type, corrects }: Pick<EventType, 'type' | 'corrects'>): boolean {
  return givesOf(type) !== undefined || corrects !== undefined || type === 'EntryAnnulled';
}

/** How a history file may bring an entry: as all others, where it gives access as the contract says, or by leave. */
export type Leave = 'NONE' | 'CONTRACT' | 'ALL';

/**
 * The leave that an import needs to take in an entry.
 * @param about for a correction or annulment: the type of the fact that it is about in the end
 */
export function leaveFor({ type, data }: Layered, about?: string): Leave {
  if (type === 'EntryDisputed') return 'NONE';
  const base = about ?? type;
  if (WITH_LEAVE.has(base)) return 'ALL';
  if (!OF_THE_CONTRACT.has(base)) return 'NONE';
  if (about !== undefined) return 'CONTRACT';
  return base === 'UnitManagerAppointed' || data['manager'] !== undefined || data['hsaId'] !== undefined
    ? 'CONTRACT'
    : 'NONE';
}

function collect({ stream, ...entry }: GivingEntry, into: Collected): boolean {
  const before = sizeOf(into);
  for (const { type, data } of layersOf(entry)) givesOf(type)?.(into, data as never, stream);
  return sizeOf(into) > before;
}

function collected(entries: readonly GivingEntry[]): Collected {
  const given = nothing();
  for (const entry of entries) collect(entry, given);
  return given;
}

function givesOf(type: string): Gives<FactName> | undefined {
  return Object.hasOwn(GIVES, type) ? (GIVES[type as FactName] as Gives<FactName>) : undefined;
}

function nothing(): Collected {
  return { staff: new Set(), hsaIds: new Set(), signIns: new Set(), placed: new Set() };
}

function sizeOf(given: Collected): number {
  return Object.values<ReadonlySet<string>>({ ...given }).reduce((sum, { size }) => sum + size, 0);
}

function isAboutAnother({ type }: GivingEntry): boolean {
  return type === 'EntryCorrected' || type === 'EntryAnnulled';
}

/** The fact that a correction is about in the end. */
function baseOf(entry: GivingEntry, history: readonly GivingEntry[]): GivingEntry | undefined {
  const byId = new Map(history.map((one) => [one.id, one]));
  let base = byId.get(String(entry.data['corrects']));
  for (let left = history.length; base && isAboutAnother(base) && left > 0; left -= 1)
    base = byId.get(String(base.data['corrects']));
  return base;
}

/** The corrections of a fact, and those of them. */
function aboutIt(base: GivingEntry, history: readonly GivingEntry[]): GivingEntry[] {
  const about = new Set([base.id]);
  return history.filter((entry) => {
    if (!isAboutAnother(entry) || !about.has(String(entry.data['corrects']))) return false;
    about.add(entry.id);
    return true;
  });
}

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  return new Set([...a, ...b]);
}
