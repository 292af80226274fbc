import { Codec } from '../../src/kernel/event-sourcing/codec.js';
import type { FactToRecord } from '../../src/kernel/event-sourcing/event-log.js';
import type { NewRecord, StoredRecord } from '../../src/kernel/event-store/event-store.js';
import { CHAIN_START } from '../../src/kernel/integrity/chain.js';

/** The key of everybody in the golden log. */
export const GOLDEN_KEY: Uint8Array = Buffer.alloc(32, 0x2a);

/** Facts as they would be recorded, one after another, with nothing random in them. */
export function goldenRecords(codec: Codec, facts: readonly FactToRecord[]): (NewRecord & Pick<StoredRecord, 'stream' | 'revision' | 'position'>)[] {
  const heads = new Map<string, { revision: bigint; hash: Uint8Array }>();
  return facts.map((fact, index) => {
    const head = heads.get(fact.stream);
    const split = codec.split(fact);
    const random = { iv: Buffer.alloc(12, index + 1), nonce: Buffer.alloc(16, index + 1) };
    const sealed = split.secret === undefined ? undefined : codec.seal(split, GOLDEN_KEY, random);
    const revision = (head?.revision ?? -1n) + 1n;
    const record = codec.encode(split, sealed, {
      revision,
      recordedAt: `2026-01-02T10:00:${String(index % 60).padStart(2, '0')}.000Z`,
      previous: head?.hash ?? CHAIN_START,
      register: index === 0 ? '00000099-0000-4000-8000-000000000099' : undefined,
    });
    heads.set(fact.stream, { revision, hash: record.hash });
    return { ...record, stream: fact.stream, revision, position: BigInt(index + 1) };
  });
}
