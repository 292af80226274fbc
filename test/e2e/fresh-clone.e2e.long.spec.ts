import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, jest } from '@jest/globals';

jest.setTimeout(600_000);

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('a fresh clone with its packages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fok-clone-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is built and served by npm start, though npm runs no scripts beside it, and ends when it is told to', async () => {
    const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    for (const file of files.split('\0').filter((name) => name !== '' && !name.startsWith('test/'))) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(root, file), join(folder, file));
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    // No setting of whoever runs the tests: the clone's own .npmrc counts.
    const environment = {
      PATH: process.env['PATH'],
      HOME: folder,
      PORT: '0',
      EVENT_STORE: 'memory',
      LOG_LEVEL: 'silent',
    };
    const npm = spawn('npm', ['start', '--silent'], {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(npm, 'close');
    let told = '';
    const url = await new Promise<string>((resolve, reject) => {
      npm.stderr.setEncoding('utf8').on('data', (text: string) => {
        told += text;
        const listening = /Listening on (\S+)/.exec(told)?.[1];
        if (listening) resolve(listening);
      });
      npm.once('close', () => reject(new Error(`it ended: ${told}`)));
    });
    expect(told).toContain('building …');
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    // Before it ends, so that nothing has to be built again.
    for (const program of ['bin/start.mjs', 'bin/fok.mjs']) {
      const few = spawnSync(
        '/bin/bash',
        ['-c', 'ulimit -n 64; exec "$@"', 'bash', process.execPath, program, '--help'],
        {
          cwd: folder,
          env: environment,
          encoding: 'utf8',
        },
      );
      expect([few.status, few.stdout]).toEqual([1, '']);
      expect(few.stderr).toMatch(
        /^The program cannot be loaded: it may open 64 files only\. Allow it 1024: ulimit -n 1024.*\n$/,
      );
    }
    process.kill(-(npm.pid ?? 0), 'SIGTERM');
    await ended;
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  });
});
