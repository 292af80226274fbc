import type { FoldedPage, FoldedPages } from '../index/index-page.js';

/** So many pages are under way at once, whatever the length of the log. */
const AHEAD = 6;

interface Begun {
  readonly after: bigint;
  readonly page: Promise<FoldedPage>;
}

/** Gives one page of the log after another, while those behind it are read and folded already. */
export class FoldedAhead implements FoldedPages {
  private begun: Begun[] = [];

  /** @param fold reads and folds a page; asked several times at once */
  constructor(private readonly fold: FoldedPages['page']) {}

  async page(after: bigint, limit: number): Promise<FoldedPage> {
    // Pages are begun where the one before them ends if positions have no gaps; where they have, another is asked for,
    // and these are let go.
    if (this.begun[0]?.after !== after) this.begun = [];
    while (this.begun.length < AHEAD)
      this.begin(this.begun.length === 0 ? after : this.begun.at(-1)!.after + BigInt(limit), limit);
    const page = await this.begun.shift()!.page;
    // Behind the log's end there may be more by now.
    if (page.count < limit) this.begun = [];
    return page;
  }

  private begin(after: bigint, limit: number): void {
    const page = this.fold(after, limit);
    // Whoever takes the page is told what went wrong; it may be that nobody does.
    page.catch(() => undefined);
    this.begun.push({ after, page });
  }
}
