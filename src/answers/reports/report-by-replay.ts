import { dayOf } from '../../kernel/time/day.js';
import type { ReadSide } from '../../judgement/read-side.js';
import { countByReplay } from './count-by-replay.js';
import { type SupervisionReport, supervisionReport } from './report.js';
import { policyVersionOn, type ReportScope, unitsInScope } from './report-scope.js';

const PAGE = 1_000;

/** By what a report is made once more. */
export interface ReplayedBy {
  readonly ruleVersions: SupervisionReport['header']['ruleVersions'];
  /**
   * The number of facts at the log's beginning that are known; without it all that had been recorded by the knowledge
   * time.
   */
  readonly facts?: number;
}

/**
 * Makes a report from the log alone, by rule versions that it names: slow, and owing nothing to any view.
 * @param today the report of the same day and knowledge as the views answer it
 */
export async function reportByReplay(
  reads: ReadSide,
  scope: ReportScope,
  today: SupervisionReport,
  { ruleVersions, facts }: ReplayedBy,
): Promise<SupervisionReport> {
  const { on, knownAt, registerSince, late, parked } = today.header;
  const upTo = facts === undefined ? BigInt(today.header.position) : await positionOfFact(reads, facts, knownAt);
  const cut = { index: upToPosition(reads.index, upTo) };
  const units = await unitsInScope(cut, scope, on, knownAt);
  const pinned = Object.fromEntries(ruleVersions.map(({ rule, version }) => [rule, version]));
  const counts = await countByReplay(
    reads,
    units.map(({ unit }) => unit),
    dayOf(on),
    upTo,
    { knownAt, ruleVersions: pinned },
  );
  const basis = {
    knownAt,
    position: upTo,
    facts: facts ?? today.header.facts,
    late: late ?? false,
    parked: parked ?? false,
    ...(registerSince === null ? {} : { registerSince }),
  };
  return supervisionReport(
    { ...today.header, ruleVersions, policyVersion: await policyVersionOn(cut, scope.controller, on, knownAt) },
    basis,
    units,
    counts,
  );
}

/** The position of the log's nth fact, looked for backwards from an instant by which more than n were known. */
async function positionOfFact(
  { streams, log }: Pick<ReadSide, 'streams' | 'log'>,
  facts: number,
  knownBy: string,
): Promise<bigint> {
  let before = await streams.basis(knownBy);
  for (let back = 1; before.facts > facts; back *= 10)
    before = await streams.basis(new Date(Math.max(0, Date.parse(knownBy) - back)).toISOString());
  let { position } = before;
  for (let left = facts - before.facts; left > 0;) {
    const { last, count } = await log.readPage(position, Math.min(left, PAGE));
    if (!last) break;
    position = last.position;
    left -= count;
  }
  return position;
}

function upToPosition(
  index: ReadSide['index'],
  upTo: bigint,
): Pick<ReadSide['index'], 'contextOf' | 'unitsOf' | 'shared'> {
  return {
    contextOf: (stream) => index.contextOf(stream),
    unitsOf: (controller) => index.unitsOf(controller),
    shared: {
      read: async (stream, knownAt) =>
        (await index.shared.read(stream, knownAt)).filter(({ position }) => position <= upTo),
    },
  };
}
