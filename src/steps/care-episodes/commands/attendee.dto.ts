import { CodeField, IdField, TextField } from '../../../kernel/http/fields.js';
import { ATTENDEE_KINDS } from '../../../facts/codes.js';
import { codesOf } from '../../../kernel/event-sourcing/codes.js';

/** Somebody who was there. */
export class AttendeeDto {
  @CodeField(codesOf(ATTENDEE_KINDS), { description: 'Vem det är.' })
  kind: string;

  @TextField({ description: 'Namnet.', optional: true })
  name?: string;

  @IdField({ description: 'Samtycket som närvaron vilar på, för en närstående.', optional: true })
  consent?: string;
}
