import { CodeField, TextField } from '../../../kernel/http/fields.js';
import { IDENTITY_TYPES } from '../../../facts/codes.js';
import { codesOf } from '../../../kernel/event-sourcing/codes.js';

/** A number by which a person is known. Date and check digit of a personnummer and a samordningsnummer are checked. */
export class IdentityDto {
  @CodeField(codesOf(IDENTITY_TYPES), { description: 'Slaget av nummer.' })
  type: string;

  @TextField({ description: 'Numret, med eller utan sekel och skiljetecken.', example: '191212121212', maxLength: 100 })
  value: string;

  @TextField({ description: 'Vem som gav ut ett reservnummer.', maxLength: 100, optional: true })
  issuer?: string;
}
