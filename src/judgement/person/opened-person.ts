import { categoryOf, streamIdOf } from '../../kernel/event-sourcing/envelope.js';
import type { EventLog, OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import { type Person, type PersonReads, recipientOf } from './person.js';
import { secretIdentities, withoutSecrets } from './secret-identities.js';

/** A person whose entries were opened, without the numbers that are secret. */
export interface OpenedPerson extends Omit<Person, 'streams'> {
  readonly streams: ReadonlyMap<string, readonly OpenedEvent[]>;
}

/** Opens a person's entries and takes the secret numbers out. @param secret see {@link secretsOf} */
export async function openPerson(
  person: Person,
  log: Pick<EventLog, 'open'>,
  secret: ReadonlySet<string>,
): Promise<OpenedPerson> {
  const streams = new Map<string, readonly OpenedEvent[]>();
  for (const [stream, events] of person.streams)
    streams.set(
      stream,
      (await log.open(events)).map((event) => withoutSecrets(event, secret)),
    );
  return { ...person, streams };
}

/**
 * The numbers that are secret, by all that is known now, in whatever answer. Those of everyone who was ever merged with
 * the recipient are among them: an answer about an earlier time may still show them as one.
 */
export async function secretsOf(
  recipient: string,
  reads: PersonReads,
  log: Pick<EventLog, 'open'>,
): Promise<ReadonlySet<string>> {
  const linked = await reads.index.mergedWith(recipient);
  const streams = await Promise.all(linked.map((id) => reads.streams.read(`recipient-${id}`)));
  const changed = streams.filter((events) => events.some((event) => event.type === 'RecipientIdentityChanged'));
  return secretIdentities(await Promise.all(changed.map((events) => log.open(events))));
}

/** The numbers that are secret in one stream: those of the person whom it is about. */
export async function secretsIn(
  stream: string,
  { index, streams, log }: PersonReads & { readonly log: Pick<EventLog, 'open'> },
): Promise<ReadonlySet<string>> {
  const category = categoryOf(stream);
  const recipient =
    category === 'recipient'
      ? streamIdOf(stream)
      : category === 'careEpisode'
        ? recipientOf(await streams.read(stream))
        : undefined;
  return recipient === undefined ? new Set() : secretsOf(recipient, { index, streams }, log);
}
