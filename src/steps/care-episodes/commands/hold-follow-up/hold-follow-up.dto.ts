import { CodeField, DayField, PartListField, TextField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { FOLLOW_UP_OUTCOMES } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';
import { AttendeeDto } from '../attendee.dto.js';

export class HoldFollowUpDto extends StepBody {
  @PartListField(() => AttendeeDto, { description: 'Vilka som var med.' })
  attendees: AttendeeDto[];

  @CodeField(codesOf(FOLLOW_UP_OUTCOMES), { description: 'Vad uppföljningen ledde till.' })
  outcome: string;

  @TextField({ description: 'Anteckningar.', optional: true })
  notes?: string;

  @DayField({ description: 'Nästa uppföljning.', optional: true })
  nextFollowUpOn?: string;
}
