import { ASSESSMENTS } from '../../src/judgement/assessments/assessment-projection.js';
import { INDEX } from '../../src/judgement/index/index-projection.js';

/**
 * The name of the nth version of a view that this program makes: a number that the code has, and that of the building.
 */
export const indexVersion = (nth: number): string => `${INDEX.codeVersion}.${nth}`;
export const assessmentsVersion = (nth: number): string => `${ASSESSMENTS.codeVersion}.${nth}`;
