import { CodeField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../recording/step-body.js';
import { END_CAUSES } from '../../domain/events.js';

export class EndEpisodeDto extends StepBody {
  @CodeField(END_CAUSES, { description: 'Varför insatsen avslutas.' })
  cause: string;
}
