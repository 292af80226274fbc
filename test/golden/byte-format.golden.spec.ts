import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { eventCatalogue } from '../../src/facts/event-catalogue.js';
import { Codec } from '../../src/kernel/event-sourcing/codec.js';
import { checkFact } from '../../src/kernel/event-sourcing/fact-check.js';
import type { StoredRecord } from '../../src/kernel/event-store/event-store.js';
import { toHex } from '../../src/kernel/integrity/checkpoint.js';
import { GOLDEN_KEY, goldenRecords } from './golden-log.js';
import { SAMPLES_V1 } from './sample-facts.js';

/**
 * The log's bytes, pinned. A golden file is written once, when a version comes into being, and never again: a log that
 * was written then must be readable for ever, and its chain must come out the same. A missing file is written with
 * `WRITE_GOLDEN=1`; one that is there is not touched.
 */
const bodies = new URL('./events-v1.ndjson', import.meta.url);
const hashes = new URL('./events-v1.hashes.txt', import.meta.url);

const codec = new Codec(eventCatalogue);
const written = goldenRecords(codec, SAMPLES_V1.map((fact) => checkFact(eventCatalogue, fact, fact.stream)));

if (process.env['WRITE_GOLDEN'] === '1' && !existsSync(bodies)) {
  writeFileSync(bodies, Buffer.concat(written.flatMap(({ body }) => [body, Buffer.from('\n')])));
  writeFileSync(hashes, written.map(({ hash }) => `${toHex(hash)}\n`).join(''));
}

function goldenBodies(): Buffer[] {
  return readFileSync(bodies, 'utf8').trimEnd().split('\n').map((line) => Buffer.from(line, 'utf8'));
}

function goldenLog(): StoredRecord[] {
  const digests = readFileSync(hashes, 'utf8').trimEnd().split('\n');
  return goldenBodies().map((body, index) => ({ ...written[index]!, body, hash: Buffer.from(digests[index]!, 'hex') }));
}

describe('the byte format of the log, version 1', () => {
  it('has a golden event of every type at its present version', () => {
    const versions = goldenBodies().map((body) => JSON.parse(body.toString('utf8')) as { type: string; schemaVersion: number });
    const missing = eventCatalogue.all().filter(({ type, schemaVersion }) => !versions.some((golden) => golden.type === type && golden.schemaVersion === schemaVersion));
    expect(missing.map(({ type, schemaVersion }) => `${type} v${schemaVersion}`)).toEqual([]);
  });

  it.each(SAMPLES_V1.map(({ type }, index) => [type, index] as const))('writes %s in the same bytes as ever', (_, index) => {
    expect(Buffer.from(written[index]!.body).toString('utf8')).toBe(goldenBodies()[index]!.toString('utf8'));
  });

  it('chains them to the same hashes as ever', () => {
    expect(written.map(({ hash }) => toHex(hash))).toEqual(goldenLog().map(({ hash }) => toHex(hash)));
  });

  it.each(SAMPLES_V1.map(({ type }, index) => [type, index] as const))('reads and opens %s as it was recorded', (_, index) => {
    const { correctedTypes: _corrected, origin, ...fact } = SAMPLES_V1[index]!;
    const opened = codec.open(codec.decode(goldenLog()[index]!), GOLDEN_KEY);
    expect(opened).toMatchObject({ ...fact, ...(origin && { origin }) });
    expect(opened).toMatchObject({ seal: 'CLEAR', unreadable: [] });
  });

  it('shows nothing personal in the bytes', () => {
    const all = Buffer.concat(goldenBodies()).toString('utf8');
    for (const secret of ['Tolvan', '19121212', '1912-12-12', 'R-77', 'Åsa', 'Sven', 'Gun God', 'Vill ha larm', 'Endast larm', 'Dusch', 'katten', 'hunden', 'sjuk', 'Skrev fel', 'Allt bra', 'Intyg', 'Brådskade', 'sub-', 'Tillsynen', 'Hotbild', 'golvet', 'från teve', 'grannen', 'Samtal']) {
      expect(all.includes(secret)).toBe(false);
    }
  });
});
