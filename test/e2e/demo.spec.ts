import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Program } from '../support/program.js';

jest.setTimeout(300_000);

const script = fileURLToPath(new URL('../../scripts/demo.mjs', import.meta.url));

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fok-demo-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function demo(data: string) {
  return spawnSync(process.execPath, [script, data], { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

describe('the demo', () => {
  it('imports a municipality, tells of one person and of all, and names addresses that answer', async () => {
    const data = join(folder, 'demo');
    const { status, stdout, stderr } = demo(data);
    expect([status, stderr]).toEqual([0, expect.any(String)]);
    expect(stdout).toMatch(/(\d+) lines: \1 imported, 0 there already, 0 rejected/);
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\d {2}.*omsorgskontakt.*bytt/im);
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\d {2}.*\[RÄTTAD\]/m);
    expect(stdout).toMatch(/Bedömning 2026-06-30 av [0-9a-f-]{36}/);
    expect(stdout).toMatch(/│ Totalt +│ +\d+ │/);

    const closing = stdout.slice(stdout.lastIndexOf('── Done'));
    expect(closing).toContain(`DATA_DIR=${data} npm start`);
    const paths = [...closing.matchAll(/curl 'http:\/\/127\.0\.0\.1:3000(\/[^']+)'/g)].map(([, path]) => path);
    expect(paths.length).toBeGreaterThan(5);
    const server = new Program('main', [], { environment: { DATA_DIR: data, PORT: '0', LOG_LEVEL: 'silent' } });
    try {
      const [, address] = await server.says(/Listening on (http:\S+?)\/? /);
      const answers = await Promise.all(paths.map((path) => fetch(`${address}${path}`)));
      expect(answers.map(({ status: code }) => code)).toEqual(paths.map(() => 200));
    } finally {
      await server.kill();
    }
  });

  it('leaves a folder alone that is not from an earlier demo', () => {
    const data = join(folder, 'mine');
    mkdirSync(data);
    writeFileSync(join(data, 'thesis.txt'), 'ten years of work');
    const { status, stderr } = demo(data);
    expect(status).toBe(1);
    expect(stderr).toContain('is not from an earlier demo');
    expect(existsSync(join(data, 'thesis.txt'))).toBe(true);
  });
});
