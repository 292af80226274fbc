import { EventStoreError, type StoredRecord } from '../event-store/event-store.js';

/**
 * A stored event that this program cannot read: damaged, or written by a newer program. It says where it stands, not
 * what it holds.
 */
export class UnreadableEvent extends EventStoreError {
  readonly code = 'UNREADABLE_EVENT';
  readonly id: string;
  readonly stream: string;
  readonly position: bigint;
  constructor(
    record: Pick<StoredRecord, 'id' | 'stream' | 'position'>,
    readonly reason: string,
  ) {
    super(`event ${record.id} at position ${record.position} of ${record.stream} cannot be read: ${reason}`);
    this.id = record.id;
    this.stream = record.stream;
    this.position = record.position;
  }
}
