import { existsSync, readFileSync } from 'node:fs';

/** The version of this program, as its package says. */
export function programVersion(): string {
  // Built or not, in one file or in many: the package lies some folders up.
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const file = new URL('package.json', folder);
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
    if (folder.pathname === '/') return 'unknown';
  }
}
