// Writes docs/reference/openapi.json from the code. A spec fails when they differ.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './ensure-built.mjs';

ensureBuilt();
const { openApiFile } = await import('../dist/server/openapi-file.js');
const file = fileURLToPath(new URL('../docs/reference/openapi.json', import.meta.url));
writeFileSync(file, await openApiFile());
process.stderr.write(`${file}\n`);
