import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { programVersion } from './program-version.js';

it('knows the version of the program from its package', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(programVersion()).toBe(version);
});
