import { PartField, VersionField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { PolicyValuesDto } from './policy-values.dto.js';

export class AdoptPolicyDto extends StepBody {
  @VersionField({ description: 'Reglernas version.', example: '2026-1' })
  version: string | number;

  @PartField(() => PolicyValuesDto, { description: 'Värdena.' })
  values: PolicyValuesDto;
}
