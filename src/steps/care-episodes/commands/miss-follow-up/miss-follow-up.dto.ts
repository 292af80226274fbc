import { CodeField, DayField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { FOLLOW_UP_NOT_HELD_REASONS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

export class MissFollowUpDto extends StepBody {
  @CodeField(codesOf(FOLLOW_UP_NOT_HELD_REASONS), { description: 'Orsaken.' })
  reasonCode: string;

  @DayField({ description: 'Ny dag.', optional: true })
  newDate?: string;
}
