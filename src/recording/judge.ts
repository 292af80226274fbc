import { assessEpisode } from '../compliance-rules/assess-episode.js';
import type { Dossier, Entry } from '../compliance-rules/model.js';
import { categoryOf, type RecordedEvent, streamIdOf } from '../kernel/event-sourcing/envelope.js';
import type { EventLog } from '../kernel/event-sourcing/event-log.js';
import { DossierLoader } from '../judgement/dossier-loader.js';
import type { LinkKind } from '../judgement/index/index-fold.js';
import type { RegisterIndex } from '../judgement/read-model.js';
import type { Judged } from './compliance-change.js';
import { logWithEntry } from './log-with-entry.js';

/** How many episodes a preview judges at most. */
export const MOST_EPISODES = 200;

/** Which episodes rest on a stream. */
export interface StepIndex extends Pick<RegisterIndex, 'mergedWith' | 'episodesOf' | 'episodesOfUnit' | 'unitsOf'> {
  linked(kind: LinkKind, from: string): Promise<string[]>;
}

/** Judges episodes as they would be with one more entry, and without it. */
export class Judge {
  private readonly loader: DossierLoader;

  /**
   * @param entry the step's event, with readable data
   * @param history what the entry's stream held before it
   * @param upTo the log as it stood at this position is what the entry is added to
   */
  constructor(
    private readonly index: StepIndex,
    log: EventLog,
    private readonly entry: RecordedEvent,
    history: readonly RecordedEvent[],
    upTo: bigint,
  ) {
    const merged = mergeOf(entry);
    this.loader = new DossierLoader(
      logWithEntry(log, entry, history, upTo),
      { mergedWith: (recipient) => this.mergedWith(recipient, merged) },
      upTo,
    );
  }

  /** All that an episode would rest on, the entry included. */
  dossierWith(episode: string): Promise<Dossier> {
    return this.loader.load(episode);
  }

  /**
   * The same dossier without the entry. Streams that only the entry names stay in it: a superset changes no judgement.
   */
  without(dossier: Dossier): Dossier {
    const omit = (entries: readonly Entry[]): readonly Entry[] => entries.filter(({ id }) => id !== this.entry.id);
    const omitAll = (streams: ReadonlyMap<string, readonly Entry[]>) =>
      new Map([...streams].map(([id, entries]) => [id, omit(entries)]));
    return {
      episode: dossier.episode,
      entries: omit(dossier.entries),
      recipients: omitAll(dossier.recipients),
      staff: omitAll(dossier.staff),
      units: omitAll(dossier.units),
      policies: omitAll(dossier.policies),
    };
  }

  judge(dossier: Dossier): Judged {
    return { episode: dossier.episode, before: assessEpisode(this.without(dossier)), after: assessEpisode(dossier) };
  }

  /** The episodes whose judgement may rest on the entry, in order of id. */
  async touched(): Promise<string[]> {
    const id = streamIdOf(this.entry.stream);
    switch (categoryOf(this.entry.stream)) {
      case 'careEpisode':
        return [id];
      case 'staff':
        return this.index.linked('STAFF_EPISODE', id);
      case 'recipient':
        return this.index.episodesOf(await this.mergedWith(id, mergeOf(this.entry)));
      case 'unit':
        return this.index.episodesOfUnit(id);
      case 'policy':
        return (
          await Promise.all((await this.index.unitsOf(id)).map((unit) => this.index.episodesOfUnit(unit)))
        ).flat();
      default:
        return [];
    }
  }

  /** Every registration that a merge would make one person of, in order of id; none for another step. */
  async becomesOne(): Promise<string[]> {
    const merge = mergeOf(this.entry);
    return merge.length === 0 ? [] : (await this.mergedWith(streamIdOf(this.entry.stream), merge)).toSorted();
  }

  private async mergedWith(recipient: string, merge: readonly string[]): Promise<string[]> {
    const known = await this.index.mergedWith(recipient);
    if (!merge.some((one) => known.includes(one))) return known;
    const joined = await Promise.all(merge.map((one) => this.index.mergedWith(one)));
    return [...new Set([...known, ...joined.flat()])];
  }
}

/** The two recipients that the entry itself would join. */
function mergeOf(entry: RecordedEvent): readonly string[] {
  const into = entry.data['into'];
  return entry.type === 'RecipientMerged' && typeof into === 'string' ? [streamIdOf(entry.stream), into] : [];
}
