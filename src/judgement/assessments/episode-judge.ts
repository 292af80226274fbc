import { LRUCache } from 'lru-cache';
import type { Entry } from '../../compliance-rules/model.js';
import type { EventLog } from '../../kernel/event-sourcing/event-log.js';
import { EventStoreRefused, EventStoreUnavailable } from '../../kernel/event-store/event-store.js';
import { ViewStoreUnavailable } from '../../kernel/view-store/view-store.js';
import { type EpisodeRows, rowsOf } from './assessment-rows.js';
import { deriveEpisode } from './derive-episode.js';
import { DossierLoader, type MergeIndex } from '../dossier-loader.js';
import type { FoldedPages } from '../index/index-page.js';

/** The rows of an episode, or why it could not be judged. */
export type JudgedEpisode = { readonly episode: string } & (
  { readonly rows: EpisodeRows } | { readonly error: string }
);

/** Derives the rows of episodes from the log as of one position; here, or in other threads. */
export interface EpisodeJudge {
  /**
   * From now on as of `upTo`. `grown` are the streams that got entries since the position before; undefined when that
   * is not known.
   */
  moveTo(upTo: bigint, grown: ReadonlySet<string> | undefined): void;
  /** In the order asked. */
  judge(episodes: readonly string[]): Promise<JudgedEpisode[]>;
  /** Pages of the log, read and folded where it judges; absent when that is the calling thread. */
  readonly pages?: FoldedPages;
  close(): Promise<void>;
}

const KEPT_STREAMS = 2_000;

/** Judges in the calling thread. */
export class LocalJudge implements EpisodeJudge {
  private loader: DossierLoader;

  constructor(
    private readonly log: Pick<EventLog, 'readEntries'>,
    private readonly index: MergeIndex,
    upTo = 0n,
  ) {
    this.loader = this.loaderAsOf(upTo);
  }

  moveTo(upTo: bigint, grown: ReadonlySet<string> | undefined): void {
    if (grown) this.loader.moveTo(upTo, grown);
    else this.loader = this.loaderAsOf(upTo);
  }

  private loaderAsOf(upTo: bigint): DossierLoader {
    return new DossierLoader(this.log, this.index, upTo, new LRUCache<string, readonly Entry[]>({ max: KEPT_STREAMS }));
  }

  async judge(episodes: readonly string[]): Promise<JudgedEpisode[]> {
    const judged: JudgedEpisode[] = [];
    for (const episode of episodes) {
      try {
        judged.push({ episode, rows: rowsOf(episode, deriveEpisode(await this.loader.load(episode))) });
      } catch (error) {
        // A store that cannot be reached, or refuses, says nothing about the episode.
        if (error instanceof EventStoreUnavailable || error instanceof EventStoreRefused) throw error;
        if (error instanceof ViewStoreUnavailable) throw error;
        judged.push({ episode, error: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error' });
      }
    }
    return judged;
  }

  async close(): Promise<void> {
    // It holds nothing open of its own.
  }
}
