import { accessTypes } from '../../facts/types/access.js';
import { categoryOf, streamIdOf } from '../../kernel/event-sourcing/envelope.js';

/** Why episodes have to be judged again: they themselves, or all that rest on a stream. `all` is a whole rebuild. */
export type WaitingKind = 'all' | 'controller' | 'unit' | 'recipient' | 'staff' | 'episode';

export interface Waiting {
  readonly kind: WaitingKind;
  readonly id: string;
  /** The last episode that was done; '' at the start. */
  readonly after: string;
}

/** Entries on shared streams that no judgement reads. */
const WITHOUT_JUDGEMENT = new Set([
  ...Object.keys(accessTypes),
  'RecipientRegistered',
  'RecipientIdentityChanged',
  'RecipientProtectionChanged',
  'PersonForgotten',
  'StaffRegistered',
  'StaffMovedUnit',
  'UnitClosed',
]);

const KIND_OF_CATEGORY: Readonly<Record<string, WaitingKind>> = {
  careEpisode: 'episode',
  staff: 'staff',
  recipient: 'recipient',
  unit: 'unit',
  policy: 'controller',
};

export const ALL: Waiting = { kind: 'all', id: '00000000-0000-0000-0000-000000000000', after: '' };

/** Whether a judgement, and so a figure, may rest on entries of a type. */
export function isJudged(type: string): boolean {
  return !WITHOUT_JUDGEMENT.has(type);
}

/** What has to be judged again because of these entries; each stream once. */
export function touchedBy(entries: readonly { readonly type: string; readonly stream: string }[]): Waiting[] {
  const touched = new Map<string, Waiting>();
  for (const { type, stream } of entries) {
    const kind = KIND_OF_CATEGORY[categoryOf(stream)];
    if (kind && isJudged(type)) touched.set(stream, { kind, id: streamIdOf(stream), after: '' });
  }
  return [...touched.values()];
}
