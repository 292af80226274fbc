// Writes the schemas of the answers over HTTP from their types. A spec fails when they differ (`--print` is for it).
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { definitions } = createGenerator({
  path: at('src/answers/http/answers.ts'),
  tsconfig: at('tsconfig.json'),
  type: 'Answers',
  skipTypeCheck: true,
}).createSchema('Answers');
const { Answers, ...schemas } = JSON.parse(
  JSON.stringify(definitions).replaceAll('#/definitions/', '#/components/schemas/'),
);
const table = (rows) =>
  `{\n${Object.entries(rows)
    .map(([name, schema]) => `  ${name}: ${JSON.stringify(schema)},\n`)
    .join('')}}`;
const text = `// Made by \`npm run answers\` from answers.ts; not to be edited.

/** The schema of the answer of each operation, by the operation's name in the OpenAPI document. */
export const answerSchemaOf: Readonly<Record<string, object>> = ${table(Answers.properties)};

/** The schemas they are made of. They allow no member that is not named. */
export const answerSchemas: Readonly<Record<string, object>> = ${table(schemas)};
`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(at('src/answers/http/answer-schemas.ts'), text);
