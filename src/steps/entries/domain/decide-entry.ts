import type { Proposed } from '../../../facts/proposed.js';
import {
  accept,
  type Decide,
  type Decision,
  type Refusal,
  refuse,
  type Step,
  type Warning,
} from '../../../kernel/event-sourcing/decider.js';
import { entryRefusals as refusals } from './refusals.js';

/** An entry of the stream, as far as corrections look at it. */
export interface NamedEntry {
  readonly id: string;
  /** The entry that it corrects or annuls itself. */
  readonly corrects?: string;
  /** False for the register's own entries, which nobody changes. */
  readonly changeable: boolean;
  /** True where an annulment of it holds. */
  readonly annulled?: true;
}

/** The entries of the stream, by id. */
export type NamedEntries = ReadonlyMap<string, NamedEntry>;

/** A dispute: it is about an entry that people made. */
export const disputeEntry: Decide<NamedEntries, Proposed<'EntryDisputed'>> = (step, entries) =>
  amend(step, entries.get(step.data.event));

/** An annulment; a second one of the same entry changes nothing. */
export const annulEntry: Decide<NamedEntries, Proposed<'EntryAnnulled'>> = (step, entries) => {
  const target = entries.get(step.data.corrects);
  return amend(step, target, ...(target?.annulled ? [ANNULLED_TWICE] : []));
};

const ANNULLED_TWICE = {
  rule: 'ANNULLED_TWICE',
  message: 'Händelsen är redan makulerad. Kontrollera att det är rätt händelse; ingenting ändras.',
};

function amend(step: Step, target: NamedEntry | undefined, ...warnings: readonly Warning[]): Decision {
  return target && !target.changeable ? refuse(refusals.NOT_CORRECTABLE) : accept(step, ...warnings);
}

/**
 * A correction. The right data of a correction say again which entry it corrects, and that must stay the same one:
 * otherwise corrections could be led in a circle (E39). One that says nothing right would
 * silently undo the correction before it.
 */
export const correctEntry: Decide<NamedEntries, Proposed<'EntryCorrected'>> = (step, entries) => {
  const { corrects, data, effectiveOn } = step.data;
  if (data === undefined && effectiveOn === undefined) return refuse(refusals.CORRECTION_EMPTY);
  return astray(corrects, data, entries) ?? amend(step, entries.get(corrects));
};

function astray(target: string, data: unknown, entries: NamedEntries): Refusal | undefined {
  const about = entries.get(target)?.corrects;
  if (about === undefined || typeof data !== 'object' || data === null) return undefined;
  const { corrects, data: deeper } = data as { corrects?: unknown; data?: unknown };
  if (corrects === target) return refuse(refusals.CORRECTION_CYCLE, { corrects: target });
  if (corrects !== about) return refuse(refusals.CORRECTION_MISPLACED, { corrects: about });
  return astray(about, deeper, entries);
}
