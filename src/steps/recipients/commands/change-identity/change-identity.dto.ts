import { FlagField, PartField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { IdentityDto } from '../identity.dto.js';

export class ChangeIdentityDto extends StepBody {
  @PartField(() => IdentityDto, { description: 'Det nya numret.' })
  identity: IdentityDto;

  @FlagField({ description: 'Sambandet med det förra numret är hemligt.', optional: true })
  formerSecret?: boolean;
}
