import { EventStoreError } from '../event-store/event-store.js';
import type { EventCatalogue } from './event-catalogue.js';
import { streamIdOf } from './envelope.js';
import type { FactToRecord } from './event-log.js';
import { changeLayers, type Layer, layersOf } from './layers.js';

type Data = Readonly<Record<string, unknown>>;

/** A fact that its type's schema does not allow. It names type and paths, never a value. */
export class InvalidFact extends EventStoreError {
  readonly code = 'INVALID_FACT';
  constructor(
    readonly type: string,
    readonly problems: readonly string[],
  ) {
    super(`a fact of type ${type} cannot be recorded: ${problems.join('; ')}`);
  }
}

/**
 * Checks a fact against its type's schema; a correction's data also against the schema of what it corrects.
 * @returns the fact with its data as the schema gives them (ids in lower case, nothing added)
 * @throws InvalidFact
 */
export function checkFact(catalogue: EventCatalogue, fact: FactToRecord, stream: string): FactToRecord {
  if (fact.stream !== stream) throw new InvalidFact(fact.type, ['it names another stream']);
  const data = changeLayers(fact, (layer) => checkedLayer(catalogue, layer));
  // Without the types nobody could say what of it is personal.
  if (layersOf({ ...fact, data }).some(({ type, data: inner }, depth) => hasMore(catalogue, type, inner, fact, depth)))
    throw new InvalidFact(fact.type, ['the type of the corrected entry is not told']);
  return { ...fact, data };
}

/** Whom a fact is about: the person it names, else what its stream is about. */
export function subjectOf(fact: { readonly subject?: string; readonly stream: string }): string {
  return fact.subject ?? streamIdOf(fact.stream);
}

/** Whether the layer holds data for another one below it, of which no type is told. */
function hasMore(catalogue: EventCatalogue, type: string, data: Data, fact: FactToRecord, depth: number): boolean {
  const corrects = catalogue.get(type)?.corrects;
  return corrects !== undefined && data[corrects] !== undefined && fact.correctedTypes?.[depth] === undefined;
}

function checkedLayer(catalogue: EventCatalogue, { type, data }: Layer): Data {
  const known = catalogue.get(type);
  if (!known) throw new InvalidFact(type, ['the type is unknown']);
  const checked = known.schema.safeParse(data);
  if (checked.success) return checked.data;
  throw new InvalidFact(
    type,
    checked.error.issues.map(({ path, code }) => `${path.join('.') || 'data'} (${code})`),
  );
}
