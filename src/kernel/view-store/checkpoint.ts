import { CheckpointMoved, type Checkpoint } from './view-store.js';

/**
 * The compare-and-set of every adapter: the writer must know the checkpoint that stands there (its position and its
 * fence) and may not bring an older fence.
 * @throws CheckpointMoved when another runner wrote; RangeError when the writer itself would go backwards, which is a
 * defect in it.
 */
export function checkMove(
  projection: string,
  actual: Checkpoint | undefined,
  expected: Checkpoint | undefined,
  next: Checkpoint,
): void {
  if (!sameCheckpoint(actual, expected)) throw new CheckpointMoved(projection, actual);
  if (!actual) return;
  if (next.fence < actual.fence) throw new CheckpointMoved(projection, actual);
  if (next.position < actual.position) throw new RangeError(`the checkpoint of ${projection} never goes backwards`);
}

/** True when both stand at the same position and were written under the same fence. */
export function sameCheckpoint(one: Checkpoint | undefined, other: Checkpoint | undefined): boolean {
  return one?.position === other?.position && one?.fence === other?.fence;
}
