import { spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeHistory } from '../../src/simulation/simulate.js';
import { Program } from '../support/program.js';
import { ofManyEvents, storesAt } from '../support/stores.js';

jest.setTimeout(300_000);

const script = fileURLToPath(new URL('../../scripts/demo.mjs', import.meta.url));

/** Local rules that the simulated policy turns on, and by which everybody who has a plan is judged. */
const LOCAL_RULES = ['BOOKED', 'AGREED_WITH', 'NOTED', 'APPOINTED'];
/** The demo ends yesterday unless it is told another day. */
const LAST_DAY = '2026-06-30';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fok-demo-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function demo(data: string) {
  return spawnSync(process.execPath, [script, '--to', LAST_DAY, data], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { PATH: process.env['PATH'], ...storesAt(data) },
  });
}

describe('the demo, and the program that it built', () => {
  ofManyEvents.it(
    'imports a municipality, tells of one person and of all, and names addresses that answer',
    async () => {
      const data = join(folder, 'demo');
      const { status, stdout, stderr } = demo(data);
      expect([status, stderr]).toEqual([0, expect.any(String)]);
      expect(stdout).toMatch(/(\d+) lines: \1 imported, 0 there already, 0 rejected/);
      expect(stdout).toMatch(/^\d{4}-\d\d-\d\d {2}.*omsorgskontakt.*bytt/im);
      expect(stdout).toMatch(/^\d{4}-\d\d-\d\d {2}.*\[RÄTTAD\]/m);
      expect(stdout).toMatch(/Bedömning 2026-06-30 av [0-9a-f-]{36}/);
      for (const rule of LOCAL_RULES)
        expect(stdout).toMatch(new RegExp(`^  \\S+ +${rule} .*, enligt Rutin för fast omsorgskontakt`, 'm'));
      expect(stdout).toMatch(/│ Totalt +│ +\d+ │/);

      const closing = stdout.slice(stdout.lastIndexOf('── Done'));
      expect(closing).toContain(`\nAUTH=demo DATA_DIR=${data} npm start\n`);
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
    },
  );

  // Where processes can be looked at; elsewhere the test is shown as skipped.
  const onLinux = process.platform === 'linux' ? ofManyEvents.it : it.skip;

  onLinux('needs less than 400 MB to import 55,000 lines, however it is sampled', async () => {
    const history = join(folder, 'long.ndjson');
    const out = createWriteStream(history);
    await writeHistory({ recipients: 3_000, from: '2022-01-01', to: '2026-06-30', seed: 'memory' }, out);
    out.end();
    await finished(out);
    const run = new Program('cli', ['--data', join(folder, 'memory'), 'import', history], { built: true });
    let peak = 0;
    const sampling = setInterval(() => (peak = Math.max(peak, run.peakMemory() ?? 0)), 20);
    expect(await run.ended).toMatchObject({ code: 0 });
    clearInterval(sampling);
    expect(peak).toBeGreaterThan(50);
    expect(peak).toBeLessThan(400);
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
