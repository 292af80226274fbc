import { NumberField } from '../../../../kernel/http/fields.js';
import { PlanDto } from '../plan.dto.js';

export class RevisePlanDto extends PlanDto {
  @NumberField({ description: 'Planens nya version, högre än den senaste.', min: 1, max: 100_000, example: 2 })
  version: number;
}
