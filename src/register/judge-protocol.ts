import type { StoreConfig } from './open-stores.js';
import type { PackedEpisodes } from './packed-episodes.js';

/** What a judging thread is started with. */
export interface JudgeSetup {
  readonly config: StoreConfig;
}

/** What it is asked. Messages are answered in order; a move has no answer. */
export type JudgeRequest = { readonly move: { readonly upTo: bigint; readonly grown: readonly string[] | undefined } } | { readonly judge: readonly string[] };

/** Its answer: the episodes in the order asked, or why the thread itself failed. */
export type JudgeAnswer = { readonly judged: PackedEpisodes } | { readonly failed: string };
