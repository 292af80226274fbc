import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A file that pages load. Its address changes with its content, so that a browser may keep it for ever. */
export interface Asset {
  /** The name in its address. */
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

function asset(file: string, type: string): Asset {
  const content = readFileSync(new URL(`./assets/${file}`, import.meta.url), 'utf8');
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { name: file.replace('.', `-${digest}.`), type, content };
}

export const STYLESHEET = asset('page.css', 'text/css; charset=utf-8');
export const SCRIPT = asset('page.js', 'text/javascript; charset=utf-8');
export const SIGN = asset('sign.svg', 'image/svg+xml');

/** By the name in the address. */
export const ASSETS: ReadonlyMap<string, Asset> = new Map([STYLESHEET, SCRIPT, SIGN].map((one) => [one.name, one]));

/** Where an asset is loaded from. */
export function addressOf({ name }: Asset): string {
  return `/filer/${name}`;
}
