import { describe, expect, it } from '@jest/globals';
import { DocumentPrinter, type PrintRequest } from './print-pdf.js';
import { type PrintOrder, PrintingThread } from './printing-thread.js';

/** What a report without figures is made of. */
function contentWith(name: string): object {
  const nothing = { remarks: [], shares: [], bars: { rows: [] }, blocks: [], changes: null, definitions: [] };
  return { ...nothing, facts: [['Namn', name]], embedded: '' };
}

const REPORT: PrintRequest = {
  template: 'report',
  head: { title: 'Tillsynsrapport', controller: 'Exempelkommunen', generatedAt: '2026-06-30T12:00:00Z' },
  content: contentWith('#panic("x") $a$ *b* _c_ @d <e> \\ `f`'),
  standard: 'ua-1',
  createdAt: '2026-06-30T12:00:00Z',
};
const LIMITS = { waiting: 1, milliseconds: 60_000, characters: 10_000 };

/** A thread that answers when it is told to. */
class HeldThread extends PrintingThread {
  override print(_order: PrintOrder): Promise<Uint8Array> {
    return new Promise((resolve) => setTimeout(() => resolve(new Uint8Array(1)), 200));
  }
}

describe('printing', () => {
  it('gives the same bytes again, by another printer too', async () => {
    const [one, other] = [new DocumentPrinter(), new DocumentPrinter()];
    const first = await one.print(REPORT);
    expect(Buffer.from(first.subarray(0, 8)).toString('latin1')).toMatch(/^%PDF-1\.\d/);
    expect(await one.print(REPORT)).toEqual(first);
    expect(await other.print(REPORT)).toEqual(first);
    expect(await one.print({ ...REPORT, createdAt: '2026-06-30T12:00:01Z' })).not.toEqual(first);
  });

  it('refuses data that make too large a document', async () => {
    const content = contentWith('x y '.repeat(3_000));
    await expect(new DocumentPrinter(LIMITS).print({ ...REPORT, content })).rejects.toMatchObject({
      type: { code: 'DOCUMENT_TOO_LARGE', status: 413 },
    });
  });

  it('keeps no more waiting than it may, and says when to come again', async () => {
    const printer = new DocumentPrinter(LIMITS, () => new HeldThread());
    const [first, second] = [printer.print(REPORT), printer.print(REPORT)];
    await expect(printer.print(REPORT)).rejects.toMatchObject({
      type: { code: 'DOCUMENTS_BUSY', status: 503 },
      occurrence: { headers: { 'retry-after': '10' } },
    });
    expect([(await first).length, (await second).length]).toEqual([1, 1]);
    expect((await printer.print(REPORT)).length).toBe(1);
  });

  it('gives up a document that takes too long, and makes the next', async () => {
    const started: PrintingThread[] = [];
    const printer = new DocumentPrinter({ ...LIMITS, milliseconds: 1 }, () => {
      started.push(new HeldThread());
      return started.at(-1) as PrintingThread;
    });
    await expect(printer.print(REPORT)).rejects.toMatchObject({ type: { code: 'DOCUMENT_TOO_LARGE' } });
    await started[0]?.ended;
    await expect(printer.print(REPORT)).rejects.toMatchObject({ type: { code: 'DOCUMENT_TOO_LARGE' } });
    expect(started).toHaveLength(2);
  });

  it('tells of a template that cannot be set without what it quoted, and goes on', async () => {
    const printer = new DocumentPrinter();
    await expect(printer.print({ ...REPORT, content: {} })).rejects.toMatchObject({
      type: { code: 'DOCUMENT_NOT_MADE', status: 500 },
    });
    expect((await printer.print(REPORT)).length).toBeGreaterThan(1_000);
  });
});
