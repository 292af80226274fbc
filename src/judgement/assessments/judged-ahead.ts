import type { EpisodeJudge, JudgedEpisode } from './episode-judge.js';
import type { IndexProjection } from '../index/index-projection.js';

/** Episodes that follow each other in order of id, and what was judged of them. */
export interface JudgedPage {
  readonly episodes: readonly string[];
  readonly judged: readonly JudgedEpisode[];
}

/**
 * Judges all episodes page by page, in order of id; while one page is being written the next is judged already, so that
 * neither the threads nor the writer wait for the other.
 */
export class JudgedAhead {
  private next: { readonly after: string; readonly page: Promise<JudgedPage> } | undefined;

  /** @param size how many episodes a page has; one with fewer is the last */
  constructor(
    private readonly index: IndexProjection,
    private readonly judge: EpisodeJudge,
    private readonly size: number,
  ) {}

  /** @param after the last episode of the page before; '' before the first */
  async take(after: string): Promise<JudgedPage> {
    const begun = this.next?.after === after ? this.next.page : this.read(after);
    this.next = undefined;
    const page = await begun;
    const last = page.episodes.at(-1);
    if (last !== undefined && page.episodes.length === this.size) this.begin(last);
    return page;
  }

  /** What was judged ahead counts no longer: the log is looked at as of another position from now on. */
  forget(): void {
    this.next = undefined;
  }

  private begin(after: string): void {
    const page = this.read(after);
    // Whoever takes the page is told what went wrong; it may be that nobody does.
    page.catch(() => undefined);
    this.next = { after, page };
  }

  private async read(after: string): Promise<JudgedPage> {
    const episodes = await this.index.streams('careEpisode', { ...(after === '' ? {} : { after }), limit: this.size });
    return { episodes, judged: episodes.length === 0 ? [] : await this.judge.judge(episodes) };
  }
}
