import { CodeField, TextField } from '../../../../kernel/http/fields.js';
import { CONTACT_CHANGE_REASONS, INITIATORS } from '../../../../facts/care-episode-events.js';
import { AppointmentDto } from '../appointment.dto.js';

export class ReplaceContactDto extends AppointmentDto {
  @CodeField(INITIATORS, { description: 'Vem som tog initiativet.' })
  initiator: string;

  @CodeField(CONTACT_CHANGE_REASONS, { description: 'Orsaken.' })
  reasonCode: string;

  @TextField({ description: 'Orsaken med egna ord.', optional: true })
  reasonText?: string;
}
