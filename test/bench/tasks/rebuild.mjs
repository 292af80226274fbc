// Builds all views anew from a log, as when their folder was lost. Input: {dataDir}.
import { rmSync } from 'node:fs';
import { dataPaths } from '../../../dist/stores/open-stores.js';
import { openRegister } from '../../../dist/app/register.js';
import { rates, timed } from '../stopwatch.mjs';
import { taskInput, tell } from '../task.mjs';

const { dataDir } = taskInput();
rmSync(dataPaths(dataDir).views, { recursive: true, force: true });
const register = await openRegister({ dataDir, eventStore: 'sqlite', viewStore: 'sqlite' });
const events = await register.store.count();
const took = await timed(() => register.runner.drain());
const parked = await register.projection.parked();
await register.close();
if (parked.length > 0) throw new Error(`${parked.length} episodes could not be judged: ${parked[0].error}`);
tell({ events, seconds: took.seconds, ...rates(events, took) });
