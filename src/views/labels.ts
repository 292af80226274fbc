import { TYPE_LABELS } from '../audit/export/swedish-labels.js';
import type { Status, TitleBasis } from '../compliance-rules/model.js';
import type { EntryStatus } from '../compliance-rules/resolve-entries.js';

/** What people read instead of codes, in Swedish. */

/** The Swedish name of an event type; the type itself where it has none. */
export function eventLabel(type: string): string {
  return TYPE_LABELS[type] ?? type;
}

export const STATUS_LABELS: Readonly<Record<Status, string>> = { MET: 'uppfyllt', DUE: 'inom tid', BREACH: 'AVVIKELSE', WARNING: 'varning' };

export const ENTRY_STATUS_LABELS: Readonly<Record<EntryStatus['status'], string>> = { VALID: 'gäller', CORRECTED: 'rättad', ANNULLED: 'makulerad', DISPUTED: 'bestridd' };

export const TITLE_LABELS: Readonly<Record<TitleBasis, string>> = {
  CERTIFICATE: 'bevis',
  TRANSITION: 'övergångsregel',
  EMPLOYER_APPROVED: 'utbildning som arbetsgivaren godkänt',
  NONE: 'ingen behörighet',
};

export const CARE_FORM_LABELS: Readonly<Record<string, string>> = { HOME_CARE: 'hemtjänst', HOUSING_SUPPORT: 'boendestöd', RESIDENTIAL_CARE: 'särskilt boende', LSS: 'LSS' };
