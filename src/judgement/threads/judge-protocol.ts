import type { ThreadError } from '../../kernel/threads/thread-error.js';
import type { FoldedPage } from '../index/index-page.js';
import type { StoreConfig } from '../../stores/open-stores.js';
import type { PackedEpisodes } from './packed-episodes.js';

/** What a judging thread is started with. */
export interface JudgeSetup {
  readonly config: StoreConfig;
}

/** What it is asked: episodes to judge, or a page of the log to fold for the index. */
export type JudgeQuestion =
  { readonly judge: readonly string[] } | { readonly fold: { readonly after: bigint; readonly limit: number } };

/** Messages are answered in order; a move has no answer, and with `end` the thread closes its stores and ends. */
export type JudgeRequest =
  'end' | { readonly move: { readonly upTo: bigint; readonly grown: readonly string[] | undefined } } | JudgeQuestion;

/** Its answer: the episodes in the order asked, the page, or why the thread itself failed. */
export type JudgeAnswer =
  { readonly judged: PackedEpisodes } | { readonly folded: FoldedPage } | { readonly failed: ThreadError };
