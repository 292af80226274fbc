// What `npm start` runs: one process, so that a signal to it reaches the server.
import { ensureBuilt } from '../scripts/ensure-built.mjs';

ensureBuilt();
await import('../dist/main.js');
