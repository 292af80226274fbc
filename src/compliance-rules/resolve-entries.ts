import { dayOf, type Day } from '../kernel/time/day.js';
import { Facts, inOrder, type Fact } from './facts.js';
import type { Entry } from './model.js';

/** Types of entries that speak of other entries and are no facts of their own. */
const CORRECTED = 'EntryCorrected';
const ANNULLED = 'EntryAnnulled';
const DISPUTED = 'EntryDisputed';

type Data = Readonly<Record<string, unknown>>;

/** The correction or annulment of an entry that holds, in its own right form. */
interface Amendment {
  readonly by: string;
  readonly annuls: boolean;
  readonly effectiveOn?: string;
  readonly data?: Data;
}

/** What the timeline shows of one entry (contract §5). */
export interface EntryStatus {
  /** ANNULLED before CORRECTED before DISPUTED: what changes how the entry counts is said first. */
  readonly status: 'VALID' | 'CORRECTED' | 'ANNULLED' | 'DISPUTED';
  /** The correction or annulment that holds. */
  readonly correctedBy?: string;
  /** The day and data that count, on CORRECTED. */
  readonly effective?: { readonly effectiveOn: string; readonly data: Data };
  /** The valid disputes of the entry, whatever its status. */
  readonly disputedBy: readonly string[];
}

/**
 * How many entries are known with a part of the log.
 * @param entries one stream in position order
 * @param upTo the part's last position; undefined = all
 */
export function knownCount(entries: readonly Entry[], upTo: bigint | undefined): number {
  let count = entries.length;
  if (upTo === undefined) return count;
  while (count > 0 && entries[count - 1]!.position > upTo) count -= 1;
  return count;
}

/**
 * The correction or annulment that holds for each entry that has one. Among the valid ones of an entry the latest
 * position counts alone, so going backwards the first valid one found is it; those of a correction itself stand later
 * still, and are known by then. For the same reason nothing can correct itself here, directly or in a ring.
 */
function amendments(entries: readonly Entry[], count: number): ReadonlyMap<string, Amendment> {
  const holding = new Map<string, Amendment>();
  for (let index = count - 1; index >= 0; index -= 1) {
    const entry = entries[index]!;
    if (entry.type !== CORRECTED && entry.type !== ANNULLED) continue;
    const own = holding.get(entry.id);
    if (own?.annuls) continue;
    const target = entry.data['corrects'];
    if (typeof target !== 'string' || holding.has(target)) continue;
    const said = own?.data ?? entry.data;
    holding.set(target, {
      by: entry.id,
      annuls: entry.type === ANNULLED,
      effectiveOn: asText(said['effectiveOn']),
      data: asData(said['data']),
    });
  }
  return holding;
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function asData(value: unknown): Data | undefined {
  return typeof value === 'object' && value !== null ? (value as Data) : undefined;
}

/**
 * A fact before anybody says of which type: what the codec has let through has the data of its type, which is what makes
 * it a {@link Fact}.
 */
interface Resolved {
  readonly id: string;
  readonly type: string;
  readonly order: number;
  readonly day: Day;
  readonly data: Data;
}

/** One stream, prepared once and read as known at many times. */
export class StreamHistory {
  private readonly originals: readonly (Resolved | undefined)[];
  private last: { readonly count: number; readonly facts: Facts } | undefined;

  /** @param entries one stream in position order */
  constructor(private readonly entries: readonly Entry[]) {
    this.originals = entries.map((entry, order) =>
      isAboutAnother(entry)
        ? undefined
        : { id: entry.id, type: entry.type, order, day: dayOf(entry.effectiveOn), data: entry.data },
    );
  }

  /**
   * The facts that count: valid after corrections and annulments, in order of (effectiveOn, position).
   * @param upTo the last log position that is known; undefined = all that is recorded
   */
  at(upTo: bigint | undefined): Facts {
    const count = knownCount(this.entries, upTo);
    if (this.last?.count !== count) this.last = { count, facts: new Facts(this.resolve(count), this.last?.facts) };
    return this.last.facts;
  }

  private resolve(count: number): Fact[] {
    const holding = amendments(this.entries, count);
    const facts: Resolved[] = [];
    for (let index = 0; index < count; index += 1) {
      const original = this.originals[index];
      if (!original) continue;
      const fact = amended(original, holding.get(original.id));
      if (fact) facts.push(fact);
    }
    return facts.sort(inOrder) as readonly unknown[] as Fact[];
  }
}

function isAboutAnother(entry: Entry): boolean {
  return entry.type === CORRECTED || entry.type === ANNULLED || entry.type === DISPUTED;
}

function amended(original: Resolved, amendment: Amendment | undefined): Resolved | undefined {
  if (!amendment) return original;
  if (amendment.annuls) return undefined;
  return {
    ...original,
    day: amendment.effectiveOn === undefined ? original.day : dayOf(amendment.effectiveOn),
    data: amendment.data ?? original.data,
  };
}

/**
 * The facts of one stream that count (contract §1 "on any stream", §3 Facts): corrections replace an entry's day and
 * data whole, what a correction leaves out stays as in the original, an annulled entry is no fact, and each keeps its
 * original's place.
 * @param entries one stream in position order
 * @param upTo the last log position that is known; undefined = all
 * @returns in order of (effectiveOn, position)
 */
export function resolveEntries(entries: readonly Entry[], upTo?: bigint): readonly Fact[] {
  return new StreamHistory(entries).at(upTo).list;
}

/**
 * What became of each known entry of a stream, corrections and annulments themselves included.
 * @param entries one stream in position order
 * @param upTo the last log position that is known; undefined = all
 * @returns by entry id
 */
export function entryStatuses(entries: readonly Entry[], upTo?: bigint): ReadonlyMap<string, EntryStatus> {
  const count = knownCount(entries, upTo);
  const holding = amendments(entries, count);
  const known = entries.slice(0, count);
  const disputes = validDisputes(known, holding);
  const statuses = new Map<string, EntryStatus>();
  for (const entry of known) {
    statuses.set(entry.id, statusOf(entry, holding.get(entry.id), disputes.get(entry.id) ?? []));
  }
  return statuses;
}

/** By what each says is wrong. */
function validDisputes(
  entries: readonly Entry[],
  holding: ReadonlyMap<string, Amendment>,
): ReadonlyMap<unknown, string[]> {
  const disputes = new Map<unknown, string[]>();
  for (const entry of entries) {
    const own = holding.get(entry.id);
    if (entry.type !== DISPUTED || own?.annuls) continue;
    const disputed = (own?.data ?? entry.data)['event'];
    disputes.set(disputed, [...(disputes.get(disputed) ?? []), entry.id]);
  }
  return disputes;
}

function statusOf(entry: Entry, amendment: Amendment | undefined, disputedBy: readonly string[]): EntryStatus {
  if (amendment?.annuls) return { status: 'ANNULLED', correctedBy: amendment.by, disputedBy };
  if (amendment) {
    const effective = { effectiveOn: amendment.effectiveOn ?? entry.effectiveOn, data: amendment.data ?? entry.data };
    return { status: 'CORRECTED', correctedBy: amendment.by, effective, disputedBy };
  }
  return { status: disputedBy.length > 0 ? 'DISPUTED' : 'VALID', disputedBy };
}
