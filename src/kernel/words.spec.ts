import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { CATEGORIES, FACTS } from '../facts/event-catalogue.js';

const KERNEL = fileURLToPath(new URL('.', import.meta.url));
/** The envelope of every event has a field of this name. */
const OF_THE_ENVELOPE = 'controller';
const OWN_THINGS = Object.values(FACTS).flatMap(({ defines }) => (defines ? [defines.kind] : []));

describe('the kernel', () => {
  it('names no event type, no category of stream and nothing that an entry of home care brings into being', () => {
    const words = new RegExp(
      `'(${[...Object.keys(FACTS), ...CATEGORIES, ...OWN_THINGS].filter((word) => word !== OF_THE_ENVELOPE).join('|')})'`,
      'g',
    );
    const files = readdirSync(KERNEL, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const said = files
      .filter((name) => !/\.spec(-helper)?\.ts$/.test(name))
      .flatMap((name) =>
        [...readFileSync(join(KERNEL, name), 'utf8').matchAll(words)].map(([word]) => `${name} ${word}`),
      );
    expect(files.length).toBeGreaterThan(100);
    expect(said).toEqual([]);
  });
});
