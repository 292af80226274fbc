import { CodeField, TextField } from '../../../../kernel/http/fields.js';
import { CONTACT_CHANGE_REASONS, INITIATORS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';
import { AppointmentDto } from '../appointment.dto.js';

export class ReplaceContactDto extends AppointmentDto {
  @CodeField(codesOf(INITIATORS), { description: 'Vem som tog initiativet.' })
  initiator: string;

  @CodeField(codesOf(CONTACT_CHANGE_REASONS), { description: 'Orsaken.' })
  reasonCode: string;

  @TextField({ description: 'Orsaken med egna ord.', optional: true })
  reasonText?: string;
}
