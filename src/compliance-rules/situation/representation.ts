import type { FactData } from '../../facts/event-catalogue.js';
import { dayOf, type Day } from '../../kernel/time/day.js';
import type { Fact, Facts } from '../facts.js';

/**
 * The recipient and everyone who is the same person by merges, directly or through others, whatever the merges' days.
 * @param streams the known facts of every recipient stream that may matter, by recipient id
 */
export function samePerson(recipient: string, streams: ReadonlyMap<string, Facts>): ReadonlySet<string> {
  const person = new Set([recipient]);
  const merges = [...streams].flatMap(([from, facts]) =>
    facts.of('RecipientMerged').map(({ data }) => [from, data.into] as const),
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

/** Somebody at a meeting, as an entry has them. */
export type Attendee = FactData['InformationGiven']['attendees'][number];

/** Who may answer for a recipient, and from and until when. */
export class Representatives {
  private readonly registered: readonly Fact<'RepresentativeRegistered'>[];

  constructor(recipient: string, streams: ReadonlyMap<string, Facts>) {
    this.registered = [...samePerson(recipient, streams)].flatMap(
      (id) => streams.get(id)?.of('RepresentativeRegistered') ?? [],
    );
  }

  /**
   * Whether an attendee of a day is a legal representative who is known for that day: the one whom the entry names, or
   * where it names none, any.
   */
  isPresent({ kind, representative }: Attendee, day: Day): boolean {
    if (kind !== 'REPRESENTATIVE') return false;
    if (representative !== undefined) return this.mayAnswer(representative, day);
    return this.registered.some(({ data }) => this.mayAnswer(data.representative, day));
  }

  /** Whether the recipient, or a legal representative who is known for the day, is among those present. */
  hasPrincipal(present: readonly Attendee[], day: Day): boolean {
    return present.some((attendee) => attendee.kind === 'RECIPIENT' || this.isPresent(attendee, day));
  }

  /** Whether the representative was registered on or before the day of an answer, and `validTo` is not before it. */
  mayAnswer(representative: string | undefined, day: Day): boolean {
    return this.registered.some((registration) => {
      const { representative: registered, validTo } = registration.data;
      if (registered !== representative || registration.day > day) return false;
      return validTo === undefined || dayOf(validTo) >= day;
    });
  }
}
