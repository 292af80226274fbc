import { dayOf } from '../../kernel/time/day.js';
import { required, text, type Fact, type Facts } from '../facts.js';

/**
 * The recipient and everyone who is the same person by merges, directly or through others, whatever the merges' days.
 * @param streams the known facts of every recipient stream that may matter, by recipient id
 */
export function samePerson(recipient: string, streams: ReadonlyMap<string, Facts>): ReadonlySet<string> {
  const person = new Set([recipient]);
  const merges = [...streams].flatMap(([from, facts]) =>
    facts.of('RecipientMerged').map((merge) => [from, required(merge, 'into')] as const),
  );
  for (let grown = true; grown;) {
    grown = false;
    for (const [one, other] of merges) {
      if (person.has(one) === person.has(other)) continue;
      person.add(one).add(other);
      grown = true;
    }
  }
  return person;
}

/** The facts of recipients that say who is who and who may answer for them, stream by stream. */
export function representationFacts(streams: ReadonlyMap<string, Facts>): (readonly Fact[])[] {
  return [...streams.values()].flatMap((facts) => [facts.of('RecipientMerged'), facts.of('RepresentativeRegistered')]);
}

/** Who may answer for a recipient, and from and until when. */
export class Representatives {
  private readonly registered: readonly Fact[];

  constructor(recipient: string, streams: ReadonlyMap<string, Facts>) {
    this.registered = [...samePerson(recipient, streams)].flatMap(
      (id) => streams.get(id)?.of('RepresentativeRegistered') ?? [],
    );
  }

  /** Whether the representative was registered on or before the answer's day, and `validTo` is not before it. */
  mayGive(answer: Fact): boolean {
    const representative = text(answer, 'representative');
    return this.registered.some((registration) => {
      if (text(registration, 'representative') !== representative || registration.day > answer.day) return false;
      const validTo = text(registration, 'validTo');
      return validTo === undefined || dayOf(validTo) >= answer.day;
    });
  }
}
