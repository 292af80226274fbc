import type { Day } from '../../kernel/time/day.js';
import type { ViewReader, Where } from '../../kernel/view-store/view-store.js';
import { type FigureSet, figuresIn } from '../figures/figure-names.js';
import type { LogKnowledge } from '../log-knowledge.js';
import type { Basis, CountedEpisode, FigureCounts, Known } from '../read-model.js';
import type { AssessmentProjection } from './assessment-projection.js';
import { placeOf } from './assessment-rows.js';

interface Counted {
  readonly unit: string;
  readonly figures: FigureSet;
  readonly count: number;
}

/**
 * Reports as a lookup: one scan over the figure stretches of the units, for any day as known at any time; no event is
 * read.
 */
export class StoredFigureCounts implements FigureCounts {
  constructor(
    private readonly projection: AssessmentProjection,
    private readonly knowledge: LogKnowledge,
  ) {}

  known(asked?: string): Promise<Known> {
    return this.knowledge.within(this.projection, asked);
  }

  ofFacts(facts: number): Promise<Known> {
    return this.knowledge.ofFacts(facts, this.projection);
  }

  async on(
    units: readonly string[],
    day: Day,
    known: Known,
  ): Promise<{ readonly counts: Counted[]; readonly basis: Basis }> {
    return this.read(known, async (reader) => {
      const rows =
        units.length === 0 ? [] : await reader.countBy('stretches', ['unit', 'figures'], at(units, day, known));
      return {
        counts: rows.map((row) => ({
          unit: String(row['unit']),
          figures: String(row['figures']),
          count: Number(row['count']),
        })),
      };
    });
  }

  async episodes(
    units: readonly string[],
    day: Day,
    known: Known,
  ): Promise<{ readonly episodes: CountedEpisode[]; readonly basis: Basis }> {
    return this.read(known, async (reader) => {
      const rows =
        units.length === 0
          ? []
          : await reader.countBy('stretches', ['unit', 'figures', 'episode', 'recipient'], at(units, day, known));
      return {
        episodes: rows.map((row) => ({
          episode: String(row['episode']),
          recipient: String(row['recipient']),
          unit: String(row['unit']),
          figures: figuresIn(String(row['figures'])),
        })),
      };
    });
  }

  private async read<T>(known: Known, read: (reader: ViewReader) => Promise<T>): Promise<T & { basis: Basis }> {
    const seen = await this.projection.version.snapshot(async (reader) => ({
      answer: await read(reader),
      checkpoint: await reader.checkpoint(),
      waiting: await reader.find('waiting', { orderBy: ['kind', 'id'], limit: 1 }),
      parked: await reader.find('parked', { orderBy: ['episode'], limit: 1 }),
    }));
    // Another version that answers since may stand before the one that was asked how far it is.
    const behind = (seen.checkpoint?.position ?? 0n) < known.position;
    const waiting = behind || (seen.waiting.length > 0 && !this.projection.isSettled(known.position));
    return { ...seen.answer, basis: { ...known, waiting, parked: seen.parked.length > 0 } };
  }
}

function at(units: readonly string[], day: Day, { position }: Known): Where {
  const known = placeOf(position);
  return { unit: { in: units }, from: { lte: day }, to: { gt: day }, learnt: { lte: known }, revised: { gt: known } };
}
