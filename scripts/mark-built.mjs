// Marks a finished build, so that ensure-built can tell a stale or half-written dist from a whole one.
import { writeFileSync } from 'node:fs';
writeFileSync(new URL('../dist/.built', import.meta.url), new Date().toISOString() + '\n');
