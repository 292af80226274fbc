import type { Mark } from './lanes.js';

/** A mark where it is drawn; several that found no room are one. */
export interface PlacedMark {
  /** The left edge. */
  readonly x: number;
  /** Where its day is. */
  readonly at: number;
  readonly mark: Mark;
}

export const MARK_WIDTH = 16;
/** More than so many side by side become one mark. */
const MOST_IN_A_ROW = 8;

/** Places marks from left to right: each over its day or right of its neighbour, none over another or beyond the edge. */
export function placeMarks(marks: readonly Mark[], xOf: (day: number) => number, right: number): PlacedMark[] {
  const placed = [...marks]
    .sort((a, b) => a.day - b.day)
    .map((mark) => ({ mark, at: xOf(mark.day), x: xOf(mark.day) - MARK_WIDTH / 2 }));
  const gathered = gather(placed);
  let free = -Infinity;
  const slid = gathered.map((one) => {
    const x = Math.max(one.x, free);
    free = x + MARK_WIDTH;
    return { ...one, x };
  });
  let limit = right;
  return slid
    .reverse()
    .map((one) => {
      const x = Math.min(one.x, limit - MARK_WIDTH);
      limit = x;
      return { ...one, x };
    })
    .reverse();
}

/** Runs of marks that would all touch, longer than can be read, become one that says how many they are. */
function gather(marks: readonly PlacedMark[]): PlacedMark[] {
  const runs: PlacedMark[][] = [];
  let end = -Infinity;
  for (const one of marks) {
    const last = runs.at(-1);
    if (last && one.x < end) last.push(one);
    else runs.push([one]);
    end = Math.max(end, one.x) + MARK_WIDTH;
  }
  return runs.flatMap((run) => {
    const [first] = run;
    if (!first || run.length <= MOST_IN_A_ROW) return run;
    const title = run.map(({ mark }) => mark.title).join('; ');
    return [
      {
        ...first,
        mark: { ...first.mark, letter: `×${run.length}`, title, corrected: false, annulled: false, disputed: false },
      },
    ];
  });
}
