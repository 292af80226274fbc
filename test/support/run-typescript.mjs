/**
 * `node --import <this file> program.ts` runs our TypeScript in a real process of its own, without a build:
 * for tests that kill a process or let two of them work on the same files.
 */
import { register } from 'node:module';

register(new URL('./typescript-hooks.mjs', import.meta.url));
