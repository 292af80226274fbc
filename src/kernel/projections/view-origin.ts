import type { EventLog } from '../event-sourcing/event-log.js';
import { type Checkpoint, ViewStoreError, type ViewVersion } from '../view-store/view-store.js';

/** The log that a view is made from, as far as it tells whether rows were made from it. */
export type ViewOrigin = Pick<EventLog, 'register' | 'readPage'>;

/** For rows that are made from no log and thrown away. */
export const NO_LOG: ViewOrigin = {
  register: async () => undefined,
  readPage: async () => ({ count: 0, events: [], unreadable: [] }),
};

type Place = Pick<ViewVersion, 'place' | 'projection' | 'version'>;

/** The rows were made from the log of another register: they are neither shown nor written over. */
export class ViewsOfAnotherRegister extends ViewStoreError {
  readonly code = 'VIEWS_OF_ANOTHER_REGISTER';
  constructor(
    { place }: Place,
    readonly theirs: string,
    readonly ours: string,
  ) {
    super(
      `the views in ${place} belong to register ${theirs}, this is register ${ours}: give each register a place of its own for its views (DATA_DIR or MONGODB_URL), or remove those if nobody uses them; what is missing is built again from the log`,
    );
  }
}

/**
 * The rows were made from a log that went on differently: an older copy of it was put back, or it was copied elsewhere.
 */
export class ViewsDoNotFit extends ViewStoreError {
  readonly code = 'VIEWS_DO_NOT_FIT';
  constructor(
    { place, projection, version }: Place,
    { position, recordedAt }: Checkpoint,
    fault: 'ENDS_BEFORE' | 'OTHER_ENTRY',
  ) {
    const found = fault === 'ENDS_BEFORE' ? 'the log ends before that' : 'the log has another entry there, or none';
    super(
      `the views in ${place} were not made from this log: ${projection} ${version} stands at position ${position} (${recordedAt}), and ${found}; if this is the log that counts, fok projections rebuild assessments makes them anew`,
    );
  }
}

/** @param ours undefined while nobody can tell. @throws ViewsOfAnotherRegister */
export function checkRegister(version: Place, found: Checkpoint | undefined, ours: string | undefined): void {
  if (found?.register !== undefined && ours !== undefined && found.register !== ours)
    throw new ViewsOfAnotherRegister(version, found.register, ours);
}

/**
 * Sees whether the event that a version stands at is in the log: one read, whatever the length of either.
 * @throws ViewsDoNotFit
 */
export async function checkPosition(version: Place, found: Checkpoint | undefined, log: ViewOrigin): Promise<void> {
  if (!found || found.position === 0n) return;
  const { last } = await log.readPage(found.position - 1n, 1);
  if (!last) throw new ViewsDoNotFit(version, found, 'ENDS_BEFORE');
  if (last.position !== found.position || last.recordedAt !== found.recordedAt)
    throw new ViewsDoNotFit(version, found, 'OTHER_ENTRY');
}
