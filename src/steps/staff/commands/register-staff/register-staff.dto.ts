import { IdField, TextField } from '../../../../kernel/http/fields.js';
import { OpeningBody } from '../../../../recording/step-body.js';
import { HSA_ID } from '../../../../facts/hsa-id.js';

export class RegisterStaffDto extends OpeningBody {
  @IdField({ description: 'Den personuppgiftsansvarige.' })
  controller: string;

  @IdField({ description: 'Enheten.' })
  unit: string;

  @TextField({ description: 'Namnet.' })
  name: string;

  @TextField({
    description: 'HSA-id.',
    pattern: HSA_ID,
    wrong: 'är inget HSA-id',
    maxLength: 31,
    example: 'SE2321000016-1003',
    optional: true,
  })
  hsaId?: string;
}
