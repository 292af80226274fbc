import { IdField, NumberField } from '../../../../kernel/http/fields.js';
import { PlanDto } from '../plan.dto.js';

export class AgreePlanDto extends PlanDto {
  @IdField({ description: 'Planens id. Väljs av registret om det utelämnas.', optional: true })
  plan?: string;

  @NumberField({ description: 'Planens version. 1 om inget anges.', min: 1, max: 100_000, example: 1, optional: true })
  version?: number;
}
