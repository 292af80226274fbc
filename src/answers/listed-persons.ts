import { callScope } from '../access/call-scope.js';
import type { Scope, ShownInList } from '../access/caller-scope.js';
import { protectionOn } from '../access/resources.js';
import { streamIdOf } from '../kernel/event-sourcing/envelope.js';
import { today } from '../kernel/time/clock.js';
import { dayOf } from '../kernel/time/day.js';
import type { ReadSide } from '../judgement/read-side.js';

/** What stands in the place of the name of somebody whose data are protected. */
export const PROTECTED_NAME = 'Skyddade uppgifter';

/** What a list shows of the persons in it to whoever asks. */
export class ListedPersons {
  constructor(private readonly shownOf: ReadonlyMap<string, ShownInList>) {}

  /** Those of the items whose person may be in the list at all. */
  shown<T extends { readonly recipient: string }>(items: readonly T[]): T[] {
    return items.filter(({ recipient }) => this.shownOf.get(recipient) !== 'HIDDEN');
  }

  /** Whether a recipient may be told by id and name. */
  isShown(recipient: string): boolean {
    return (this.shownOf.get(recipient) ?? 'SHOWN') === 'SHOWN';
  }

  /** What a recipient is called in the list; the name of any other stream as it is. */
  nameOf(stream: string, name: string | undefined): string | undefined {
    return this.shownOf.get(streamIdOf(stream)) === 'MASKED' ? PROTECTED_NAME : name;
  }
}

/** Everybody as she is: for whoever may see everything. */
const ALL = new ListedPersons(new Map());

/**
 * What the call may show of persons who are in a list. Protection counts as it is today and as all is known now,
 * whatever the day and the knowledge that the list is about.
 * @param scope what who asks may see; that of the call unless said otherwise
 */
export async function listedPersons(
  { index, streams, clock }: Pick<ReadSide, 'index' | 'streams' | 'clock'>,
  items: readonly { readonly recipient: string }[],
  scope: Scope = callScope(),
): Promise<ListedPersons> {
  if (scope.all) return ALL;
  const day = dayOf(today(clock));
  const recipients = [...new Set(items.map(({ recipient }) => recipient))];
  const merged = await index.mergedAmong(recipients);
  const shown = await Promise.all(
    recipients.map(async (recipient): Promise<[string, ShownInList]> => {
      const all = merged.has(recipient) ? await index.mergedWith(recipient) : [recipient];
      const registrations = await Promise.all(all.map((id) => streams.read(`recipient-${id}`)));
      return [recipient, scope.listed(all, protectionOn(registrations, day))];
    }),
  );
  return new ListedPersons(new Map(shown));
}
