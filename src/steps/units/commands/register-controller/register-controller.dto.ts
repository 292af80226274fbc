import { CodeField, TextField } from '../../../../kernel/http/fields.js';
import { OpeningBody } from '../../../../recording/step-body.js';
import { CONTROLLER_KINDS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';
import { IsOrganisationNumber } from '../organisation-number.js';

export class RegisterControllerDto extends OpeningBody {
  @TextField({ description: 'Namnet på kommunen eller företaget.' })
  name: string;

  @CodeField(codesOf(CONTROLLER_KINDS), { description: 'Kommun eller privat utförare.' })
  kind: string;

  @IsOrganisationNumber()
  @TextField({ description: 'Organisationsnumret.', example: '212000-2395', maxLength: 13 })
  orgNumber: string;

  @TextField({
    description: 'Kommunkoden, för en kommun: länets två siffror och kommunens två.',
    pattern: /^(0[1-9]|1\d|2[0-5])\d{2}$/,
    wrong: 'är ingen kommunkod',
    maxLength: 4,
    example: '2260',
    optional: true,
  })
  municipalityCode?: string;
}
