import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What stands between backticks and is a path from the top. */
function placesIn(section: string): string[] {
  return [...section.matchAll(/`([^`\n]+)`/g)]
    .map(([, text]) => text ?? '')
    .filter((text) => /^(src|test)\/[\w./*-]+$/.test(text));
}

describe('CONTRIBUTING', () => {
  const sections = readFileSync(`${root}CONTRIBUTING.md`, 'utf8').split(/^## /m).slice(1);
  const ways = sections.filter((section) => section.startsWith('Add '));

  it('says how a rule, a step, a figure, a version of an event and a stored view are added', () => {
    expect(ways.map((section) => section.split('\n')[0])).toEqual([
      'Add a rule',
      'Add a step (an event type)',
      'Add a figure',
      'Add a version of an event',
      'Add a stored view',
    ]);
  });

  it.each(ways.map((section) => [section.split('\n')[0] ?? '', placesIn(section)] as const))(
    '%s: names places that are there',
    (_, places) => {
      expect(places.length).toBeGreaterThan(0);
      const looked = places.map((place) => place.replace(/\/\*.*$/, '').replace('NAME', 'offer'));
      expect(looked.filter((place) => !existsSync(root + place))).toEqual([]);
    },
  );
});
