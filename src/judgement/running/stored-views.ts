import { AssessmentProjection, ASSESSMENTS } from '../assessments/assessment-projection.js';
import { INDEX } from '../index/index-projection.js';
import type { OpenView, StoredView, ViewSource } from './projection.js';
import { rebuildAssessments, rebuildIndex } from './rebuild.js';

const indexView: StoredView = {
  definition: INDEX,
  open: async ({ index, store, judge }) => ({
    projection: index,
    rebuild: async (options = {}) =>
      rebuildIndex(index, { ...options, total: await store.count(), pages: judge.pages }),
  }),
};

const assessmentsView: StoredView = {
  definition: ASSESSMENTS,
  open: async (from) => {
    const projection = await AssessmentProjection.open(from.views, from);
    return {
      projection,
      rebuild: (options) => rebuildAssessments(projection, from.index, from.judge, options),
    };
  },
};

/** Every stored view, each after those that it rests on. */
export const STORED_VIEWS: readonly StoredView[] = [indexView, assessmentsView];

/** Their names, in that order. */
export const VIEW_NAMES: readonly string[] = STORED_VIEWS.map(({ definition }) => definition.name);

/** Opens views in the order of their dependence. @throws ViewsOfAnotherRegister, ViewStoreError */
export async function openViews(from: ViewSource, stored: readonly StoredView[] = STORED_VIEWS): Promise<OpenView[]> {
  const opened: OpenView[] = [];
  for (const view of stored) opened.push({ name: view.definition.name, stored: view, ...(await view.open(from)) });
  return opened;
}
