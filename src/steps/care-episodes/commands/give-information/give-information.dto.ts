import { CodeField, CodeListField, PartListField, VersionField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { INFORMATION_FORMS, INFORMATION_ITEMS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';
import { AttendeeDto } from '../attendee.dto.js';

export class GiveInformationDto extends StepBody {
  @CodeField(codesOf(INFORMATION_FORMS), { description: 'Hur informationen gavs.' })
  form: string;

  @CodeListField(codesOf(INFORMATION_ITEMS), { description: 'Vilka av rutinens punkter som gicks igenom.' })
  items: string[];

  @VersionField({ description: 'Broschyrens version.', example: '2', optional: true })
  brochureVersion?: string | number;

  @PartListField(() => AttendeeDto, { description: 'Vilka som var med.' })
  attendees: AttendeeDto[];
}
