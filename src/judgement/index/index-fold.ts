import { categoryOf, streamIdOf } from '../../kernel/event-sourcing/envelope.js';
import type { EventCatalogue } from '../../kernel/event-sourcing/event-catalogue.js';
import { valuesAt } from '../../kernel/event-sourcing/field-paths.js';

/** What the index needs to see of an entry; a fact about to be recorded has it as well as a recorded one. */
export interface IndexedEntry {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly subject?: string;
  readonly controller?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Which streams rest on which. `from` is what somebody asks by, `to` what they find. */
export type LinkKind =
  'RECIPIENT_EPISODE' | 'STAFF_EPISODE' | 'UNIT_EPISODE' | 'CONTROLLER_UNIT' | 'UNIT_STAFF' | 'MERGED';

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
  const things: Thing[] = [];
  for (const data of layersOf(entry)) {
    const defines =
      entry.type === 'EntryCorrected' ? definesOfLayer(data, catalogue) : catalogue.get(entry.type)?.defines;
    if (!defines) continue;
    for (const id of valuesAt(data, defines.path))
      if (typeof id === 'string') things.push({ kind: defines.kind, id, stream: entry.stream, event: entry.id });
  }
  return things;
}

/**
 * The links that an entry makes. They are read by the name of the field, whatever the entry's type: a correction of an
 * appointment names staff as the appointment does. A link is never taken back, since older knowledge rests on it.
 */
export function linksOf(entry: IndexedEntry): Link[] {
  const category = categoryOf(entry.stream);
  const own = streamIdOf(entry.stream);
  const links: Link[] = [];
  const add = (kind: LinkKind, from: unknown, to: string): void => {
    if (typeof from === 'string') links.push({ kind, from, to });
  };
  for (const data of layersOf(entry)) {
    if (category === 'careEpisode') {
      add('RECIPIENT_EPISODE', data['recipient'], own);
      add('UNIT_EPISODE', data['unit'], own);
      add('STAFF_EPISODE', data['staff'], own);
    } else if (category === 'unit') {
      add('CONTROLLER_UNIT', data['controller'], own);
      add('CONTROLLER_UNIT', data['commissionedBy'], own);
    } else if (category === 'staff') {
      add('UNIT_STAFF', data['unit'], own);
    } else if (category === 'recipient' && typeof data['into'] === 'string') {
      add('MERGED', own, data['into']);
      add('MERGED', data['into'], own);
    }
  }
  return links;
}

/** The entry's data and, inside a correction, the data it puts in place, as deep as corrections of corrections go. */
function layersOf(entry: IndexedEntry): Readonly<Record<string, unknown>>[] {
  const layers = [entry.data];
  let inner = entry.type === 'EntryCorrected' ? entry.data['data'] : undefined;
  while (typeof inner === 'object' && inner !== null) {
    layers.push(inner as Record<string, unknown>);
    inner = (inner as Record<string, unknown>)['data'];
  }
  return layers;
}

// A correction does not say the type of what it corrects; the field that names a new thing tells it.
function definesOfLayer(
  data: Readonly<Record<string, unknown>>,
  catalogue: EventCatalogue,
): { kind: string; path: string } | undefined {
  if ('corrects' in data) return undefined;
  if ('offer' in data && 'by' in data) return catalogue.get('ContactOffered')?.defines;
  if ('assignment' in data && 'staff' in data) return catalogue.get('ContactAssigned')?.defines;
  if ('plan' in data && 'sections' in data) return catalogue.get('PlanAgreed')?.defines;
  if ('consent' in data && 'person' in data) return catalogue.get('ConsentGiven')?.defines;
  if ('representative' in data && 'scope' in data) return catalogue.get('RepresentativeRegistered')?.defines;
  return undefined;
}
