import { EventStoreError } from '../event-store/event-store.js';
import type { EventCatalogue } from './event-catalogue.js';
import { streamIdOf } from './envelope.js';
import type { FactToRecord } from './event-log.js';

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
  const { type, correctedTypes = [] } = fact;
  if (fact.stream !== stream) throw new InvalidFact(type, ['it names another stream']);
  const data = checkData(catalogue, type, fact.data, correctedTypes);
  return { ...fact, data };
}

/** Whom a fact is about: the person it names, else what its stream is about. */
export function subjectOf(fact: { readonly subject?: string; readonly stream: string }): string {
  return fact.subject ?? streamIdOf(fact.stream);
}

function checkData(
  catalogue: EventCatalogue,
  type: string,
  data: unknown,
  correctedTypes: readonly string[],
): Readonly<Record<string, unknown>> {
  const known = catalogue.get(type);
  if (!known) throw new InvalidFact(type, ['the type is unknown']);
  const checked = known.schema.safeParse(data);
  if (!checked.success)
    throw new InvalidFact(
      type,
      checked.error.issues.map(({ path, code }) => `${path.join('.') || 'data'} (${code})`),
    );
  if (type !== 'EntryCorrected' || checked.data['data'] === undefined) return checked.data;
  const [corrected, ...rest] = correctedTypes;
  // Without the type nobody could say what of it is personal.
  if (corrected === undefined) throw new InvalidFact(type, ['the type of the corrected entry is not told']);
  return { ...checked.data, data: checkData(catalogue, corrected, checked.data['data'], rest) };
}
