import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const STYLES = ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold'];

/**
 * The fonts of every document: from a package, so that a document looks the same, to the byte, on every machine. Paths
 * of TrueType files.
 */
export const FONTS: readonly string[] = STYLES.map((style) =>
  createRequire(import.meta.url).resolve(`@expo-google-fonts/source-sans-3/${style}/SourceSans3_${style}.ttf`),
);

let drawn: ReadonlySet<number> | undefined;

/** The code points that every one of the fonts can draw. Read from the files when it is first asked for. */
export function drawnCharacters(): ReadonlySet<number> {
  drawn ??= FONTS.map((path) => charactersOf(readFileSync(path))).reduce(
    (both, one) => new Set([...both].filter((point) => one.has(point))),
  );
  return drawn;
}

const WINDOWS = 3;

/**
 * The code points that a TrueType font has a glyph for, by its `cmap` (OpenType 1.9, subtables of format 4 and 12).
 * @throws RangeError for what is no TrueType font
 */
export function charactersOf(font: Buffer): Set<number> {
  const tables = font.readUInt16BE(4);
  const cmap = Array.from({ length: tables }, (_, at) => 12 + at * 16).find(
    (entry) => font.toString('latin1', entry, entry + 4) === 'cmap',
  );
  if (cmap === undefined) throw new RangeError('the font has no cmap');
  const start = font.readUInt32BE(cmap + 8);
  const found = new Set<number>();
  for (let at = 0; at < font.readUInt16BE(start + 2); at += 1) {
    const record = start + 4 + at * 8;
    if (font.readUInt16BE(record) !== WINDOWS) continue;
    const subtable = start + font.readUInt32BE(record + 4);
    const format = font.readUInt16BE(subtable);
    if (format === 4) addSegments(font, subtable, found);
    if (format === 12) addGroups(font, subtable, found);
  }
  return found;
}

function addSegments(font: Buffer, subtable: number, found: Set<number>): void {
  const twice = font.readUInt16BE(subtable + 6);
  const ends = subtable + 14;
  const starts = ends + twice + 2;
  const deltas = starts + twice;
  const offsets = deltas + twice;
  for (let at = 0; at < twice; at += 2) {
    const delta = font.readUInt16BE(deltas + at);
    const offset = font.readUInt16BE(offsets + at);
    const first = font.readUInt16BE(starts + at);
    for (let point = first; point <= font.readUInt16BE(ends + at) && point !== 0xffff; point += 1) {
      const glyph = offset === 0 ? point : font.readUInt16BE(offsets + at + offset + 2 * (point - first));
      if (glyph !== 0 && ((glyph + delta) & 0xffff) !== 0) found.add(point);
    }
  }
}

function addGroups(font: Buffer, subtable: number, found: Set<number>): void {
  for (let at = 0; at < font.readUInt32BE(subtable + 12); at += 1) {
    const group = subtable + 16 + at * 12;
    for (let point = font.readUInt32BE(group); point <= font.readUInt32BE(group + 4); point += 1) found.add(point);
  }
}
