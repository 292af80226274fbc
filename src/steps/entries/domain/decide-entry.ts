import type { Proposed } from '../../../facts/proposed.js';
import { accept, type Decide, type Refusal, refuse } from '../../../kernel/event-sourcing/decider.js';
import { entryRefusals as refusals } from './refusals.js';

/** An entry of the stream, as far as corrections look at it. */
export interface NamedEntry {
  readonly id: string;
  /** The entry that it corrects or annuls itself. */
  readonly corrects?: string;
  /** False for the register's own entries, which nobody changes. */
  readonly changeable: boolean;
}

/** The entries of the stream, by id. */
export type NamedEntries = ReadonlyMap<string, NamedEntry>;

/** An annulment or a dispute: it is about an entry that people made. */
export const amendEntry: Decide<NamedEntries, Proposed<'EntryCorrected' | 'EntryAnnulled' | 'EntryDisputed'>> = (
  step,
  entries,
) => {
  const target = entries.get('event' in step.data ? step.data.event : step.data.corrects);
  return target && !target.changeable ? refuse(refusals.NOT_CORRECTABLE) : accept(step);
};

/**
 * A correction. The right data of a correction say again which entry it corrects, and that must stay the same one:
 * otherwise corrections could be led in a circle (E39).
 */
export const correctEntry: Decide<NamedEntries, Proposed<'EntryCorrected'>> = (step, entries) => {
  const { corrects, data } = step.data;
  return astray(corrects, data, entries) ?? amendEntry(step, entries);
};

function astray(target: string, data: unknown, entries: NamedEntries): Refusal | undefined {
  const about = entries.get(target)?.corrects;
  if (about === undefined || typeof data !== 'object' || data === null) return undefined;
  const { corrects, data: deeper } = data as { corrects?: unknown; data?: unknown };
  if (corrects === target) return refuse(refusals.CORRECTION_CYCLE, { corrects: target });
  if (corrects !== about) return refuse(refusals.CORRECTION_MISPLACED, { corrects: about });
  return astray(about, deeper, entries);
}
