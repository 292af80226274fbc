import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ofFiles } from '../support/stores.js';

jest.setTimeout(900_000);

const root = fileURLToPath(new URL('../..', import.meta.url));
const runbook = readFileSync(join(root, 'docs/how-to/runbook.md'), 'utf8');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fok-runbook-'));
  copyFileSync(join(root, 'examples/three-recipients.ndjson'), join(folder, 'history.ndjson'));
  mkdirSync(join(folder, 'bin'));
  const fok = join(folder, 'bin', 'fok');
  writeFileSync(fok, `#!/bin/sh\nexec ${process.execPath} ${join(root, 'bin/fok.mjs')} "$@"\n`);
  chmodSync(fok, 0o755);
  execFileSync(process.execPath, [join(root, 'scripts/ensure-built.mjs')], { stdio: 'ignore' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the runbook', () => {
  ofFiles.it(
    'is right: every command in it that needs nothing else is run, in its order, and succeeds (it is written for files)',
    async () => {
      const blocks = [...runbook.matchAll(/^```sh run\n([^]*?)^```$/gm)].map(([, block = '']) => block);
      expect(blocks.length).toBeGreaterThan(9);
      const script = join(folder, 'runbook.sh');
      writeFileSync(script, `set -euxo pipefail\n${blocks.join('\n')}`);
      const { status, stdout, stderr } = spawnSync('bash', [script], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
          PORT: String(await freePort()),
          LOG_LEVEL: 'silent',
        },
      });
      if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
      expect(stdout.match(/^WHOLE: nothing was found$/gm)?.length).toBe(
        runbook.match(/^fok (--data moved )?check/gm)?.length,
      );
      expect(stdout).toMatch(/^VERIFIED/m);
    },
  );

  it('names only verbs that there are', () => {
    const help = spawnSync(join(folder, 'bin', 'fok'), ['--help'], { encoding: 'utf8' }).stdout;
    const verbs = new Set([...help.matchAll(/^ {2}([a-z-]+) /gm)].map(([, verb]) => verb));
    const named = [...runbook.matchAll(/\bfok (?:--data \S+ )?([a-z][a-z-]+)\b/g)]
      .map(([, verb = '']) => verb)
      .filter((verb) => verb !== 'stands');
    expect(named.length).toBeGreaterThan(20);
    for (const verb of named) expect(verbs).toContain(verb);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
