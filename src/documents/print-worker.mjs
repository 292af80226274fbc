// A thread that makes PDFs. In plain JavaScript and without anything else of the program, so that it runs as it stands from the sources and
// from a build, and holds nothing but the compiler and its fonts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** @type {{ templates: string, fonts: readonly string[] }} */
const { templates, fonts } = workerData;
// Fonts that are handed over come before those that the system has, also where theirs have the same name.
const fontBlobs = fonts.map((path) => readFileSync(path));
const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs }] });

parentPort.on('message', (order) => {
  try {
    const pdf = new Uint8Array(made(order));
    parentPort.postMessage({ pdf }, [pdf.buffer]);
  } catch (error) {
    parentPort.postMessage({ failed: withoutQuotes(error instanceof Error ? error.message : 'unknown error') });
  } finally {
    // Without it every document stays in memory; what is kept would only speed up the same document made again.
    compiler.evictCache(0);
  }
});

function made({ template, inputs, standard, createdAt }) {
  const mainFilePath = join(templates, `${template}.typ`);
  return compiler.pdf(
    { mainFilePath, inputs, resetRead: true },
    { pdfStandard: standard, creationTimestamp: createdAt },
  );
}

/** What went wrong without what was quoted, which may be somebody's data. */
function withoutQuotes(message) {
  return message.replace(/`[^`]*`|"(?:\\.|[^"\\])*"/g, '…').slice(0, 500);
}
