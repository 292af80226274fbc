import { afterEach, beforeEach, describe, it } from '@jest/globals';
import { appendCases } from './event-store/append-cases.js';
import type { ContractCase, OpenedLog, StoreKind } from './event-store/case.js';
import { idempotencyCases } from './event-store/idempotency-cases.js';
import { readCases } from './event-store/read-cases.js';
import { watchCases } from './event-store/watch-cases.js';

/** What is true of every event store, sentence by sentence. */
export const eventStoreCases: readonly ContractCase[] = [
  ...appendCases,
  ...idempotencyCases,
  ...readCases,
  ...watchCases,
];

/**
 * Tests an adapter: one test a sentence, each on a log of its own. A sentence that cannot be asked of this store is
 * shown as skipped.
 */
export function eventStoreContract(kind: StoreKind): void {
  describe(`event store contract: ${kind.name}`, () => {
    let log: OpenedLog;
    beforeEach(async () => {
      log = await kind.openLog();
    });
    afterEach(() => log.dispose());

    for (const contractCase of eventStoreCases) {
      const test = applies(contractCase, kind) ? it : it.skip;
      test(contractCase.name, () => contractCase.run(log.store, log.openAgain));
    }
  });
}

/** Runs the same sentences without a test runner and gives those that are not true of the store. */
export async function untrueSentences(kind: StoreKind): Promise<string[]> {
  const verdicts = await Promise.all(
    eventStoreCases
      .filter((contractCase) => applies(contractCase, kind))
      .map(async ({ name, run }) => {
        const log = await kind.openLog();
        try {
          await run(log.store, log.openAgain);
          return undefined;
        } catch {
          return name;
        } finally {
          await log.dispose();
        }
      }),
  );
  return verdicts.filter((name) => name !== undefined);
}

function applies({ needs }: ContractCase, kind: StoreKind): boolean {
  return needs === undefined || kind[needs];
}
