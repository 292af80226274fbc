import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromBuffer } from 'yauzl';
import { MemoryAccessLog } from '../../src/access-log/store/memory-access-log.js';
import type { SupervisionReport } from '../../src/answers/reports/report.js';
import { readReportFile, reproduce } from '../../src/answers/reports/reproduce.js';
import { embeddedText } from '../../src/documents/embedded-file.js';
import { importHistory } from '../../src/import/import-history.js';
import { all } from '../access-log/samples.js';
import { readPdf, squeezed } from '../support/read-pdf.js';
import { MEMORY, TestServer } from './commands.harness.js';

const PDF = 'application/pdf';
const ARCHIVE = 'application/pdf;profile="a-3a"';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const HEADERS = { 'X-Actor-Id': 'u-17', 'X-Actor-Role': 'UNIT_MANAGER' };

let server: TestServer;
let folder: string;
let address: string;
const log = new MemoryAccessLog();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fok-documents-'));
  server = await TestServer.start({ config: MEMORY, accessLog: log });
  const file = 'examples/three-recipients.ndjson';
  await importHistory(server.register, { file, source: 'x', dryRun: false, rejectFile: join(folder, 'rejects') });
  await server.register.runner.drain();
  const [controller] = await server.register.index.streams('controller', { limit: 1 });
  address = `${server.url}/api/v1/reports/supervision?controller=${controller}&on=2026-01-15`;
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function ask(accept: string, more = '') {
  const answer = await fetch(`${address}${more}`, { headers: { ...HEADERS, Accept: accept } });
  return { answer, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

/** The records of what was printed or exported, once there are so many: an answer that names nobody does not wait for its own. */
async function documentsMade(count: number) {
  for (let round = 0; round < 500; round += 1) {
    const records = (await all(log.read())).map(({ record }) => record);
    const made = records.filter(({ act }) => act === 'PRINT' || act === 'EXPORT');
    if (made.length >= count) return made;
    await sleep(20);
  }
  throw new Error(`no ${count} records`);
}

describe('the supervisory report as a document', () => {
  it('is a PDF for reading, and its making is written down as printing', async () => {
    const { answer, bytes } = await ask(PDF);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('vary')]).toEqual([
      200,
      PDF,
      'accept',
    ]);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="tillsynsrapport-2026-01-15.pdf"');
    const report = (await fetch(address, { headers: HEADERS }).then((told) => told.json())) as SupervisionReport;
    const { squeezed: whole } = readPdf(bytes);
    for (const { unitName } of report.rows) expect(whole).toContain(squeezed(unitName));
    expect(whole).not.toContain(squeezed('Vad som har ändrats sedan dess'));
    expect(await documentsMade(1)).toMatchObject([
      { act: 'PRINT', route: 'report.supervision', persons: [], on: '2026-01-15' },
    ]);
  });

  it('has inside, for the archive, what the API answers, and is made again from that', async () => {
    const { answer, bytes } = await ask(ARCHIVE);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, ARCHIVE]);
    expect((await documentsMade(2)).at(-1)).toMatchObject({ act: 'EXPORT', route: 'report.supervision' });
    const inside = JSON.parse(embeddedText(bytes) ?? '') as SupervisionReport;
    const told = (await fetch(address, { headers: HEADERS }).then((asked) => asked.json())) as SupervisionReport;
    expect(inside).toEqual({ ...told, header: { ...told.header, generatedAt: inside.header.generatedAt } });
    expect(await reproduce(server.register, readReportFile(bytes))).toMatchObject({ identical: true });
  });

  it('tells what changed since an earlier knowledge', async () => {
    const { bytes } = await ask(PDF, '&since=2000-01-01T00:00:00Z');
    const { squeezed: whole } = readPdf(bytes);
    expect(whole).toContain(squeezed('Vad som har ändrats sedan dess'));
    expect(whole).toContain(squeezed('Samma dag enligt vad som var känt'));
    expect((await ask(PDF, '&since=yesterday')).answer.status).toBe(400);
  });

  it('is a workbook of a sheet a block, in which no text is a formula', async () => {
    const { answer, bytes } = await ask(XLSX);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, XLSX]);
    expect((await documentsMade(4)).at(-1)).toMatchObject({ act: 'EXPORT', route: 'report.supervision' });
    const files = await unzipped(bytes);
    expect(files.get('xl/workbook.xml')).toContain('Vad måtten räknar');
    expect([...files.keys()].filter((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name))).toHaveLength(8);
    for (const [name, text] of files) expect([name, /<f[ >]/.test(text)]).toEqual([name, false]);
  });

  it('is refused in a profile that nobody has', async () => {
    expect((await ask('application/pdf;profile="x-4"')).answer.status).toBe(406);
  });
});

async function unzipped(bytes: Uint8Array): Promise<Map<string, string>> {
  const zip = await promisify<Buffer, { lazyEntries: boolean }, import('yauzl').ZipFile>(fromBuffer)(
    Buffer.from(bytes),
    {
      lazyEntries: true,
    },
  );
  const files = new Map<string, string>();
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve(files));
    zip.on('entry', (entry: import('yauzl').Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          files.set(entry.fileName, Buffer.concat(parts).toString('utf8'));
          zip.readEntry();
        });
      });
    });
    zip.readEntry();
  });
}
