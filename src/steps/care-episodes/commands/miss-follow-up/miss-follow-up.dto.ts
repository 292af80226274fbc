import { CodeField, DayField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { FOLLOW_UP_NOT_HELD_REASONS } from '../../../../facts/care-episode-events.js';

export class MissFollowUpDto extends StepBody {
  @CodeField(FOLLOW_UP_NOT_HELD_REASONS, { description: 'Orsaken.' })
  reasonCode: string;

  @DayField({ description: 'Ny dag.', optional: true })
  newDate?: string;
}
