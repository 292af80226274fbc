import { CodeField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { CONTACT_CHANGE_REASONS, INITIATORS } from '../../../../facts/care-episode-events.js';

export class EndContactDto extends StepBody {
  @CodeField(INITIATORS, { description: 'Vem som tog initiativet.' })
  initiator: string;

  @CodeField(CONTACT_CHANGE_REASONS, { description: 'Orsaken.' })
  reasonCode: string;
}
