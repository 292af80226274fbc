import { DayField, IdListField, PartField, PartListField, TextField } from '../../../kernel/http/fields.js';
import { StepBody } from '../../../recording/step-body.js';
import { AttendeeDto } from './attendee.dto.js';

/** The four needs that the law names. */
export class PlanSectionsDto {
  @TextField({ description: 'Trygghet.' })
  security: string;

  @TextField({ description: 'Kontinuitet.' })
  continuity: string;

  @TextField({ description: 'Individanpassad omsorg.' })
  individualCare: string;

  @TextField({ description: 'Samordning.' })
  coordination: string;
}

/** What a plan says. */
export class PlanDto extends StepBody {
  @PartField(() => PlanSectionsDto, { description: 'Planens innehåll under lagens fyra rubriker.' })
  sections: PlanSectionsDto;

  @IdListField({ description: 'Uppdragen för de kontakter som planen nämner.' })
  contacts: string[];

  @PartListField(() => AttendeeDto, { description: 'Vilka som var med.' })
  participants: AttendeeDto[];

  @DayField({
    description: 'När planen ska följas upp. Utan dag svarar kommandot med varningen FOLLOW_UP_DATE.',
    optional: true,
  })
  followUpOn?: string;

  @TextField({ description: 'Beslutet som planen utgår från. Inga personuppgifter.', optional: true })
  decisionRef?: string;
}
