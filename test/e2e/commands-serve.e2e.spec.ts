import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { configure } from '../../src/kernel/config/configure.js';
import { startServer } from '../../src/server/serve.js';
import { Program } from '../support/program.js';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

interface End {
  readonly code: number | NodeJS.Signals;
  readonly messages: string;
}

/** Starts the server as `npm start` does. `onListening` may look at it before it is told to stop. */
async function serve(
  environment: Readonly<Record<string, string>>,
  onListening?: (url: string) => Promise<void>,
): Promise<End> {
  const server = new Program('main', [], { environment });
  if (onListening) {
    const [, url = ''] = await server.says(/Listening on (\S+)/);
    await onListening(url).finally(() => server.stop());
  }
  const { code, stderr } = await server.ended;
  return { code, messages: stderr };
}

describe('the server as a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fok-serve-'));
  let squatter: Server;
  beforeAll(() => {
    squatter = createServer().listen(0, '127.0.0.1');
  });
  afterAll(() => {
    squatter.close();
    rmSync(folder, { recursive: true });
  });

  it('names what is wrong in its configuration, and ends with 1', async () => {
    const { code, messages } = await serve({ PORT: 'http', VIEW_STORE: 'redis', HOST: '0.0.0.0' });
    expect(code).toBe(1);
    expect(messages.trim().split('\n')).toEqual([
      'The configuration is wrong:',
      expect.stringMatching(/^ {2}- PORT /),
      expect.stringMatching(/^ {2}- VIEW_STORE /),
      expect.stringMatching(/^ {2}- HOST .*OIDC_ISSUER/),
    ]);
  });

  it('says that its address is taken, and ends with 1', async () => {
    const address = squatter.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const { code, messages } = await serve({ DATA_DIR: join(folder, 'taken'), PORT: port });
    expect([code, messages]).toEqual([1, expect.stringContaining('The address cannot be used')]);
    expect(messages).not.toMatch(/^\s+at /m);
  });

  it('says that its data folder cannot be used, and ends with 1', async () => {
    const { code, messages } = await serve({ DATA_DIR: main, PORT: '0' });
    expect([code, messages]).toEqual([1, expect.stringMatching(/DATA_DIR|cannot be used/)]);
    expect(messages).not.toMatch(/^\s+at /m);
  });

  it('closes what it has opened and ends with 0 when it is told to stop before it listens', async () => {
    const server = new Program('cli', ['--data', join(folder, 'early'), 'serve'], { environment: { PORT: '0' } });
    await server.says(/stores opened/);
    expect(await server.stop()).toMatchObject({ code: 0 });
  });

  it('does not listen any more when it was told to stop while it was opening', async () => {
    const [stop, reason] = [new AbortController(), new Error('told to stop')];
    const logged: string[] = [];
    const logger = pino(
      { level: 'info' },
      {
        write: (line: string) => {
          logged.push(line);
          stop.abort(reason);
        },
      },
    );
    const starting = startServer(
      await configure({ DATA_DIR: join(folder, 'aborted'), PORT: '0' }),
      logger,
      stop.signal,
    );
    await expect(starting).rejects.toBe(reason);
    expect(logged).toEqual([expect.stringContaining('stores opened')]);
  });

  it('answers, and ends with 0 when it is told to', async () => {
    let status = 0;
    const { code } = await serve({ DATA_DIR: join(folder, 'data'), PORT: '0' }, async (url) => {
      status = (await fetch(`${url}/api/v1/problems/TITLE_REQUIRED`)).status;
    });
    expect([status, code]).toEqual([200, 0]);
  });
});
