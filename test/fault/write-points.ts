import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../../src/', import.meta.url));

/** Where views and the import write: everything below is looked through for calls that change a store. */
const FOLDERS = [
  'judgement/index',
  'judgement/assessments',
  'judgement/running',
  'judgement/threads',
  'kernel/projections',
  'import',
  'stores',
  'app',
];
/**
 * What changes a store when it is called: of the event log and store, of a view store, of one of its versions, and of
 * the index over them.
 */
const CHANGES = /\.(write|append|appendAll|apply|activate|drop|beginBulk|endBulk)\(/g;

/** Files whose writes are none of these, or are shown elsewhere. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'import/reject-files.ts': 'the files of rejected lines, which every run writes anew',
  'import/scratch-source.ts': 'the scratch store of a dry run, which ends with it',
  'import/unpacked.ts': 'hands packed bytes to zlib in memory; no store and no file is written',
  'import/recording-thread.ts':
    'hands on what import/fact-writer.ts#record writes; its thread dies with the process at random moments in test/e2e/import-crash.e2e.long.spec.ts',
  'import/recording-worker.ts': 'the other end of that thread',
};

/** `file#method`. */
export type Site = string;

/** How many calls that change a store each method of the sources makes. */
export function writesInTheSources(): ReadonlyMap<Site, number> {
  const sites = new Map<Site, number>();
  for (const folder of FOLDERS) {
    for (const file of readdirSync(join(source, folder)).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'),
    )) {
      const path = `${folder}/${file}`;
      if (path in ELSEWHERE) continue;
      let method = '(top)';
      const lines = readFileSync(join(source, path), 'utf8').split('\n');
      for (const [at, line] of lines.entries()) {
        method = methodAt(lines, at) ?? method;
        if (/^\s*(\*|\/\/|\/\*)/.test(line)) continue;
        const calls = [...line.matchAll(CHANGES)].length;
        if (calls > 0) sites.set(`${path}#${method}`, (sites.get(`${path}#${method}`) ?? 0) + calls);
      }
    }
  }
  return sites;
}

/** The first line of a method or function: its indent, its name, and whether its body begins on the same line. */
const METHOD = /^((?: {2})?)(?:(?:private|static|async|get|export|function) )*([a-zA-Z]\w*)(?:<[^>]*>)?\((?:(.*\{)?)$/;

/** The method that begins at a line; its parameters may stand on lines of their own. */
function methodAt(lines: readonly string[], at: number): string | undefined {
  const line = lines[at] ?? '';
  const [, indent = '', name, oneLine] = METHOD.exec(line) ?? [];
  if (name === undefined || oneLine) return name;
  const end = lines.slice(at + 1).find((later) => later.startsWith(`${indent})`));
  return end?.endsWith('{') ? name : undefined;
}

/** The methods that a stack goes through, innermost first. */
export function sitesOf(stack: string): Site[] {
  return stack.split('\n').flatMap((line) => {
    const match = /at (?:async )?(?:new )?(?:[\w$]+\.)?(\w+) \(?(?:file:\/\/)?\S*\/src\/(\S+\.ts)/.exec(line);
    return match && FOLDERS.some((folder) => match[2]?.startsWith(`${folder}/`)) ? [`${match[2]}#${match[1]}`] : [];
  });
}
