import { type Day, LAST_DAY } from '../kernel/time/day.js';
import { FOREVER, intersect, type Span } from './intervals.js';
import type { FormerDueOn, PolicyBasis, RuleKind, Segment } from './model.js';
import type { Evidence, Piece } from './rule.js';

/** What one version of a rule says. */
export interface Judgement {
  readonly version: string;
  /** The days that it judges, as runs. */
  readonly days: readonly Span[];
  readonly pieces: readonly Piece[];
}

/** Whether what a rule says on a day is law or local, and what a local rule rests on. */
export interface Nature {
  kindOn(day: Day): RuleKind;
  basisOn(day: Day): PolicyBasis | undefined;
}

/** A segment while it is being joined: its first piece, and what later pieces made of it. */
interface Run {
  readonly version: string;
  readonly piece: Piece;
  readonly from: Day;
  to: Day;
  dueOn: Day | undefined;
  former: FormerDueOn[] | undefined;
  /** From which day on each entry bears on it, in the order of its pieces. */
  readonly evidence: Map<string, Day>;
}

/**
 * Cuts what a rule says to the judged days and joins it to segments: longest runs of days with the same assignment,
 * status and title basis. A segment has the rule version of its first day, the `dueOn` of its last, and the evidence of
 * all its days, each from the day on on which it bears.
 * @param judgements of the versions of one rule, for days that do not overlap
 * @param judged runs of judged days
 * @param nature of what the rule says on a day
 */
export function segmentsOf(
  rule: string,
  judgements: readonly Judgement[],
  judged: readonly Span[],
  nature: Nature,
): Segment[] {
  const runs: Run[] = [];
  const [first, ...others] = judgements;
  if (first && others.length === 0) {
    const days = intersect(judged, first.days);
    for (const piece of first.pieces) append(runs, first.version, piece, days);
  } else
    for (const { version, days, piece } of byAssignment(judgements))
      append(runs, version, piece, intersect(judged, days));
  return runs.map((run) => toSegment(rule, run, nature));
}

/** The pieces of several versions, assignment by assignment, each cut to the days of its version and in their order. */
function byAssignment(judgements: readonly Judgement[]): { version: string; days: Span[]; piece: Piece }[] {
  const places = new Map<string | undefined, number>();
  const cut = judgements.flatMap(({ version, days, pieces }) =>
    pieces.flatMap((piece) => {
      if (!places.has(piece.assignment)) places.set(piece.assignment, places.size);
      return days.map((run) => ({ version, days: [run], piece }));
    }),
  );
  const start = ({ days, piece }: (typeof cut)[number]): Day => Math.max(days[0]!.from, piece.from);
  return cut.sort((a, b) => places.get(a.piece.assignment)! - places.get(b.piece.assignment)! || start(a) - start(b));
}

/** Adds a piece on the days on which it is judged: it makes the last run longer where it goes on in the same way. */
function append(runs: Run[], version: string, piece: Piece, judged: readonly Span[]): void {
  for (const days of judged) {
    const from = Math.max(piece.from, days.from);
    const ends = Math.min(piece.to, days.to);
    // Days that have no name are on nobody's mind: what would end after the last one has no end.
    const to = ends > LAST_DAY ? FOREVER : ends;
    if (from >= to || from > LAST_DAY) continue;
    const last = runs.at(-1);
    if (last && last.to === from && saysTheSame(last.piece, piece)) {
      if (last.dueOn !== piece.dueOn) (last.former ??= []).push({ until: from, dueOn: last.dueOn });
      last.to = to;
      last.dueOn = piece.dueOn;
      bear(last.evidence, piece.evidence, from, to);
    } else
      runs.push({
        version,
        piece,
        from,
        to,
        dueOn: piece.dueOn,
        former: undefined,
        evidence: bear(new Map(), piece.evidence, from, to),
      });
  }
}

function saysTheSame(one: Piece, other: Piece): boolean {
  return (
    one.status === other.status &&
    one.assignment === other.assignment &&
    one.titleBasis === other.titleBasis &&
    one.kind === other.kind
  );
}

/** Notes from which of the days `[from, to)` on each entry bears on them; one that lies behind them does not. */
function bear(found: Map<string, Day>, evidence: Evidence, from: Day, to: Day): Map<string, Day> {
  for (const each of evidence) {
    const [id, first] = typeof each === 'string' ? [each, from] : [each.id, Math.max(each.day, from)];
    if (first < to && first < (found.get(id) ?? FOREVER)) found.set(id, first);
  }
  return found;
}

function toSegment(rule: string, { version, piece, from, to, dueOn, former, evidence }: Run, nature: Nature): Segment {
  const kind = piece.kind ?? nature.kindOn(from);
  const basis = kind === 'LOCAL' ? nature.basisOn(from) : undefined;
  const segment: { -readonly [K in keyof Segment]: Segment[K] } = {
    rule,
    ruleVersion: version,
    status: piece.status,
    kind,
    from,
    evidence: [...evidence.keys()],
  };
  if (to < FOREVER) segment.to = to;
  if (piece.assignment !== undefined) segment.assignment = piece.assignment;
  if (basis !== undefined) segment.basis = basis;
  if (dueOn !== undefined) segment.dueOn = dueOn;
  if (former !== undefined) segment.formerDueOn = former;
  if (piece.titleBasis !== undefined) segment.titleBasis = piece.titleBasis;
  const later = [...evidence].filter(([, first]) => first > from);
  if (later.length > 0) segment.evidenceFrom = Object.fromEntries(later);
  return segment;
}

/** The entries that a segment rests on on one of its days. */
export function evidenceAt({ evidence, evidenceFrom }: Segment, day: Day): readonly string[] {
  return evidenceFrom ? evidence.filter((id) => (evidenceFrom[id] ?? day) <= day) : evidence;
}

/** The last day in time as it was on a day of the segment; undefined where it has none. */
export function dueOnAt(segment: Segment, day: Day): Day | undefined {
  const former = segment.formerDueOn?.find(({ until }) => day < until);
  return former ? former.dueOn : segment.dueOn;
}
