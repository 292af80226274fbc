// Writes docs/reference/schemas, and the schema of the table of access beside it, from the code. Specs fail when they
// differ.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './ensure-built.mjs';

ensureBuilt();
const { schemaFiles } = await import('../dist/facts/event-schemas.js');
const folder = fileURLToPath(new URL('../docs/reference/schemas/', import.meta.url));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, text] of schemaFiles()) writeFileSync(`${folder}${name}`, text);
process.stderr.write(`${schemaFiles().size} schemas in ${folder}\n`);

const { tableJsonSchema } = await import('../dist/access/policy-table.js');
writeFileSync(
  new URL('../src/access/access-policy.schema.json', import.meta.url),
  `${JSON.stringify(tableJsonSchema(), undefined, 2)}\n`,
);
