import type { EpisodeAssessment } from '../../compliance-rules/model.js';
import { CONTACT_ROLES } from '../../facts/codes.js';
import { type NameReads, namesIn, type Names } from '../text/names.js';

/**
 * What the units and assignments of judged episodes are called, each with its id behind it: an assignment by its role
 * and by who has it.
 * @param upTo names that were given behind this log position are not used
 * @throws KeyStoreError
 */
export async function namesInCompliance(
  reads: NameReads,
  assessments: readonly EpisodeAssessment[],
  upTo?: bigint,
): Promise<Names> {
  const units = assessments.flatMap((assessment) => assessment.units.map(({ unit }) => unit));
  const assignments = assessments.flatMap((assessment) => assessment.assignments);
  const streams = [...units.map((unit) => `unit-${unit}`), ...assignments.map(({ staff }) => `staff-${staff}`)];
  const names = await namesIn(reads, [], upTo, streams);
  for (const { assignment, role, staff } of assignments)
    names.call(assignment, `${CONTACT_ROLES[role]} ${names.of(staff)} (uppdrag ${assignment})`);
  for (const unit of new Set(units)) if (names.of(unit) !== unit) names.call(unit, `${names.of(unit)} (${unit})`);
  return names;
}
