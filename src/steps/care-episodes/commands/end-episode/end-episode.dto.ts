import { CodeField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { END_CAUSES } from '../../../../facts/care-episode-events.js';

export class EndEpisodeDto extends StepBody {
  @CodeField(END_CAUSES, { description: 'Varför insatsen avslutas.' })
  cause: string;
}
