import type { Day } from '../kernel/time/day.js';
import { toInterval, type Span } from './intervals.js';
import type { Segment, Status, TitleBasis } from './model.js';
import type { Piece, Rule } from './rule.js';

/** A segment while it is being joined. */
interface Run {
  from: Day;
  to: Day;
  version: string;
  assignment?: string;
  status: Status;
  titleBasis?: TitleBasis;
  dueOn?: Day;
  evidence: readonly string[];
}

/** What one version of a rule says. */
export interface Judgement {
  readonly version: string;
  readonly days: readonly Span[];
  readonly pieces: readonly Piece[];
}

/**
 * Cuts what a rule says to the judged days and joins it to segments: longest runs of days with the same assignment, status
 * and title basis. A segment has the rule version of its first day, the `dueOn` of its last, and the evidence of all its days.
 * @param judged runs of judged days
 */
export function segmentsOf(rule: Rule, judgements: readonly Judgement[], judged: readonly Span[]): Segment[] {
  const runs: Run[] = [];
  for (const { version, piece } of inJoiningOrder(judgements)) {
    for (const days of clip(piece, judged)) {
      const last = runs.at(-1);
      if (last && continues(last, piece, days.from)) extend(last, piece, days.to);
      else runs.push({ ...piece, ...days, version });
    }
  }
  return runs.map((run) => toSegment(rule, run));
}

/** All pieces, assignment by assignment in order of days, each cut to the days of its version. */
function inJoiningOrder(judgements: readonly Judgement[]): { version: string; piece: Piece }[] {
  const cut = judgements.flatMap(({ version, days, pieces }) =>
    pieces.flatMap((piece) => clip(piece, days).map((part) => ({ version, piece: { ...piece, ...part } }))),
  );
  if (judgements.length <= 1) return cut;
  const place = new Map<string | undefined, number>();
  for (const { piece } of cut) if (!place.has(piece.assignment)) place.set(piece.assignment, place.size);
  return cut.sort((a, b) => place.get(a.piece.assignment)! - place.get(b.piece.assignment)! || a.piece.from - b.piece.from);
}

/** The parts of a span that lie in the runs. */
function clip(span: Span, runs: readonly Span[]): Span[] {
  const parts: Span[] = [];
  for (const run of runs) {
    const from = Math.max(span.from, run.from);
    const to = Math.min(span.to, run.to);
    if (from < to) parts.push({ from, to });
  }
  return parts;
}

function continues(run: Run, piece: Piece, from: Day): boolean {
  return run.to === from && run.status === piece.status && run.assignment === piece.assignment && run.titleBasis === piece.titleBasis;
}

function extend(run: Run, piece: Piece, to: Day): void {
  run.to = to;
  run.dueOn = piece.dueOn;
  run.evidence = [...new Set([...run.evidence, ...piece.evidence])];
}

function toSegment(rule: Rule, run: Run): Segment {
  return {
    rule: rule.id,
    ruleVersion: run.version,
    ...(run.assignment === undefined ? {} : { assignment: run.assignment }),
    status: run.status,
    ...toInterval(run),
    ...(run.dueOn === undefined ? {} : { dueOn: run.dueOn }),
    ...(run.titleBasis === undefined ? {} : { titleBasis: run.titleBasis }),
    evidence: run.evidence,
  };
}
