import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { constants, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { BrokenOff, type Line, MAX_LINE_BYTES, openLines, splitLines } from './line-reader.js';

describe('the lines of a history file', () => {
  it.each([
    ['plain', (text: string) => Buffer.from(text)],
    ['gzip', gzipSync],
  ])('wait until somebody asks for them: %s', async (_, packed) => {
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

describe('a history file that breaks off', () => {
  const reading = async (lines: AsyncIterable<Line[]>): Promise<{ read: string[]; brokenOff: unknown }> => {
    const read: string[] = [];
    try {
      for await (const some of lines)
        for (const line of some)
          read.push(line.kind === 'line' ? line.bytes.toString() : `overlong${line.last ? ', ended' : ''}`);
      return { read, brokenOff: undefined };
    } catch (brokenOff) {
      return { read, brokenOff };
    }
  };

  it('gives every whole line before an error of the disk, not the one that it cuts off', async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield Buffer.from('one\ntwo\nthr');
      throw Object.assign(new Error('EIO: i/o error, read'), { syscall: 'read', code: 'EIO', errno: -5 });
    }
    const { read, brokenOff } = await reading(splitLines(failing()));
    expect(read).toEqual(['one', 'two']);
    expect(brokenOff).toBeInstanceOf(BrokenOff);
    expect(brokenOff).toMatchObject({ afterLine: 2, reason: 'i/o error (EIO)' });
  });

  it('ends a line that is too long already', async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(MAX_LINE_BYTES + 2, 'x');
      throw new Error('broken');
    }
    expect(await reading(splitLines(failing()))).toMatchObject({
      read: ['overlong', 'overlong, ended'],
      brokenOff: { afterLine: 0 },
    });
  });

  const chunked = async function* (bytes: Buffer, size: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  const [one, two] = ['a\nb\n', 'c\nd'].map((text) => gzipSync(text)) as [Buffer, Buffer];
  /** With everything that the head of a part may hold. */
  const named = Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 1, 2]),
    Buffer.from('name\0comment\0xx'),
    two.subarray(10),
  ]);
  const spoiled = Buffer.from(two);
  spoiled.writeUInt8(1 + (spoiled.at(-6) ?? 0), spoiled.length - 6);

  it.each<[string, Buffer[], string[], string | undefined]>([
    ['one part', [one], ['a', 'b'], undefined],
    ['two parts', [one, two], ['a', 'b', 'c', 'd'], undefined],
    ['parts with names', [one, named], ['a', 'b', 'c', 'd'], undefined],
    ['an empty part between', [one, gzipSync(''), two], ['a', 'b', 'c', 'd'], undefined],
    ['zeros behind', [one, two, Buffer.alloc(100)], ['a', 'b', 'c', 'd'], undefined],
    ['zeros between', [one, Buffer.alloc(100), two], ['a', 'b', 'c', 'd'], undefined],
    [
      'text behind',
      [one, two, Buffer.from('thanks')],
      ['a', 'b', 'c', 'd'],
      'what follows in the gzip file is no gzip',
    ],
    [
      'what begins as a part',
      [two, Buffer.from([0x1f, 0x8b, 1, 2])],
      ['c', 'd'],
      'what follows in the gzip file is no gzip',
    ],
    ['a part that is cut off', [one, two.subarray(0, -1)], ['a', 'b', 'c'], 'the gzip file is cut off'],
    ['the magic alone', [one, two.subarray(0, 2)], ['a', 'b'], 'the gzip file is cut off'],
    ['a wrong checksum', [one, spoiled], ['a', 'b', 'c'], 'the gzip file is damaged'],
    ['no gzip behind the magic', [Buffer.from([0x1f, 0x8b, 0x0a])], [], 'the gzip file is damaged'],
    ['nothing behind the magic', [Buffer.from([0x1f, 0x8b])], [], 'the gzip file is cut off'],
  ])('gives what can be read of a gzip file with %s, in whatever pieces it comes', async (_, parts, lines, reason) => {
    const bytes = Buffer.concat(parts);
    for (const size of [1, 2, 7, bytes.length]) {
      const { read, brokenOff } = await reading((await openLines('-', chunked(bytes, size))).lines);
      expect([size, read]).toEqual([size, lines]);
      expect(brokenOff).toEqual(reason && expect.objectContaining({ reason, afterLine: lines.length }));
    }
  });

  it('gives all that can be unpacked of a gzip file, wherever it is cut off', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fok-lines-'));
    const lines = Array.from({ length: 4_000 }, (_, at) => `${at} ${'x'.repeat(1_000)}`);
    // Stored, not squeezed: so it is known how many lines each length holds.
    const packed = gzipSync(lines.map((line) => `${line}\n`).join(''), { level: constants.Z_NO_COMPRESSION });
    const file = join(folder, 'history.ndjson.gz');
    for (const length of [12, 3_000, 500_000, packed.length - 9]) {
      writeFileSync(file, packed.subarray(0, length));
      const { read, brokenOff } = await reading((await openLines(file)).lines);
      expect(brokenOff).toMatchObject({ afterLine: read.length, reason: 'the gzip file is cut off' });
      expect(read).toEqual(lines.slice(0, read.length));
      expect(read.join('').length).toBeGreaterThan(length * 0.98 - 2_100);
    }
    // A second part goes on; zeros are passed over, as gunzip does.
    writeFileSync(file, Buffer.concat([packed, gzipSync('last\n'), Buffer.alloc(200_000)]));
    expect(await reading((await openLines(file)).lines)).toEqual({ read: [...lines, 'last'], brokenOff: undefined });
    rmSync(folder, { recursive: true });
  });
});
