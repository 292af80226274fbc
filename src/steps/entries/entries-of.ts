import { entryStatuses } from '../../compliance-rules/resolve-entries.js';
import { eventCatalogue } from '../../facts/event-catalogue.js';
import type { StateSources } from '../../recording/step.js';
import type { NamedEntries } from './domain/decide-entry.js';

/** The entries of the stream that the named entry is in. */
export function entriesOf({ history }: StateSources): NamedEntries {
  const statuses = entryStatuses(history);
  return new Map(
    history.map(({ id, type, data }) => {
      const corrects = data['corrects'];
      const changeable = eventCatalogue.get(type)?.correctable ?? false;
      const annulled = statuses.get(id)?.status === 'ANNULLED';
      return [
        id,
        { id, changeable, ...(typeof corrects === 'string' ? { corrects } : {}), ...(annulled ? { annulled } : {}) },
      ];
    }),
  );
}
