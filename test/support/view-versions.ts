import { versionName } from '../../src/kernel/projections/versioned-view.js';
import { ASSESSMENTS } from '../../src/judgement/assessments/assessment-projection.js';
import { INDEX } from '../../src/judgement/index/index-projection.js';

/** The name of the nth version of a view that this program makes. */
export const indexVersion = (nth: number): string => versionName(INDEX, nth);
export const assessmentsVersion = (nth: number): string => versionName(ASSESSMENTS, nth);
