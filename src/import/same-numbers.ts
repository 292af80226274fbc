import { personTermsOf } from '../facts/search-terms.js';
import type { FactToRecord } from '../kernel/event-sourcing/event-log.js';
import type { Claim, KeyStore, SearchTerm } from '../kernel/privacy/key-store.js';
import type { FactOfLine } from './line-checker.js';

/** A line that registers somebody under a number that another registration has: it is taken in, and told of. */
export interface SameNumber {
  readonly line: number;
  readonly ref: string;
  /** The recipient whom the line registers. */
  readonly recipient: string;
  /** The one who had the number before. */
  readonly registered: string;
}

interface Claiming {
  readonly told: Omit<SameNumber, 'registered'>;
  readonly thing: SearchTerm;
}

/** Sees which lines register somebody who is registered already. */
export class SameNumbers {
  /** In a dry run, which claims nothing: who was first in the file. Numbers are in memory alone. */
  private readonly imagined = new Map<string, string>();

  constructor(private readonly keys: Pick<KeyStore, 'holders'>) {}

  /** Among lines that are in the log. */
  async among(landed: readonly FactOfLine[]): Promise<SameNumber[]> {
    const claiming = landed.flatMap(claimingOf);
    return differing(claiming, await this.holders(claiming));
  }

  /** Among lines that a dry run would record. */
  async imaginedAmong(batch: readonly FactOfLine[]): Promise<SameNumber[]> {
    const claiming = batch.flatMap(claimingOf);
    const held = await this.holders(claiming);
    for (const [at, { thing, told }] of claiming.entries()) {
      const first = held[at]?.subject ?? this.imagined.get(thing.value);
      if (first === undefined) this.imagined.set(thing.value, told.recipient);
      else held[at] = { subject: first, at: '' };
    }
    return differing(claiming, held);
  }

  private async holders(claiming: readonly Claiming[]): Promise<(Claim | undefined)[]> {
    return claiming.length === 0 ? [] : this.keys.holders(claiming.map(({ thing }) => thing));
  }
}

function claimingOf({ fact, line }: FactOfLine): Claiming[] {
  const [thing] = isRegistration(fact) ? (personTermsOf(fact)?.claims ?? []) : [];
  if (!thing || fact.subject === undefined) return [];
  return [{ thing, told: { line: line.number, ref: fact.origin?.ref ?? '', recipient: fact.subject } }];
}

/** One that says that it is another person with the same number says so knowingly. */
function isRegistration({ type, data }: FactToRecord): boolean {
  return type === 'RecipientRegistered' && data['anotherPerson'] === undefined;
}

function differing(claiming: readonly Claiming[], held: readonly (Claim | undefined)[]): SameNumber[] {
  return claiming.flatMap(({ told }, at) => {
    const registered = held[at]?.subject;
    return registered === undefined || registered === told.recipient ? [] : [{ ...told, registered }];
  });
}
