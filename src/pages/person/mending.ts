import { address } from '../asked.js';

/** The way to what mends a lack, with what is known of it. */
export function mendingHref(rule: string, episode: string, assignment?: string): string {
  return address(`/atgarda/${episode}`, { regel: rule, uppdrag: assignment });
}
