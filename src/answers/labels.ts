import type { Status, TitleBasis } from '../compliance-rules/model.js';
import type { EntryStatus } from '../compliance-rules/resolve-entries.js';

/** What people read instead of codes, in Swedish. */

export const STATUS_LABELS: Readonly<Record<Status, string>> = {
  MET: 'uppfyllt',
  DUE: 'inom tid',
  BREACH: 'BRIST',
  WARNING: 'anmärkning',
};

export const ENTRY_STATUS_LABELS: Readonly<Record<EntryStatus['status'], string>> = {
  VALID: 'gäller',
  CORRECTED: 'rättad',
  ANNULLED: 'makulerad',
  DISPUTED: 'bestridd',
};

export const TITLE_LABELS: Readonly<Record<TitleBasis, string>> = {
  CERTIFICATE: 'bevis',
  TRANSITION: 'övergångsregel',
  EMPLOYER_APPROVED: 'utbildning som arbetsgivaren godkänt',
  NONE: 'saknar bevis',
};

const INCOMPLETE = 'OBS: en del kunde inte läsas eller bedömas och har lagts åt sidan.';

interface Marks {
  readonly late?: boolean;
  readonly waiting?: boolean;
  readonly parked?: boolean;
  readonly warning?: string;
}

/**
 * What a reader has to be told about an answer: that it is behind, or incomplete. A line each, none where it is
 * neither.
 */
export function markLines({ late, waiting, parked, warning }: Marks): string[] {
  return [
    ...(warning === undefined ? [] : [`OBS: ${warning}`]),
    ...(late ? ['OBS: svaret ligger efter: mer hade registrerats när frågan ställdes.'] : []),
    ...(waiting ? ['OBS: en del väntar på att bedömas på nytt.'] : []),
    ...(parked ? [INCOMPLETE] : []),
  ];
}
