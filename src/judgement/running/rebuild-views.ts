import { ViewsDoNotFit } from '../../kernel/projections/view-origin.js';
import { rebuildAssessments, rebuildIndex, type RebuildResult } from './rebuild.js';
import type { KeptViews } from './kept-views.js';

/**
 * Whether the views that answer were made from the log of the register, which has to be opened with `anyViews`.
 * @throws EventStoreError, ViewStoreError
 */
export async function viewsFit({ index, projection }: Pick<KeptViews, 'index' | 'projection'>): Promise<boolean> {
  try {
    for (const view of [index, projection]) await view.assertFits();
    return true;
  } catch (error) {
    if (error instanceof ViewsDoNotFit) return false;
    throw error;
  }
}

/**
 * Makes the views anew from a log that is another one than they were made from: a restored or a migrated one. What was
 * left of earlier
 * builds speaks of other positions and goes.
 * @param onProgress called with the view's name, how many events or episodes are done, and of how many
 * @throws RebuildParked, RebuildMismatch, ViewStoreError, EventStoreError
 */
export async function rebuildViews(
  register: KeptViews,
  onProgress: (view: string, done: number, total: number) => void,
): Promise<{ readonly index: RebuildResult; readonly assessments: RebuildResult }> {
  const { index, projection, judge, store } = register;
  for (const { view } of [index, projection]) await removeOthers(view);
  const telling =
    (view: string) =>
    ({ done, total }: { readonly done: number; readonly total: number }) =>
      onProgress(view, done, total);
  const ofIndex = await rebuildIndex(index, {
    onProgress: telling('index'),
    total: await store.count(),
    pages: judge.pages,
  });
  await index.followActive();
  const ofAssessments = await rebuildAssessments(projection, index, judge, { onProgress: telling('assessments') });
  for (const { view } of [index, projection]) await removeOthers(view);
  return { index: ofIndex, assessments: ofAssessments };
}

async function removeOthers(view: KeptViews['index']['view']): Promise<void> {
  const answering = view.version.version;
  for (const version of await view.versions()) if (version !== answering) await view.remove(version);
}
