import { CodeField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { END_CAUSES } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

export class EndEpisodeDto extends StepBody {
  @CodeField(codesOf(END_CAUSES), { description: 'Varför insatsen avslutas.' })
  cause: string;
}
