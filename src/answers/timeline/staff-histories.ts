import { assessEpisode } from '../../compliance-rules/index.js';
import { Facts } from '../../compliance-rules/facts.js';
import type { EpisodeAssessment } from '../../compliance-rules/model.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { DossierLoader } from '../../judgement/dossier-loader.js';
import type { OpenedPerson } from '../../judgement/person/opened-person.js';
import { withoutSecrets } from '../../judgement/person/secret-identities.js';
import type { ReadSide } from '../../judgement/read-side.js';
import type { OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import { UnreadableEvent } from '../../kernel/event-sourcing/unreadable-event.js';
import { type ContactOf, contactsOf, staffEntriesTold, withoutOwnMatters } from './staff-entries.js';

/** How an employee is named beside her entries. */
export interface StaffMark {
  readonly id: string;
  /** Null where it cannot be read. */
  readonly name: string | null;
}

/** What an employee's stream adds to the history of a person whose contact she is, or was. */
export interface StaffHistory {
  readonly staff: StaffMark;
  readonly stream: string;
  /** The whole stream as far as it is known, without what is never told. */
  readonly events: readonly OpenedEvent[];
  /** The ids of those that are told. */
  readonly told: ReadonlySet<string>;
}

export interface StaffHistories {
  readonly histories: readonly StaffHistory[];
  /** Some could not be read: what is told without them is incomplete. */
  readonly incomplete: boolean;
}

/** Reads what the histories rest on, all of it up to one position. */
export interface HistoryReads {
  /** Without the numbers that are secret. @throws UnreadableEvent */
  opened(stream: string): Promise<readonly OpenedEvent[]>;
  /** @throws UnreadableEvent */
  assessed(episode: string): Promise<EpisodeAssessment | undefined>;
}

/** Reads from the log up to a position. @param secret the person's numbers that are secret */
export function historyReads(
  { log, index }: Pick<ReadSide, 'log' | 'index'>,
  secret: ReadonlySet<string>,
  upTo: bigint,
): HistoryReads {
  const loader = new DossierLoader(log, index, upTo);
  return {
    opened: async (stream) =>
      (await log.open(await log.readStream(stream, { upTo }))).map((event) => withoutSecrets(event, secret)),
    assessed: async (episode) => assessEpisode(await loader.load(episode)),
  };
}

/** What is told of the employees that a person has, or had, as contacts (contract §5); in order of id. */
export async function staffHistories(person: OpenedPerson, reads: HistoryReads): Promise<StaffHistories> {
  const contacts = new Map<string, ContactOf[]>();
  let incomplete = false;
  const readable = async <T>(reading: Promise<T>): Promise<T | undefined> => {
    try {
      return await reading;
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      incomplete = true;
      return undefined;
    }
  };
  for (const episode of person.episodes) {
    const entries = person.streams.get(`careEpisode-${episode}`);
    if (!entries) continue;
    for (const contact of contactsOf(entries, await readable(reads.assessed(episode))))
      contacts.set(contact.staff, [...(contacts.get(contact.staff) ?? []), contact]);
  }
  const histories: StaffHistory[] = [];
  for (const [id, own] of [...contacts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const stream = `staff-${id}`;
    const events = await readable(reads.opened(stream));
    if (!events) continue;
    const name: unknown = new Facts(resolveEntries(events)).of('StaffRegistered')[0]?.data.name;
    histories.push({
      staff: { id, name: typeof name === 'string' ? name : null },
      stream,
      events: events.map(withoutOwnMatters),
      told: staffEntriesTold(events, own),
    });
  }
  return { histories, incomplete };
}
