import { CodeField } from '../../../../kernel/http/fields.js';
import { CONTACT_ROLES } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';
import { AppointmentDto } from '../appointment.dto.js';

export class AssignContactDto extends AppointmentDto {
  @CodeField(codesOf(CONTACT_ROLES), { description: 'Ordinarie, andra kontakt eller vice.' })
  role: string;
}
