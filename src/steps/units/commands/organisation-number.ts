import { registerDecorator } from 'class-validator';
import { isOrganisationNumber } from '../../../facts/organisation-number.js';

/** Checks an organisation number's form and check digit. */
export function IsOrganisationNumber(): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'isOrganisationNumber',
      target: target.constructor,
      propertyName: String(propertyName),
      options: { message: 'är inget organisationsnummer: kontrollera siffrorna' },
      validator: { validate: (value: unknown) => typeof value === 'string' && isOrganisationNumber(value) },
    });
}
