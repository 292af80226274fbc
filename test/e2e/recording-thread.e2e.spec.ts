import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from '@jest/globals';
import { Child } from '../support/child.js';
import { ofFiles } from '../support/stores.js';

const folder = mkdtempSync(join(tmpdir(), 'fok-recording-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

ofFiles.it(
  'a recording thread answers as the log does: results, refusals by their code, and an end that is told',
  async () => {
    const child = new Child(new URL('./recording-thread.child.ts', import.meta.url), [folder]);
    expect(await child.end()).toEqual({ code: 0, stderr: '' });
    const [answers, after] = child.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(answers).toMatchObject({ recordedHere: true, landed: [true, true], name: 'Anna Öberg', forgotten: true });
    expect(answers?.['refused']).toEqual([
      'PERSON_FORGOTTEN',
      'WRONG_EXPECTED_REVISION',
      'INVALID_FACT',
      { already: true, position: answers?.['position'] },
    ]);
    expect(after).toEqual({ ended: 'RECORDING_FAILED' });
  },
);
