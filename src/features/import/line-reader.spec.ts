import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { openLines } from './line-reader.js';

describe('the lines of a history file', () => {
  it.each([['plain', (text: string) => Buffer.from(text)], ['gzip', gzipSync]])('wait until somebody asks for them: %s', async (_, packed) => {
    const folder = mkdtempSync(join(tmpdir(), 'fok-lines-'));
    const file = join(folder, 'history.ndjson');
    writeFileSync(file, packed('one\ntwo\nthree'));
    const { lines, progress } = await openLines(file);
    await sleep(50);
    const read: string[] = [];
    for await (const some of lines) for (const line of some) if (line.kind === 'line') read.push(line.bytes.toString());
    expect(read).toEqual(['one', 'two', 'three']);
    expect(progress.bytesRead).toBe(progress.bytesTotal);
    rmSync(folder, { recursive: true });
  });
});
