import Table from 'cli-table3';

/** A column of counts. */
export interface CountColumn {
  readonly head: string;
  /** Cells, one a row. */
  readonly cells: readonly string[];
}

/** The digits of a count have room in it, and the words of most heads. */
const COUNT_WIDTH = 10;
/** The narrowest page that is laid out for, in characters. */
export const NARROWEST = 80;

/**
 * Rows of counts for a terminal: as many tables under each other as the width asks for, each with the names of the rows,
 * and in none of them a line that is wider.
 * @param width of the terminal, in characters; below {@link NARROWEST} as for that
 */
export function countTables(
  names: { readonly head: string; readonly width: number; readonly cells: readonly string[] },
  columns: readonly CountColumn[],
  width: number,
): string {
  return pages(names.width, columns, Math.max(width, NARROWEST))
    .map((page) => {
      const table = new Table({
        head: [names.head, ...page.map(({ head }) => head)],
        colWidths: [names.width, ...page.map(widthOf)],
        colAligns: ['left', ...page.map(() => 'right' as const)],
        wordWrap: true,
        style: { head: [], border: [], compact: true },
      });
      for (const [row, name] of names.cells.entries()) table.push([name, ...page.map(({ cells }) => cells[row] ?? '')]);
      return table.toString();
    })
    .join('\n');
}

/** Columns in order, as many on a page as fit beside the names; each has a line before it, and the last one after it. */
function pages(nameWidth: number, columns: readonly CountColumn[], width: number): CountColumn[][] {
  const made: CountColumn[][] = [[]];
  let left = width - nameWidth - 2;
  for (const column of columns) {
    const wide = widthOf(column) + 1;
    if (wide > left && made.at(-1)?.length !== 0) {
      made.push([]);
      left = width - nameWidth - 2;
    }
    made.at(-1)?.push(column);
    left -= wide;
  }
  return made;
}

/** No word of a head is cut. */
function widthOf({ head }: CountColumn): number {
  return Math.max(COUNT_WIDTH, ...head.split(' ').map((word) => word.length + 2));
}
