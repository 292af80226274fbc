import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { eventCatalogue } from './event-catalogue.js';
import { jsonSchemaOf, schemaFiles } from './event-schemas.js';

const FOLDER = new URL('../../docs/reference/schemas/', import.meta.url);

describe('the JSON Schemas in docs/reference/schemas', () => {
  it('are those of the code; `npm run schemas` writes them anew', () => {
    const written = new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')]));
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(schemaFiles()));
  });

  it('are schemas that a validator takes', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const type of eventCatalogue.all()) expect(() => ajv.compile(jsonSchemaOf(type))).not.toThrow();
  });
});
