import { afterAll, beforeAll, expect } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegister } from '../../src/app/register.js';
import { ASSESSMENTS } from '../../src/judgement/assessments/assessment-projection.js';
import { INDEX } from '../../src/judgement/index/index-projection.js';
import { readConfig } from '../../src/kernel/config/config.js';
import { environmentOf, ofViewFiles } from '../support/stores.js';
import { runVerb } from './answers-run-verb.js';

const folder = mkdtempSync(join(tmpdir(), 'fok-older-views-'));
const data = join(folder, 'data');
const fok = (...args: readonly string[]) => runVerb(['--data', data, ...args]);
const OLDER = '0.1';
const MARKED = 'svaret bygger på vyer som ett äldre program har gjort (index, assessments); --rebuild bygger dem';

beforeAll(async () => {
  const history = join(folder, 'history.ndjson');
  const span = ['--recipients', '3', '--from', '2025-01-01', '--to', '2025-02-01', '--seed', '4'];
  expect(await fok('simulate', ...span, '--out', history)).toMatchObject({ code: 0 });
  expect(await fok('import', history)).toMatchObject({ code: 0 });
  // What is there after an upgrade: the version that answers has a number below the program's.
  const register = await openRegister(readConfig({ ...environmentOf(['--data', data]), DATA_DIR: data }), {
    judge: (local) => local,
  });
  try {
    for (const { name, collections } of [INDEX, ASSESSMENTS]) {
      await register.views.open(name, OLDER, collections);
      await register.views.activate(name, OLDER);
    }
  } finally {
    await register.close();
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

ofViewFiles.it('marks answers that rest on views of an older program, and builds them anew on demand', async () => {
  const judged = ['compliance', '--all', '--on', '2025-02-01'];
  const marked = await fok(...judged);
  expect(marked).toMatchObject({ code: 0, err: expect.stringContaining(MARKED) });
  expect(marked.out).toContain('"OFFER"');
  const controller = String(
    JSON.parse((await fok('events', 'show', '--limit', '1', '--format', 'json')).out).controller,
  );
  expect(await fok('units', controller)).toMatchObject({ code: 0, err: expect.stringContaining(MARKED) });
  const rebuilt = await fok('--rebuild', ...judged);
  expect(rebuilt).toEqual({ code: 0, err: '', out: marked.out });
  expect(await fok(...judged)).toEqual({ code: 0, err: '', out: marked.out });
});
