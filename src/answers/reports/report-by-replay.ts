import { dayOf } from '../../kernel/time/day.js';
import type { Known } from '../../judgement/read-model.js';
import type { ReadSide } from '../../judgement/read-side.js';
import { countByReplay } from './count-by-replay.js';
import { type SupervisionReport, supervisionReport } from './report.js';
import { type ReportScope, unitsInScope } from './report-scope.js';

/**
 * Makes a report from the log alone, by rule versions that are named: slow, and owing nothing to any view.
 * @param today the report of the same day and knowledge as the views answer it
 */
export async function reportByReplay(
  reads: ReadSide,
  scope: ReportScope,
  today: SupervisionReport,
  known: Known,
  ruleVersions: SupervisionReport['header']['ruleVersions'],
): Promise<SupervisionReport> {
  const { on } = today.header;
  const units = await unitsInScope(reads, scope, on, known.position);
  const counts = await countByReplay(
    reads,
    units.map(({ unit }) => unit),
    dayOf(on),
    known.position,
    Object.fromEntries(ruleVersions.map(({ rule, version }) => [rule, version])),
  );
  const { parked } = today.header;
  return supervisionReport(
    { ...today.header, ruleVersions },
    { ...known, waiting: false, parked: parked ?? false },
    units,
    counts,
  );
}
