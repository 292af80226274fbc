import type { Projection } from '../../judgement/running/projection.js';
import type { CollectionSpec, Row } from '../../kernel/view-store/view-store.js';
import type { CheckFindings } from './check-finding.js';
import { compareKeys, compareRows, keyOf, rowsAfter } from './compare-rows.js';

const ROWS = 2_000;

/** A view whose rows are compared. */
type Folded = Pick<Projection, 'view'>;

/**
 * Compares every row of a view with a fresh fold of the log. Others may be writing: each run of rows is read in one
 * snapshot, and the fresh fold goes on to exactly where that snapshot stands before the two are compared.
 * @param freshUpTo brings the fresh fold to a position and gives it
 * @returns how many rows were compared
 */
export async function checkRows(
  folded: Folded,
  freshUpTo: (position: bigint) => Promise<Folded>,
  findings: CheckFindings,
): Promise<number> {
  let compared = 0;
  for (const spec of folded.view.definition.collections)
    compared += await checkCollection(folded, freshUpTo, spec, findings);
  return compared;
}

async function checkCollection(
  folded: Folded,
  freshUpTo: (position: bigint) => Promise<Folded>,
  spec: CollectionSpec,
  findings: CheckFindings,
): Promise<number> {
  let compared = 0;
  for (let after: ReturnType<typeof keyOf> | undefined; ;) {
    const { stored, position } = await folded.view.version.snapshot(async (reader) => ({
      stored: await rowsAfter(reader, spec, after, ROWS),
      position: (await reader.checkpoint())?.position ?? 0n,
    }));
    const fresh = await rowsAfter((await freshUpTo(position)).view.version, spec, after, ROWS);
    const ends = [stored, fresh].filter((rows) => rows.length === ROWS).map((rows) => keyOf(spec, rows.at(-1) as Row));
    const bound = ends.sort(compareKeys)[0];
    compareRows(spec, stored, fresh, bound, findings);
    compared += stored.length;
    if (!bound) return compared;
    after = bound;
  }
}
