import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SWC_OPTIONS, SWC_TSX_OPTIONS } from './swc-options.mjs';

/**
 * What was transformed before: the tests start hundreds of processes, and most of the time of one would be this. May be
 * deleted.
 */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/fok-typescript', import.meta.url));

/** `./x.js` means `./x.ts` or `./x.tsx` where that is there; so does the whole address that a worker thread is started with. */
export function resolve(specifier, context, next) {
  if (/^(\.{1,2}\/|file:\/\/).*\.js$/.test(specifier) && (context.parentURL || specifier.startsWith('file:'))) {
    for (const ending of ['.ts', '.tsx']) {
      const source = new URL(specifier.replace(/\.js$/, ending), context.parentURL);
      if (existsSync(fileURLToPath(source))) return next(source.href, context);
    }
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!/\.tsx?$/.test(url)) return next(url, context);
  return { format: 'module', source: await transformed(fileURLToPath(url)), shortCircuit: true };
}

async function transformed(filename) {
  const source = readFileSync(filename, 'utf8');
  const options = filename.endsWith('.tsx') ? SWC_TSX_OPTIONS : SWC_OPTIONS;
  const kept = join(
    CACHE,
    createHash('sha256')
      .update(JSON.stringify([filename, options, source]))
      .digest('hex'),
  );
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { transformSync } = await import('@swc/core');
    const { code } = transformSync(source, { filename, ...options });
    keep(kept, code);
    return code;
  }
}

/**
 * Whole or not at all: others may read it at this moment. Where nothing can be written it is transformed again the next
 * time.
 */
function keep(path, code) {
  const unnamed = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(unnamed, code);
    renameSync(unnamed, path);
  } catch {
    // A user without the right to write here, or a full disk: both are played by tests.
  }
}
