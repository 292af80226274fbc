import { canonicalJson } from '../kernel/event-sourcing/canonical-json.js';
import type { EventCatalogue } from '../kernel/event-sourcing/event-catalogue.js';
import type { OpenedEvent } from '../kernel/event-sourcing/event-log.js';
import { replaceAt } from '../kernel/event-sourcing/field-paths.js';
import type { Draft } from './draft.js';

/**
 * Whether a recorded event is what a draft would be recorded as: the way to tell a command sent again from another one
 * that borrows its key. What can no longer be read (the person was forgotten) is left out of the comparison, and so is
 * what the register worked out: earlier programs did not.
 */
export function isSameFact(catalogue: EventCatalogue, type: string, draft: Draft, recorded: OpenedEvent): boolean {
  if (recorded.type !== type || recorded.stream !== draft.stream) return false;
  const unreadable = recorded.seal === 'CLEAR' ? [] : catalogue.sealedPaths({ ...draft, type });
  const derived = catalogue.derivedPaths({ ...draft, type });
  const comparable = ({
    effectiveOn,
    documentedAt,
    lateReason,
    data,
  }: Pick<Draft, 'effectiveOn' | 'documentedAt' | 'lateReason' | 'data'>) =>
    canonicalJson({
      effectiveOn,
      documentedAt,
      lateReason: recorded.seal === 'CLEAR' ? lateReason : undefined,
      data: replaceAt(
        replaceAt(data, derived, () => undefined),
        unreadable,
        () => null,
      ),
    });
  return comparable(draft) === comparable(recorded);
}
