import { loadPerson, type PersonReads } from './person.js';
import { type NumberReads, type Registered, registeredAs, registrationsWith } from './same-number.js';

/** A registration of a person, and how it is known to be one. */
export interface Registration {
  readonly recipient: string;
  /** Absent where it cannot be read. */
  readonly name?: string;
  readonly because: 'ASKED_FOR' | 'MERGED' | 'SAME_NUMBER';
}

/** All that is registered of one person. */
export interface Registrations {
  readonly registrations: readonly Registration[];
  /** The ids of the episodes of all of them. */
  readonly episodes: readonly string[];
  /** Who has the same number and is said to be another person. */
  readonly others: readonly string[];
}

/**
 * Every registration of the person behind a recipient: those that are merged with it, those of the same controller that
 * have the same number, and so on from each of them. A number that is secret joins nobody.
 * @throws UnreadableEvent when a registration cannot be read: whose it is would be a guess
 */
export async function registrationsOf(reads: PersonReads & NumberReads, recipient: string): Promise<Registrations> {
  const found = new Map<string, Registration>();
  const episodes = new Set<string>();
  const others = new Set<string>();
  const waiting: { readonly recipient: string; readonly because: Registration['because'] }[] = [
    { recipient, because: 'ASKED_FOR' },
  ];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    if (found.has(next.recipient)) continue;
    const registered = await registeredAs(reads.log, next.recipient);
    found.set(next.recipient, {
      ...next,
      ...(registered?.name === undefined ? {} : { name: registered.name }),
    });
    const person = await loadPerson(reads, next.recipient);
    for (const episode of person.episodes) episodes.add(episode);
    waiting.push(...person.recipients.map((merged) => ({ recipient: merged, because: 'MERGED' as const })));
    for (const same of registered ? await sameNumber(reads, registered) : []) {
      if (same.anotherPerson || registered?.anotherPerson) others.add(same.recipient);
      else waiting.push({ recipient: same.recipient, because: 'SAME_NUMBER' });
    }
  }
  for (const one of found.keys()) others.delete(one);
  return { registrations: [...found.values()], episodes: [...episodes].sort(), others: [...others].sort() };
}

async function sameNumber(reads: NumberReads, { recipient, numbers }: Registered): Promise<Registered[]> {
  const found = await Promise.all(numbers.map((number) => registrationsWith(reads, number)));
  return found.flat().filter((one) => one.recipient !== recipient);
}
