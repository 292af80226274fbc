import { isLoopback } from '../config/loopback.js';
import { readWitnessKey, type WitnessKey } from './cosignature.js';

/**
 * Who is shown each checkpoint:
 * - `FOLDER`: a share that somebody else keeps, best one where nothing is overwritten. It vouches for nothing by itself
 * - `WITNESS`: a server that speaks C2SP tlog-witness; its key confirms what it answers
 * - `TIME_STAMPS`: an authority of RFC 3161; the file with its root certificates confirms what it answers
 */
export type WitnessPlace =
  | { readonly kind: 'FOLDER'; readonly name: string; readonly path: string }
  | { readonly kind: 'WITNESS'; readonly name: string; readonly url: string; readonly key: WitnessKey }
  | { readonly kind: 'TIME_STAMPS'; readonly name: string; readonly url: string; readonly roots: string };

/**
 * Reads the places from a setting: separated by spaces, each `folder:PATH`, `https://…#KEY` or `tsa:https://…#ROOTS.pem`.
 * @returns the places, or what is wrong with the first that is none, without naming a key
 */
export function readWitnessPlaces(text: string): readonly WitnessPlace[] | string {
  const places: WitnessPlace[] = [];
  for (const item of text.split(/\s+/).filter((one) => one !== '')) {
    const place = readPlace(item);
    if (typeof place === 'string') return place;
    if (places.some(({ name }) => name === place.name)) return `names ${place.name} twice`;
    places.push(place);
  }
  return places;
}

function readPlace(item: string): WitnessPlace | string {
  if (item.startsWith('folder:')) {
    const path = item.slice('folder:'.length);
    return path === '' ? 'must name a path after folder:' : { kind: 'FOLDER', name: item, path };
  }
  const stamps = item.startsWith('tsa:');
  const [address = '', after = ''] = (stamps ? item.slice('tsa:'.length) : item).split(/#(.*)/s);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))))
    return 'must hold folder:PATH, https://HOST/#KEY or tsa:https://HOST/#ROOTS.pem; http for this machine only';
  if (stamps) {
    if (after === '') return `must name the root certificates of ${url.host} after #`;
    return { kind: 'TIME_STAMPS', name: `tsa:${url.host}`, url: address, roots: after };
  }
  const key = readWitnessKey(after);
  return key ? { kind: 'WITNESS', name: key.name, url: address, key } : `must name the key of ${url.host} after #`;
}
