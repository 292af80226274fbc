import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { damageIn } from '../../src/audit/verify/background/verify-in-background.js';
import type { VerifyReport } from '../../src/audit/verify/verify.js';
import { forgeEvent } from '../support/forging.js';
import { runVerb } from '../support/cli-in-process.js';
import { runProgram } from '../support/verb.js';

jest.setTimeout(240_000);

const LOADER = new URL('../support/typescript.mjs', import.meta.url).href;
const CHILD = fileURLToPath(new URL('./verify-child.ts', import.meta.url));

interface Told {
  readonly code: number | null;
  readonly report?: VerifyReport;
}

/** @param endWhen what it says when it is asked to end */
function verifiedAside(folder: string, share = '1', endWhen?: RegExp): Promise<Told> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', LOADER, CHILD, folder, share], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (endWhen?.test(said)) child.kill('SIGTERM');
    });
    child.once('close', (code) => {
      const last = said.trim().split('\n').at(-1) ?? '';
      resolve({ code, ...(last.startsWith('{') ? (JSON.parse(last) as { report?: VerifyReport }) : {}) });
    });
  });
}

describe('a verification in the background', () => {
  let folder: string;
  let data: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fok-aside-'));
    data = join(folder, 'data');
    // Several pages of the log.
    const history = join(folder, 'history.ndjson');
    const simulated = ['--recipients', '40', '--from', '2024-01-01', '--to', '2025-12-31', '--seed', 'aside'];
    expect((await runVerb(['simulate', ...simulated, '--out', history])).code).toBe(0);
    // A larger import records in threads, which Jest cannot start.
    expect(await runProgram(['--data', data, 'import', history])).toMatchObject({ code: 0 });
    expect((await runVerb(['--data', data, 'seal'])).code).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reads the whole log in a thread of its own and finds nothing in one that nobody touched', async () => {
    const { code, report } = await verifiedAside(data);
    expect([code, report?.ok, report?.count]).toEqual([0, true, 0]);
    expect(report?.checked).toBeGreaterThan(800);
    expect(damageIn(report!)).toBeUndefined();
  });

  it('finds an old event that was changed with its chain', async () => {
    const forged = join(folder, 'forged');
    cpSync(data, forged, { recursive: true });
    const position = forgeEvent(join(forged, 'events.sqlite'));
    const { report } = await verifiedAside(forged);
    expect(report?.ok).toBe(false);
    expect(damageIn(report!)).toMatch(new RegExp(`at position ${position}\\b`));
  });

  it('ends when it is told to, between two pages', async () => {
    const { code, report } = await verifiedAside(data, '0.000001', /ready/);
    expect([code, report]).toEqual([0, undefined]);
  });
});
