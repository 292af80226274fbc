import { v5 } from 'uuid';
import { categoryOf, streamIdOf } from '../../kernel/event-sourcing/envelope.js';
import type { EventCatalogue } from '../../kernel/event-sourcing/event-catalogue.js';
import { valuesAt } from '../../kernel/event-sourcing/field-paths.js';
import { layersOf } from '../../kernel/event-sourcing/layers.js';
import { CARE_EPISODE, CONTROLLER, GRANT, INSPECTION, RECIPIENT, STAFF, UNIT } from '../../facts/categories.js';
import { eventCatalogue } from '../../facts/event-catalogue.js';

/** What the index needs to see of an entry; a fact about to be recorded has it as well as a recorded one. */
export interface IndexedEntry {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly subject?: string;
  readonly controller?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly correctedTypes?: readonly string[];
}

/** Which streams rest on which. `from` is what somebody asks by, `to` what they find. */
export type LinkKind =
  | 'RECIPIENT_EPISODE'
  | 'STAFF_EPISODE'
  | 'UNIT_EPISODE'
  | 'CONTROLLER_UNIT'
  | 'UNIT_STAFF'
  | 'MERGED'
  | 'MANAGER_UNIT'
  | 'STAFF_GRANT'
  | 'CONTROLLER_GRANT'
  | 'CONTROLLER_INSPECTION'
  | 'HSA_STAFF';

export interface Link {
  readonly kind: LinkKind;
  readonly from: string;
  readonly to: string;
}

export interface Thing {
  readonly kind: string;
  readonly id: string;
  readonly stream: string;
  readonly event: string;
}

/** The names that an entry gives to what it brings into being; a correction may give a new one. */
export function thingsOf(entry: IndexedEntry, catalogue: EventCatalogue): Thing[] {
  return layersOf(entry).flatMap(({ type, data }) => {
    const defines = catalogue.get(type)?.defines;
    if (!defines) return [];
    return valuesAt(data, defines.path)
      .filter((id) => typeof id === 'string')
      .map((id) => ({ kind: defines.kind, id, stream: entry.stream, event: entry.id }));
  });
}

/** By what its field names, and in which stream it stands. */
const LINK_KINDS: Readonly<Record<string, LinkKind>> = {
  [`${RECIPIENT} ${CARE_EPISODE}`]: 'RECIPIENT_EPISODE',
  [`${UNIT} ${CARE_EPISODE}`]: 'UNIT_EPISODE',
  [`${STAFF} ${CARE_EPISODE}`]: 'STAFF_EPISODE',
  [`${CONTROLLER} ${UNIT}`]: 'CONTROLLER_UNIT',
  [`${UNIT} ${STAFF}`]: 'UNIT_STAFF',
  [`${RECIPIENT} ${RECIPIENT}`]: 'MERGED',
  [`${STAFF} ${UNIT}`]: 'MANAGER_UNIT',
  [`${STAFF} ${GRANT}`]: 'STAFF_GRANT',
  [`${CONTROLLER} ${GRANT}`]: 'CONTROLLER_GRANT',
  [`${CONTROLLER} ${INSPECTION}`]: 'CONTROLLER_INSPECTION',
};

/** Fixed for ever: links of this kind are made of it. */
const HSA_NAMESPACE = 'b0a4c1f2-6c3b-4d0e-9b53-7a1c5d2e8f40';

/** What an HSA-id is in a link, whose ends are ids: the same whatever its case. */
export function hsaLink(hsaId: string): string {
  return v5(hsaId.toUpperCase(), HSA_NAMESPACE);
}

/** The links that an entry makes. A link is never taken back, since older knowledge rests on it. */
export function linksOf(entry: IndexedEntry): Link[] {
  const own = streamIdOf(entry.stream);
  const category = categoryOf(entry.stream);
  const links: Link[] = [];
  for (const { type, data } of layersOf(entry)) {
    if (type === 'StaffRegistered' && typeof data['hsaId'] === 'string')
      links.push({ kind: 'HSA_STAFF', from: hsaLink(data['hsaId']), to: own });
    for (const { path, names } of eventCatalogue.get(type)?.links ?? []) {
      const kind = LINK_KINDS[`${names} ${category}`];
      for (const from of kind ? valuesAt(data, path) : []) {
        if (!kind || typeof from !== 'string') continue;
        if (kind === 'MERGED') links.push({ kind, from: own, to: from });
        links.push({ kind, from, to: own });
      }
    }
  }
  return links;
}
