import { assessEpisode } from '../../compliance-rules/index.js';
import type { Dossier, Entry } from '../../compliance-rules/model.js';
import { figureStretches, FIGURE_RULES } from '../../judgement/figures/figures.js';
import { heldOn } from '../on-day.js';
import { type Day, dayOf } from '../../kernel/time/day.js';
import { DossierLoader } from '../../judgement/dossier-loader.js';
import type { Known } from '../../judgement/read-model.js';
import type { ReadSide } from '../../judgement/read-side.js';
import { type FigureName, FIGURES } from '../../judgement/figures/figure-names.js';
import { type ReportScope, unitsInScope } from './report-scope.js';

/** An entry that came in between, without which an episode would count as before. */
export interface EntryBetween {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly effectiveOn: string;
  readonly recordedAt: string;
}

/** A part of the log that is compared with another. */
export interface ComparedPart {
  readonly position: string;
  readonly facts: number;
  /** The leaf of its last entry in the sealed tree, in hexadecimal. */
  readonly leaf: string | null;
}

export interface ReportComparison extends ReportScope {
  readonly on: string;
  /** The register that both are told from. */
  readonly register: string;
  /**
   * The earlier and the later knowledge, each named by the instant that it rests on, and where that lies in the log.
   */
  readonly knownFrom: string;
  readonly knownTo: string;
  readonly from: ComparedPart;
  readonly to: ComparedPart;
  /** Figures that count other episodes than before; also where their number is the same. */
  readonly figures: readonly {
    readonly figure: FigureName;
    readonly from: number;
    readonly to: number;
    readonly entered: readonly string[];
    readonly left: readonly string[];
  }[];
  /** Episodes that are counted in another unit's row than before. */
  readonly moved: readonly { readonly episode: string; readonly from: string; readonly to: string }[];
  /** The episodes behind the changes, and the entries but for which they would not have changed. */
  readonly episodes: readonly { readonly episode: string; readonly entries: readonly EntryBetween[] }[];
}

/**
 * What changed in the report of a day between two knowledge times, in which figures and through which entries.
 * @param knownFrom RFC 3339, as `knownTo`; which of them comes first does not matter
 * @param causesOf of which figures the entries behind are looked for, which takes time; of all when undefined
 * @throws Problem UNKNOWN_CONTROLLER, UNKNOWN_UNIT, UNIT_NOT_OF_CONTROLLER, KNOWN_AT_AHEAD
 */
export async function compareReports(
  reads: ReadSide,
  scope: ReportScope,
  on: string,
  knownFrom: string,
  knownTo: string,
  causesOf: (figure: FigureName) => boolean = () => true,
): Promise<ReportComparison> {
  const [one, other] = [await reads.figures.known(knownFrom), await reads.figures.known(knownTo)];
  const [from, to] = one.facts <= other.facts ? [one, other] : [other, one];
  const [before, after] = [await behindFigures(reads, scope, on, from), await behindFigures(reads, scope, on, to)];
  const figures = FIGURES.map(({ name }) => {
    const [then, now] = [before.get(name) ?? NOBODY, after.get(name) ?? NOBODY];
    return { figure: name, from: then.size, to: now.size, entered: without(now, then), left: without(then, now) };
  }).filter(({ entered, left }) => entered.length + left.length > 0);

  const rows = [...(before.get('population') ?? NOBODY)].map(([episode, from]) => ({
    episode,
    from,
    to: after.get('population')?.get(episode) ?? from,
  }));
  const moved = rows.filter(({ from, to }) => from !== to).sort((a, b) => (a.episode < b.episode ? -1 : 1));
  const changed = [
    ...new Set([
      ...figures.filter(({ figure }) => causesOf(figure)).flatMap(({ entered, left }) => [...entered, ...left]),
      ...(causesOf('population') ? moved.map(({ episode }) => episode) : []),
    ]),
  ].sort();
  const loader = new DossierLoader(reads.log, reads.index, to.position);
  const episodes: ReportComparison['episodes'][number][] = [];
  for (const episode of changed)
    episodes.push({ episode, entries: entriesBehind(await loader.load(episode), dayOf(on), from.position) });
  const [{ register, leaf: leafFrom }, { leaf: leafTo }] = [
    await reads.knowledge.provenance(from),
    await reads.knowledge.provenance(to),
  ];
  return {
    ...scope,
    on,
    register,
    knownFrom: from.knownAt,
    knownTo: to.knownAt,
    from: { position: String(from.position), facts: from.facts, leaf: leafFrom },
    to: { position: String(to.position), facts: to.facts, leaf: leafTo },
    figures,
    moved,
    episodes,
  };
}

/** By episode the unit that it is counted in. */
type Behind = ReadonlyMap<string, string>;
const NOBODY: Behind = new Map();

async function behindFigures(
  reads: ReadSide,
  scope: ReportScope,
  on: string,
  known: Known,
): Promise<Map<FigureName, Behind>> {
  const units = (await unitsInScope(reads, scope, on, known.position)).map(({ unit }) => unit);
  const { episodes } = await reads.figures.episodes(units, dayOf(on), known);
  const behind = new Map<FigureName, Map<string, string>>();
  for (const { episode, unit, figures } of episodes)
    for (const name of figures) behind.set(name, (behind.get(name) ?? new Map<string, string>()).set(episode, unit));
  return behind;
}

function without(these: Behind, those: Behind): string[] {
  return [...these.keys()].filter((episode) => !those.has(episode)).sort();
}

/** With more entries than these in between, pairs are not tried: every one is judged without two. */
const MOST_IN_PAIRS = 40;

/**
 * The entries after a position but for which the episode would count otherwise on the day: each whose absence alone
 * makes a difference, else those of pairs of which both must be absent, else all of them.
 */
export function entriesBehind(dossier: Dossier, day: Day, after: bigint): EntryBetween[] {
  const between = entriesAfter(dossier, after);
  const counted = countedOn(dossier, day);
  const matters = (...left: readonly EntryBetween[]): boolean =>
    countedOn(leavingOut(dossier, new Set(left.map(({ eventId }) => eventId))), day) !== counted;
  const alone = between.filter((entry) => matters(entry));
  if (alone.length > 0 || between.length > MOST_IN_PAIRS) return alone.length > 0 ? alone : between;
  const pairs = between.flatMap((one, at) =>
    between.slice(at + 1).flatMap((other) => (matters(one, other) ? [one, other] : [])),
  );
  return pairs.length > 0 ? between.filter((entry) => pairs.includes(entry)) : between;
}

/** In which unit and in which figures an episode counts on a day. */
function countedOn(dossier: Dossier, day: Day): string {
  const assessment = assessEpisode(dossier, { rules: FIGURE_RULES });
  const stretch = assessment && heldOn(figureStretches(assessment), day);
  return stretch ? `${stretch.unit} ${stretch.figures}` : '';
}

function leavingOut(dossier: Dossier, left: ReadonlySet<string>): Dossier {
  const kept = (entries: readonly Entry[]): readonly Entry[] => entries.filter(({ id }) => !left.has(id));
  const keptIn = (streams: ReadonlyMap<string, readonly Entry[]>): ReadonlyMap<string, readonly Entry[]> =>
    new Map([...streams].map(([id, entries]) => [id, kept(entries)]));
  return {
    episode: dossier.episode,
    entries: kept(dossier.entries),
    recipients: keptIn(dossier.recipients),
    staff: keptIn(dossier.staff),
    units: keptIn(dossier.units),
    policies: keptIn(dossier.policies),
  };
}

function entriesAfter(dossier: Dossier, after: bigint): EntryBetween[] {
  const streams = new Map<string, readonly Entry[]>([[`careEpisode-${dossier.episode}`, dossier.entries]]);
  for (const [category, held] of [
    ['recipient', dossier.recipients],
    ['staff', dossier.staff],
    ['unit', dossier.units],
    ['policy', dossier.policies],
  ] as const) {
    for (const [id, entries] of held) streams.set(`${category}-${id}`, entries);
  }
  const between: (EntryBetween & { readonly position: bigint })[] = [];
  for (const [stream, entries] of streams) {
    for (const { id, type, effectiveOn, recordedAt, position } of entries) {
      if (position > after) between.push({ eventId: id, type, stream, effectiveOn, recordedAt, position });
    }
  }
  return between.sort((a, b) => (a.position < b.position ? -1 : 1)).map(({ position: _position, ...entry }) => entry);
}
