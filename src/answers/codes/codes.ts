import { ACTOR_ROLES } from '../../facts/codes.js';
import { eventCatalogue } from '../../facts/event-catalogue.js';
import { FIGURES } from '../../judgement/figures/figure-names.js';
import type { Codes } from '../../kernel/event-sourcing/codes.js';
import { type Form, placedFields } from '../../kernel/event-sourcing/fields.js';
import { ENTRY_STATUS_LABELS, STATUS_LABELS, TITLE_LABELS } from '../labels.js';

/** A code and the Swedish words that people read instead. */
export interface CodeInWords {
  readonly code: string;
  readonly label: string;
}

/** A field of an event type, in Swedish words. */
export interface FieldInWords {
  /** Where it stands in `data`: `attendees[].name`. */
  readonly path: string;
  readonly label: string;
  readonly description: string;
  /** What it can hold, where that is one of a table. */
  readonly codes?: readonly CodeInWords[];
}

/** The Swedish words for everything that answers tell by a code or a name of their own. */
export interface CodesAnswer {
  readonly eventTypes: readonly {
    readonly type: string;
    readonly label: string;
    readonly fields: readonly FieldInWords[];
  }[];
  /** Of actors; any other text may stand there too. */
  readonly roles: readonly CodeInWords[];
  /** Of judgements. */
  readonly statuses: readonly CodeInWords[];
  /** Of entries in a timeline. */
  readonly entryStatuses: readonly CodeInWords[];
  readonly titleBases: readonly CodeInWords[];
  /** Of the supervisory report. */
  readonly figures: readonly CodeInWords[];
}

/** All words, in the order in which they are declared. */
export function codesInWords(): CodesAnswer {
  return {
    eventTypes: eventCatalogue.all().map(({ type, label, fields }) => ({
      type,
      label,
      // The items of a list have its words; only what stands inside them has its own.
      fields: placedFields(fields)
        .filter(({ path }) => !path.endsWith('[]'))
        .map(({ path, field: { form, traits } }) => ({
          path,
          label: traits.label,
          description: traits.description,
          ...codesIn(form),
        })),
    })),
    roles: inWords(ACTOR_ROLES),
    statuses: inWords(STATUS_LABELS),
    entryStatuses: inWords(ENTRY_STATUS_LABELS),
    titleBases: inWords(TITLE_LABELS),
    figures: FIGURES.map(({ name, label }) => ({ code: name, label })),
  };
}

function codesIn(form: Form): { readonly codes?: readonly CodeInWords[] } {
  if (form.kind === 'list') return codesIn(form.of.form);
  return form.kind === 'code' ? { codes: inWords(form.codes) } : {};
}

function inWords(codes: Codes): CodeInWords[] {
  return Object.entries(codes).map(([code, label]) => ({ code, label }));
}
