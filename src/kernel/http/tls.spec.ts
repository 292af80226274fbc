import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { followTlsFiles } from './tls.js';

describe('the files of a certificate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are read again when they change, and not otherwise', async () => {
    const [cert, key] = [join(folder, 'a.pem'), join(folder, 'a.key')];
    for (const file of [cert, key]) writeFileSync(file, 'no PEM');
    const told: (Error | undefined)[] = [];
    const end = followTlsFiles(
      createServer(),
      { cert, key },
      { lookMs: 10, onChange: (trouble) => told.push(trouble) },
    );
    try {
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(told).toEqual([]);
      writeFileSync(cert, 'another');
      while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(told).toEqual([expect.objectContaining({ message: expect.stringContaining('a.pem') })]);
    } finally {
      end();
    }
  });
});
