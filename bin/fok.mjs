#!/usr/bin/env node
import { ensureBuilt } from '../scripts/ensure-built.mjs';
import { load } from './load.mjs';

ensureBuilt();
await load(new URL('../dist/cli.js', import.meta.url));
