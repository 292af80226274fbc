import { isDeepStrictEqual } from 'node:util';
import type { Entry } from '../compliance-rules/model.js';
import { entryStatuses } from '../compliance-rules/resolve-entries.js';
import { fieldLabel } from '../facts/labels.js';
import type { Warning } from '../kernel/event-sourcing/decider.js';
import type { EventType } from '../kernel/event-sourcing/event-type.js';

type Values = ReadonlyMap<string, unknown>;

/** How a correction changes one field of the entry that it is about in the end. */
export interface CorrectedField {
  /** `effectiveOn`, or the name of a field of the entry's data. */
  readonly field: string;
  /** What counts without the correction; left out where there is nothing, and where the field is personal data. */
  readonly from?: unknown;
  /** What counts with it; left out in the same cases. */
  readonly to?: unknown;
}

export interface CorrectionEffect {
  readonly changes: readonly CorrectedField[];
  readonly warnings: readonly Warning[];
}

/**
 * What a correction does to the entry that it is about in the end, a corrected correction's own entry included. A
 * correction replaces the one before it whole: what that one had put right and this one leaves out falls back to what
 * was recorded first, which nobody sees unless it is said.
 * @param before the entry and all that corrects or annuls it, opened, in the order of the log
 * @param correction the correction to come, with readable data
 * @param root the id of the entry that the chain of corrections ends at
 * @param type of that entry, for what of it is personal data
 */
export function effectOfCorrection(
  before: readonly Entry[],
  correction: Entry,
  root: string,
  type: EventType | undefined,
): CorrectionEffect {
  const original = before.find(({ id }) => id === root);
  if (!original) return { changes: [], warnings: [] };
  const recorded = valuesOf(original);
  const was = countingIn(before, original);
  const is = countingIn([...before, correction], original);
  const fields = [...new Set([...was.keys(), ...is.keys(), ...recorded.keys()])];
  const differs = (field: string, one: Values, other: Values) => !isDeepStrictEqual(one.get(field), other.get(field));
  const fallen = fields.filter((field) => differs(field, was, recorded) && !differs(field, is, recorded));
  const personal = new Set((type?.sealed ?? []).map((path) => path.split(/[.[]/)[0]));
  return {
    changes: fields
      .filter((field) => differs(field, was, is))
      .map((field) => ({ field, ...(personal.has(field) ? {} : fromTo(was.get(field), is.get(field))) })),
    warnings: fallen.length > 0 ? [replacesCorrection(fallen)] : [],
  };
}

function fromTo(from: unknown, to: unknown): Omit<CorrectedField, 'field'> {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** The day and the data that count; those of the entry itself where nothing corrects it, or it is annulled. */
function countingIn(entries: readonly Entry[], original: Entry): Values {
  return valuesOf(entryStatuses(entries).get(original.id)?.effective ?? original);
}

function valuesOf({ effectiveOn, data }: Pick<Entry, 'effectiveOn' | 'data'>): Values {
  // A field of the data that has the name of the day gets a name that no field has.
  const named = Object.entries(data).map(([field, value]) => [field === DAY ? `data.${DAY}` : field, value] as const);
  return new Map<string, unknown>([[DAY, effectiveOn], ...named]);
}

const DAY = 'effectiveOn';

function replacesCorrection(fields: readonly string[]): Warning {
  const names = fields.map((field) => (field === DAY ? 'dagen' : fieldLabel(field)));
  return {
    rule: 'REPLACES_CORRECTION',
    message: `Rättelsen ersätter en tidigare rättelse helt. Det som den rättade och den här utelämnar blir åter som det först registrerades: ${names.join(', ')}. Ange det också om det ska gälla.`,
  };
}
