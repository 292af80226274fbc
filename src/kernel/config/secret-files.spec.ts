import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';
import { refusal } from './refusal.spec-helper.js';

const folder = mkdtempSync(join(tmpdir(), 'fok-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const name = join(folder, `${Math.random()}`);
  writeFileSync(name, text);
  return name;
}

describe('a secret in a file', () => {
  it('is the whole address', () => {
    const { eventStoreUrl, mongodbUrl } = readConfig({
      EVENTSTORE_URL_FILE: file('esdb://fok:h%40mlig@a.example:2113\n'),
      MONGODB_URL_FILE: file('mongodb://fok:x@a.example/fok'),
    });
    expect([eventStoreUrl, mongodbUrl]).toEqual([
      'esdb://fok:h%40mlig@a.example:2113',
      'mongodb://fok:x@a.example/fok',
    ]);
  });

  it('is the password of the user in an address, whatever characters it has', () => {
    const password = file('p@ss:w/ö?#%\r\n');
    const config = readConfig({
      EVENTSTORE_URL: 'esdb+discover://fok@a.example:2113,b.example:2113?tls=true',
      EVENTSTORE_PASSWORD_FILE: password,
      MONGODB_URL: 'mongodb://fok@a.example/fok',
      MONGODB_PASSWORD_FILE: password,
    });
    const written = 'p%40ss%3Aw%2F%C3%B6%3F%23%25';
    expect([config.eventStoreUrl, config.mongodbUrl]).toEqual([
      `esdb+discover://fok:${written}@a.example:2113,b.example:2113?tls=true`,
      `mongodb://fok:${written}@a.example/fok`,
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['both are given', { MONGODB_URL: 'mongodb://a/f', MONGODB_URL_FILE: file('mongodb://b/f') }, 'are both set'],
    [
      'the file is not there',
      { MONGODB_URL_FILE: join(folder, 'none') },
      'MONGODB_URL_FILE names a file that cannot be read (ENOENT)',
    ],
    ['the file is empty', { EVENTSTORE_URL_FILE: file('\n') }, 'must name a file that holds one line'],
    ['the file holds several lines', { EVENTSTORE_URL_FILE: file('a\nb') }, 'must name a file that holds one line'],
    [
      'there is no user',
      { MONGODB_URL: 'mongodb://a.example/f', MONGODB_PASSWORD_FILE: file('secret-1') },
      'needs a user without a password',
    ],
    [
      'there is a password already',
      { EVENTSTORE_URL: 'esdb://u:secret-2@a', EVENTSTORE_PASSWORD_FILE: file('secret-1') },
      'needs a user without a password',
    ],
    [
      'there is no address',
      { KEYS_MONGODB_PASSWORD_FILE: file('secret-1') },
      'needs a user without a password in KEYS_MONGODB_URL',
    ],
    ['what it holds is no address', { EVENTSTORE_URL_FILE: file('secret-1') }, 'EVENTSTORE_URL must start with'],
  ])('is refused, and not repeated, where %s', (_, environment, message) => {
    const told = refusal(environment);
    expect(told).toContain(message);
    expect(told).not.toMatch(/secret-\d/);
  });
});
