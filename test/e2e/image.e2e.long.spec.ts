import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { embedded, storesAt } from '../support/stores.js';

jest.setTimeout(600_000);

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const NOBODY = 65_534;

describe('the image', () => {
  const stages = read('Dockerfile')
    .split(/^FROM /m)
    .slice(1);
  const [build = '', production = '', last = ''] = stages;
  let folder: string;
  let app: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fok-image-'));
    chmodSync(folder, 0o755);
    app = join(folder, 'app');
    execFileSync(process.execPath, [join(root, 'scripts/ensure-built.mjs')], { stdio: 'ignore' });
    for (const [from, to] of copies(last)) {
      mkdirSync(dirname(join(app, to)), { recursive: true });
      if (from === 'sbom.json') continue;
      if (from === 'node_modules') copyProductionModules(join(app, to));
      else cpSync(join(root, from), join(app, to), { recursive: true });
    }
    makeReadOnly(app);
  });
  afterAll(() => {
    execFileSync('chmod', ['-R', 'u+w', folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('is built in stages from a pinned base, holds production dependencies only, and does not run as root', () => {
    expect(stages).toHaveLength(3);
    expect(read('Dockerfile')).toMatch(/^ARG NODE=node:24\.\d+\.\d+-bookworm-slim$/m);
    for (const stage of stages) expect(stage).toMatch(/^\$\{NODE\}/);
    expect(build).toMatch(/npm ci --ignore-scripts/);
    expect(production).toMatch(/npm ci --omit=dev --ignore-scripts/);
    expect(last).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(last).not.toMatch(/npm (ci|install)|apt-get/);
    expect(existsSync(join(app, 'node_modules/@nestjs/core'))).toBe(true);
    for (const tool of ['typescript', 'jest', '@swc/core', '@nestjs/cli', 'oxlint', 'oidc-provider'])
      expect(existsSync(join(app, 'node_modules', tool))).toBe(false);
    expect(existsSync(join(app, 'src'))).toBe(false);
  });

  it('is given nothing but sources: no data, no keys, no tests', () => {
    const lines = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines[0]).toBe('*');
    expect(lines.filter((line) => line.startsWith('!')).sort()).toEqual([
      '!LICENSE',
      '!bin',
      '!nest-cli.json',
      '!package-lock.json',
      '!package.json',
      '!scripts',
      '!src',
      '!tsconfig.build.json',
      '!tsconfig.json',
    ]);
    const copied = [...build.matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '));
    for (const name of copied) expect(lines).toContain(`!${name}`);
  });

  it('runs by its start command from what it holds, read-only and not as root, is healthy, and keeps its data in the volume', async () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    chmodSync(data, 0o777);
    const environment = {
      ...settings(last),
      ...storesAt(data),
      DATA_DIR: data,
      AUTH: 'none',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'silent',
    };
    const server = start(commandOf(last, 'CMD'), environment);
    try {
      const port = await portOf(server);
      expect(await endOf(start(healthcheckOf(last), { ...environment, PORT: port }))).toBe(0);
      expect(await endOf(start(healthcheckOf(last), { ...environment, PORT: '1' }))).toBe(1);
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/rules`);
      expect(answer.status).toBe(200);
      expect(readdirSync(data)).toEqual(
        expect.arrayContaining([
          ...(embedded.log ? ['events.sqlite'] : []),
          'keys',
          ...(embedded.views ? ['views'] : []),
        ]),
      );
      server.kill('SIGTERM');
      expect(await endOf(server)).toBe(0);
    } finally {
      server.kill('SIGKILL');
    }
  });

  it('has the verbs too', async () => {
    expect(await endOf(start(['node', 'bin/fok.mjs', 'rules'], { DATA_DIR: join(folder, 'none') }))).toBe(0);
  });

  it('does not listen to other machines until somebody says so', async () => {
    expect(settings(last)).toMatchObject({ HOST: '0.0.0.0', AUTH: 'oidc' });
    expect(await endOf(start(commandOf(last, 'CMD'), { ...settings(last), DATA_DIR: join(folder, 'none') }))).toBe(1);
  });

  it('has no identity provider of a demo, and says so where one is asked for', async () => {
    for (const name of ['oidc-provider', 'koa']) expect(existsSync(join(app, 'node_modules', name))).toBe(false);
    const demo = start(commandOf(last, 'CMD'), {
      ...settings(last),
      EVENT_STORE: 'memory',
      AUTH: 'demo',
      HOST: '127.0.0.1',
    });
    let said = '';
    demo.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    expect(await endOf(demo)).toBe(1);
    expect(said).toMatch(/AUTH=demo needs the development dependencies/);
  });

  function start(
    [program = '', ...args]: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): ChildProcess {
    expect(program).toBe('node');
    const user = process.getuid?.() === 0 ? { uid: NOBODY } : {};
    return spawn(process.execPath, args, {
      cwd: app,
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...user,
    });
  }
});

/** What a stage copies, and whereto within the application's folder. */
function copies(stage: string): (readonly [string, string])[] {
  return [...stage.matchAll(/^COPY (?:--from=\w+ )?(.+) \.\/(\S*)$/gm)].flatMap(([, sources = '', target = '']) =>
    sources
      .split(' ')
      .map(
        (source) =>
          [
            source.replace(/^\/app\//, ''),
            target === '' || target.endsWith('/') ? target + (source.split('/').at(-1) ?? '') : target,
          ] as const,
      ),
  );
}

/** What `npm ci --omit=dev` leaves: what the lock file does not mark as needed for development only. */
function copyProductionModules(target: string): void {
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  const all = Object.entries(lock.packages).filter(([path]) => path !== '');
  const dev = new Set(all.filter(([, { dev, devOptional }]) => dev || devOptional).map(([path]) => path));
  for (const [path] of all) {
    if (dev.has(path) || !existsSync(join(root, path))) continue;
    const to = join(target, path.slice('node_modules/'.length));
    // What lies inside a package comes by its own entry.
    cpSync(join(root, path), to, {
      recursive: true,
      filter: (from) => from === join(root, path) || !from.slice(join(root, path).length).startsWith('/node_modules'),
    });
  }
}

function makeReadOnly(path: string): void {
  execFileSync('chmod', ['-R', 'a-w,a+rX', path]);
  expect(lstatSync(path).mode & 0o222).toBe(0);
}

function commandOf(stage: string, name: 'CMD'): string[] {
  return JSON.parse(new RegExp(`^${name} (\\[.*\\])$`, 'm').exec(stage)?.[1] ?? '[]') as string[];
}

function healthcheckOf(stage: string): string[] {
  return JSON.parse(/^HEALTHCHECK .*? CMD (\[.*\])$/m.exec(stage)?.[1] ?? '[]') as string[];
}

function settings(stage: string): Record<string, string> {
  const line = /^ENV (.+)$/m.exec(stage)?.[1] ?? '';
  return Object.fromEntries(line.split(' ').map((setting) => setting.split('=') as [string, string]));
}

/** The port that the server says it listens on. */
function portOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const port = /Listening on http:\/\/[^:]+:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(port);
    });
    server.once('exit', () => reject(new Error(said)));
  });
}

function endOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}
