import { dataPaths } from '../../stores/open-stores.js';

/** Where what was signed of the access log lies: with the seals of the event log, to be handed on together. */
export function accessSealPath(dataDir: string): string {
  return dataPaths(dataDir).accessSeals;
}
