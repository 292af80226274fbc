import organisationsnummerModule from 'organisationsnummer';

// The package's types describe its ES build, Node loads its CommonJS build, whose export is the class itself.
const organisationsnummer = organisationsnummerModule as unknown as typeof organisationsnummerModule.default;

/** Whether the text is an organisation number, with or without dash and century, with the right check digit. */
export function isOrganisationNumber(text: string): boolean {
  return /^(16)?\d{6}-?\d{4}$/.test(text) && organisationsnummer.valid(text);
}
