// What `npm start` runs: one process, so that a signal to it reaches the server.
import { ensureBuilt } from '../scripts/ensure-built.mjs';
import { load } from './load.mjs';

ensureBuilt();
await load(new URL('../dist/main.js', import.meta.url));
