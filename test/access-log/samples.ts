import { randomUUID } from 'node:crypto';
import type { Access, StoredAccess } from '../../src/access-log/access-record.js';

/** A read of one person, with what a case says of it. */
export function read(said: Partial<Access> = {}): Access {
  const persons = said.persons ?? [randomUUID()];
  return {
    who: { kind: 'STAFF', id: randomUUID(), role: 'UNIT_MANAGER', level: 3 },
    act: 'READ',
    route: 'TimelineController_timeline',
    persons,
    shown: ['NAME', 'FREE_TEXT'],
    purpose: 'DAILY',
    allowedBy: 'recipient.timeline',
    request: randomUUID(),
    count: persons.length,
    ...said,
  };
}

export async function all(records: AsyncIterable<StoredAccess>): Promise<StoredAccess[]> {
  const found: StoredAccess[] = [];
  for await (const each of records) found.push(each);
  return found;
}
