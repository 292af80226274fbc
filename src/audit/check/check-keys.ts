import type { EventLog } from '../../kernel/event-sourcing/event-log.js';
import type { KeyStore } from '../../kernel/privacy/key-store.js';
import type { CheckFindings } from './check-finding.js';
import { type Extent, pagesOf } from './log-sample.js';

export interface KeysChecked {
  /** Entries that were opened, or found to be destroyed as they should be. */
  readonly opened: number;
  readonly destroyed: number;
}

/**
 * Opens what the log seals with the keys that are at hand: so that a key store that does not fit is found before
 * somebody needs it.
 * @param head the position up to which a sample is taken
 * @throws EventStoreError, KeyStoreError
 */
export async function checkKeys(
  log: EventLog,
  keys: KeyStore,
  head: bigint,
  extent: Extent,
  findings: CheckFindings,
  onProgress: (entries: number) => void,
): Promise<KeysChecked> {
  let opened = 0;
  let destroyed = 0;
  for await (const { events, unreadable, count } of pagesOf(log, head, extent)) {
    for (const { position, error } of unreadable) findings.add('NOT_READABLE', `position ${position}: ${error}`);
    for (const event of await log.open(events)) {
      opened += 1;
      if (event.seal === 'DESTROYED') destroyed += 1;
      if (event.seal === 'DAMAGED')
        findings.add(
          'NOT_OPENED',
          `position ${event.position}, event ${event.id}: the key of ${event.subject ?? event.stream} is missing, or it is not the one that sealed it`,
        );
      if (event.type === 'PersonForgotten' && event.subject !== undefined && !(await keys.isForgotten(event.subject))) {
        findings.add(
          'FORGOTTEN_BUT_KEYED',
          `position ${event.position}: ${event.subject} was forgotten, but the key store does not know it: forget again`,
        );
      }
    }
    onProgress(count);
  }
  return { opened, destroyed };
}
