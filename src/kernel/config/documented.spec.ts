import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig, SETTINGS } from './config.js';
import { configure } from './configure.js';
import { parseEnvFile, withEnvFile } from './env-file.js';
import { SECRET_FILE_SETTINGS } from './secret-files.js';

const example = readFileSync('.env.example', 'utf8');
const reference = readFileSync('docs/reference/configuration.md', 'utf8');
const rows = new Map(
  [...reference.matchAll(/^\| `([A-Z_]+)` \| (.*?) \| /gm)].map(([, name = '', byDefault = '']) => [
    name,
    byDefault.replaceAll('`', ''),
  ]),
);

describe('every setting', () => {
  it.each(SETTINGS.map((name) => ({ name })))('$name stands in .env.example and in the reference', ({ name }) => {
    expect(example).toMatch(new RegExp(`^(# )?${name}=.`, 'm'));
    expect([...rows.keys()]).toContain(name);
  });

  it('that stands there is one', () => {
    const inExample = [...example.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name);
    for (const name of [...inExample, ...rows.keys()]) expect(SETTINGS).toContain(name);
    expect(inExample).toHaveLength(SETTINGS.length);
  });

  it('has the default that .env.example and the reference say it has', () => {
    const given = parseEnvFile(example);
    expect(readConfig(given)).toEqual(readConfig({}));
    for (const [name, value] of Object.entries(given)) expect([name, rows.get(name)]).toEqual([name, value]);
  });

  it('can be set to what .env.example shows as an example', () => {
    const shown = parseEnvFile(example.replaceAll(/^# ([A-Z_]+=)/gm, '$1'));
    // A file with a secret stands instead of the setting that is shown beside it, and must be there.
    for (const name of SECRET_FILE_SETTINGS) delete shown[name];
    expect(() => readConfig(shown)).not.toThrow();
  });
});

describe('a file of settings', () => {
  async function withFile<T>(text: string, work: (path: string) => T | Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    const path = join(folder, '.env');
    writeFileSync(path, text);
    try {
      return await work(path);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it('stands behind the environment, for the server and the command line alike', () =>
    withFile('PORT=4000\nLOG_LEVEL="debug" # noisy\nOTHER=thing\n', async (path) => {
      const environment = { PORT: '5000', EVENT_STORE: 'memory' };
      const { config } = await configure(environment, path);
      expect(config).toMatchObject({ port: 5000, logLevel: 'debug', eventStore: 'memory' });
      expect(readConfig(withEnvFile(environment, path))).toEqual(config);
      expect(process.env['OTHER']).toBeUndefined();
    }));

  it('need not be there', async () => {
    expect((await configure({}, '/nowhere/.env')).config).toEqual(readConfig({}));
    expect(withEnvFile({ PORT: '1' }, '/nowhere/.env')).toEqual({ PORT: '1' });
  });

  it('is named for everything that is wrong in it, in one message with what is wrong beside it', () =>
    withFile('PORT=high\nVIEW_STORE=mongodb\n', async (path) => {
      const error = await configure({ LOG_LEVEL: 'loud' }, path).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigError);
      expect((error as ConfigError).problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
        'LOG_LEVEL',
        'MONGODB_URL',
        'PORT',
      ]);
    }));
});
