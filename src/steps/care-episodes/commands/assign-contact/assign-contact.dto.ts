import { CodeField } from '../../../../kernel/http/fields.js';
import { CONTACT_ROLES } from '../../../../facts/care-episode-events.js';
import { AppointmentDto } from '../appointment.dto.js';

export class AssignContactDto extends AppointmentDto {
  @CodeField(CONTACT_ROLES, { description: 'Ordinarie, andra kontakt eller vice.' })
  role: string;
}
