import { ViewsDoNotFit } from '../../kernel/projections/view-origin.js';
import type { VersionedView } from '../../kernel/projections/versioned-view.js';
import type { KeptViews } from './kept-views.js';
import type { RebuildResult } from './projection.js';

/**
 * Whether the views that answer were made from the log of the register, which has to be opened with `anyViews`.
 * @throws EventStoreError, ViewStoreError
 */
export async function viewsFit({ projections }: KeptViews): Promise<boolean> {
  try {
    for (const { projection } of projections) await projection.assertFits();
    return true;
  } catch (error) {
    if (error instanceof ViewsDoNotFit) return false;
    throw error;
  }
}

/** The names of the views that answer and were made by an older program. */
export function olderViews({ projections }: KeptViews): string[] {
  return projections.filter(({ projection }) => projection.view.outdated).map(({ name }) => name);
}

/**
 * Makes the views anew from a log that is another one than they were made from: a restored or a migrated one. What was
 * left of earlier builds speaks of other positions and goes.
 * @param onProgress called with the view's name, how many events or episodes are done, and of how many
 * @returns what came of each, in the order in which one rests on the other
 * @throws RebuildParked, RebuildMismatch, ViewStoreError, EventStoreError
 */
export async function rebuildViews(
  { projections }: KeptViews,
  onProgress: (view: string, done: number, total: number) => void,
): Promise<(RebuildResult & { readonly name: string })[]> {
  for (const { projection } of projections) await removeOthers(projection.view);
  const results: (RebuildResult & { readonly name: string })[] = [];
  for (const { name, projection, rebuild } of projections) {
    results.push({ ...(await rebuild({ onProgress: ({ done, total }) => onProgress(name, done, total) })), name });
    await projection.followActive();
  }
  for (const { projection } of projections) await removeOthers(projection.view);
  return results;
}

async function removeOthers(view: VersionedView): Promise<void> {
  const answering = view.version.version;
  for (const version of await view.versions()) if (version !== answering) await view.remove(version);
}
