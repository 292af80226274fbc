import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import type { NumberReads } from '../../judgement/person/same-number.js';
import { sayingsOf, secretIdentities, withoutSecrets } from '../../judgement/person/secret-identities.js';
import { byNumber, type SearchedIdentity } from '../../judgement/person/who-is-meant.js';

/** A registration that has the number that was asked for. */
export interface WithNumber {
  readonly recipient: string;
  readonly controller: string;
}

/**
 * Everybody who has a number now or had it before, where that is no secret, in order of id. A number that is none finds
 * nobody, as any other that nobody has.
 * @param today civil date in Stockholm
 * @throws Problem VALIDATION_FAILED for a number that is none of the type it is said to be
 */
export async function findByNumber(
  { log, keys }: NumberReads,
  searched: SearchedIdentity,
  today: string,
): Promise<WithNumber[]> {
  const meant = byNumber(searched, today);
  const found = await Promise.all(meant.terms.flat().map((term) => keys.findByTerm(term)));
  const confirmed = await Promise.all(
    [...new Set(found.flat())].sort().map(async (recipient): Promise<WithNumber[]> => {
      const history = await log.readStream(`recipient-${recipient}`);
      const controller = history[0]?.controller;
      if (controller === undefined) return [];
      const opened = await log.open(history);
      const secret = secretIdentities([opened]);
      const facts = resolveEntries(opened.map((event) => withoutSecrets(event, secret)));
      return meant.isMeant(undefined, sayingsOf(opened, facts)) ? [{ recipient, controller }] : [];
    }),
  );
  return confirmed.flat();
}
