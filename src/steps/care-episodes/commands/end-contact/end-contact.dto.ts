import { CodeField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { CONTACT_CHANGE_REASONS, INITIATORS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

export class EndContactDto extends StepBody {
  @CodeField(codesOf(INITIATORS), { description: 'Vem som tog initiativet.' })
  initiator: string;

  @CodeField(codesOf(CONTACT_CHANGE_REASONS), { description: 'Orsaken.' })
  reasonCode: string;
}
