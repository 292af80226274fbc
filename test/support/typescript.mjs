/** `node --import <this file> something.ts` runs TypeScript in a process of its own, transformed as Jest does it. */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
