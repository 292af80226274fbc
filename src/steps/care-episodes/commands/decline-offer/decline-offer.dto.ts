import { CodeField, TextField } from '../../../../kernel/http/fields.js';
import { DECLINE_REASONS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';
import { AnswerDto } from '../answer.dto.js';

export class DeclineOfferDto extends AnswerDto {
  @CodeField(codesOf(DECLINE_REASONS), {
    description: 'Orsaken. DID_NOT_WISH_TO_STATE är också en orsak.',
    optional: true,
  })
  reasonCode?: string;

  @TextField({ description: 'Orsaken med egna ord.', optional: true })
  reasonText?: string;
}
