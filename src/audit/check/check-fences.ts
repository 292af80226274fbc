import type { EventStore } from '../../kernel/event-store/event-store.js';
import type { KeyStore } from '../../kernel/privacy/key-store.js';
import { FORGETTABLE, forgettingOf } from '../forget/forget.js';
import type { CheckFindings } from './check-finding.js';

const PAGE = 500;

/**
 * Whether everybody whose key is kept back was forgotten in the log too. A person's data can be made unreadable in the key
 * store alone; then nothing in the log says who decided it, or that it was decided.
 * @throws EventStoreError, KeyStoreError
 */
export async function checkFences(store: EventStore, keys: KeyStore, findings: CheckFindings): Promise<void> {
  const unfinished = new Set((await keys.unfinishedForgettings()).map(({ subject }) => subject));
  const fenced = (await keys.allForgotten()).filter((subject) => !unfinished.has(subject));
  for (let at = 0; at < fenced.length; at += PAGE) {
    const subjects = fenced.slice(at, at + PAGE);
    const places = await store.find(subjects.map(forgettingOf));
    for (const subject of subjects) {
      const place = places.get(forgettingOf(subject));
      if (place?.type === 'PersonForgotten' && FORGETTABLE.some((kind) => place.stream === `${kind}-${subject}`))
        continue;
      findings.add(
        'FORGOTTEN_WITHOUT_ENTRY',
        `the key of ${subject} was destroyed or is kept back, but nothing in the log says that this was decided: restore the keys from a backup`,
      );
    }
  }
}
