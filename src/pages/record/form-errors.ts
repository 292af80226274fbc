import type { Fields } from '../../kernel/event-sourcing/fields.js';
import { placedFields } from '../../kernel/event-sourcing/fields.js';
import type { Problem } from '../../kernel/http/problem.js';
import { capital } from '../words/state-words.js';
import type { FormValues } from './form-fields.js';
import type { FormError } from './step-page.js';

/** What a problem says of a form, field by field where it can, in words for somebody who fills it in. */
export function formErrors(
  { type, occurrence }: Problem,
  fields: Fields,
  values: FormValues,
  prefix = '',
): readonly FormError[] {
  const { errors = [] } = occurrence;
  if (errors.length === 0) return [{ text: `${type.title}. ${occurrence.detail ?? type.detail}` }];
  const placed = new Map(placedFields(fields).map(({ path, field }) => [`${prefix}${path}`, field]));
  return errors.map(({ path, message }) => {
    const field = placed.get(path.replace(/\[\d+\]/g, '[]'));
    const label =
      path === 'effectiveOn'
        ? 'dag'
        : path === 'lateReason'
          ? 'varför det registreras sent'
          : (field?.traits.label ?? path);
    const empty = values.getAll(path).every((value) => value.trim() === '');
    const chosen = field?.form.kind === 'code' || field?.form.kind === 'list' || field?.traits.target !== undefined;
    return { path, text: empty ? `${chosen ? 'Välj' : 'Ange'} ${label}` : `${capital(label)} ${message}` };
  });
}
