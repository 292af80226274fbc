import { CodeField, DayField, IdField, PartField, TextField } from '../../../../kernel/http/fields.js';
import { OpeningBody } from '../../../../recording/step-body.js';
import { PROTECTIONS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';
import { IdentityDto } from '../identity.dto.js';

/** Said of somebody who has the same number as a registration that is there. */
export class AnotherPersonDto {
  @TextField({ description: 'Varför det är en annan person trots samma nummer.' })
  reason: string;
}

export class RegisterRecipientDto extends OpeningBody {
  @IdField({ description: 'Den personuppgiftsansvarige.' })
  controller: string;

  @PartField(() => IdentityDto, { description: 'Numret som personen är känd under.' })
  identity: IdentityDto;

  @TextField({ description: 'Namnet.' })
  name: string;

  @DayField({ description: 'Födelsedatum, när numret inte säger det.', example: '1912-12-12', optional: true })
  birthDate?: string;

  @CodeField(codesOf(PROTECTIONS), { description: 'Skyddade personuppgifter.' })
  protection: string;

  @PartField(() => AnotherPersonDto, {
    description: 'Anges när en annan person redan är registrerad med samma nummer. Skälet bevaras.',
    optional: true,
  })
  anotherPerson?: AnotherPersonDto;
}
