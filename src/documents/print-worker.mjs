// A thread that makes PDFs and workbooks. In plain JavaScript and without anything else of the program, so that it runs
// as it stands from the sources and from a build, and holds nothing but the compiler with its fonts and the writer of
// workbooks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import writeWorkbook from 'write-excel-file/node';

/** @type {{ templates: string, fonts: readonly string[] }} */
const { templates, fonts } = workerData;
// Fonts that are handed over come before those that the system has, also where theirs have the same name.
const fontBlobs = fonts.map((path) => readFileSync(path));
const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs }] });

let last = Promise.resolve();
parentPort.on('message', (order) => {
  last = last.then(() => answer(order));
});

async function answer(order) {
  try {
    const bytes = new Uint8Array('sheets' in order ? await workbook(order.sheets) : pdf(order));
    parentPort.postMessage({ bytes }, [bytes.buffer]);
  } catch (error) {
    parentPort.postMessage({ failed: withoutQuotes(error instanceof Error ? error.message : 'unknown error') });
  } finally {
    // Without it every document stays in memory; what is kept would only speed up the same document made again.
    compiler.evictCache(0);
  }
}

function pdf({ template, inputs, standard, createdAt }) {
  const mainFilePath = join(templates, `${template}.typ`);
  return compiler.pdf(
    { mainFilePath, inputs, resetRead: true },
    { pdfStandard: standard, creationTimestamp: createdAt },
  );
}

function workbook(sheets) {
  const made = sheets.map(({ name, widths, rows }) => ({
    sheet: name,
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: 1,
    data: rows.map((row, at) => row.map((value) => cell(value, at === 0))),
  }));
  return writeWorkbook(made).toBuffer();
}

/** A text is a text, whatever it begins with: no cell is a formula. */
function cell(value, isHead) {
  if (typeof value === 'number') return { type: Number, value };
  return { type: String, value, wrap: true, alignVertical: 'top', ...(isHead ? { fontWeight: 'bold' } : {}) };
}

/** What went wrong without what was quoted, which may be somebody's data. */
function withoutQuotes(message) {
  return message.replace(/`[^`]*`|"(?:\\.|[^"\\])*"/g, '…').slice(0, 500);
}
