import type { Day } from '../../kernel/time/day.js';
import type { ViewReader, Where } from '../../kernel/view-store/view-store.js';
import type { Basis, CountedEpisode, FigureCounts } from '../read-model.js';
import type { AnswerBasis } from '../answers-basis.js';
import type { AssessmentProjection } from './assessment-projection.js';
import { STILL_KNOWN } from './assessment-rows.js';

interface Counted {
  readonly unit: string;
  readonly mask: number;
  readonly count: number;
}

/**
 * Reports as a lookup: one scan over the figure stretches of the units, for any day as known at any time; no event is
 * read.
 */
export class StoredFigureCounts implements FigureCounts {
  constructor(
    private readonly projection: AssessmentProjection,
    private readonly basis: AnswerBasis,
  ) {}

  async on(
    units: readonly string[],
    day: Day,
    knownAt?: string,
  ): Promise<{ readonly counts: Counted[]; readonly basis: Basis }> {
    return this.read(knownAt, async (reader) => {
      const rows =
        units.length === 0 ? [] : await reader.countBy('stretches', ['unit', 'mask'], this.at(units, day, knownAt));
      return {
        counts: rows.map((row) => ({
          unit: String(row['unit']),
          mask: Number(row['mask']),
          count: Number(row['count']),
        })),
      };
    });
  }

  async episodes(
    units: readonly string[],
    day: Day,
    mask: number,
    knownAt?: string,
  ): Promise<{ readonly episodes: CountedEpisode[]; readonly basis: Basis }> {
    return this.read(knownAt, async (reader) => {
      const rows =
        units.length === 0
          ? []
          : await reader.countBy('stretches', ['unit', 'mask', 'episode', 'recipient'], this.at(units, day, knownAt));
      return {
        episodes: rows
          .filter((row) => (Number(row['mask']) & mask) === mask)
          .map((row) => ({
            episode: String(row['episode']),
            recipient: String(row['recipient']),
            unit: String(row['unit']),
          })),
      };
    });
  }

  private at(units: readonly string[], day: Day, knownAt: string | undefined): Where {
    // Now is whatever is still known, also what was recorded while the clock was ahead.
    const known = knownAt === undefined ? STILL_KNOWN - 1 : Date.parse(knownAt);
    return {
      unit: { in: units },
      from: { lte: day },
      to: { gt: day },
      knownFrom: { lte: known },
      knownTo: { gt: known },
    };
  }

  private async read<T>(
    knownAt: string | undefined,
    read: (reader: ViewReader) => Promise<T>,
  ): Promise<T & { basis: Basis }> {
    const seen = await this.projection.version.snapshot(async (reader) => ({
      answer: await read(reader),
      checkpoint: await reader.checkpoint(),
      waiting: await reader.find('waiting', { orderBy: ['kind', 'id'], limit: 1 }),
      parked: await reader.find('parked', { orderBy: ['episode'], limit: 1 }),
    }));
    const reached = seen.checkpoint ?? { position: 0n, recordedAt: '', facts: 0 };
    return {
      ...seen.answer,
      basis: await this.basis.of(reached, knownAt, { late: seen.waiting.length > 0, parked: seen.parked.length > 0 }),
    };
  }
}
