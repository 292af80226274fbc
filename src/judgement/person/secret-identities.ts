import type { Fact } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { comparableIdentity } from '../../facts/identity.js';
import { identitiesSaid, type Saying } from '../../facts/said-identities.js';
import type { OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import { withoutNumbers } from './hidden-numbers.js';

type Data = Readonly<Record<string, unknown>>;

/**
 * The numbers that a person had before a change that made them secret (assumed identity; a link that nobody may see),
 * in the form in which numbers are compared. Numbers that were only written by mistake before it are among them.
 * @param streams the recipient streams of the person, opened, each in position order and as known *now*: what became
 *   secret later is secret in every answer, also in one about an earlier time
 */
export function secretIdentities(streams: Iterable<readonly OpenedEvent[]>): ReadonlySet<string> {
  const secret = new Set<string>();
  for (const events of streams) {
    const facts = resolveEntries(events);
    const change = facts.findLastIndex(
      (fact) => fact.type === 'RecipientIdentityChanged' && fact.data.formerSecret === true,
    );
    if (change === -1) continue;
    const fromThenOn = facts.slice(change);
    const shown = new Set(sayingsOf(events, fromThenOn).flatMap(numbersIn));
    const shownEntries = new Set(fromThenOn.map((fact) => fact.id));
    const roots = new Map<string, string>();
    for (const event of events) {
      const corrects = event.data['corrects'];
      const root = typeof corrects === 'string' ? (roots.get(corrects) ?? corrects) : event.id;
      roots.set(event.id, root);
      if (!shownEntries.has(root)) for (const number of numbersIn(event)) if (!shown.has(number)) secret.add(number);
    }
  }
  return secret;
}

/** The event without the secret numbers in it, in whatever field or text they stand; itself where it has none. */
export function withoutSecrets<E extends OpenedEvent>(event: E, secret: ReadonlySet<string>): E {
  if (secret.size === 0) return event;
  const named = numbersIn(event).some((number) => secret.has(number)) ? withoutIdentities(event.data) : event.data;
  const data = hiddenIn(named, secret) as Data;
  const lateReason = hiddenIn(event.lateReason, secret) as string | undefined;
  if (data === event.data && lateReason === event.lateReason) return event;
  return { ...event, data, ...(lateReason === undefined ? {} : { lateReason }) };
}

/** A number that was hidden stands as null, as one that cannot be opened does; in the data that a correction puts in place too, and so on down. */
function withoutIdentities(data: Data): Data {
  const { identity, data: right } = data;
  return {
    ...data,
    ...(isData(identity)
      ? { identity: { ...identity, value: null, ...('canonical' in identity ? { canonical: null } : {}) } }
      : {}),
    ...(isData(right) ? { data: withoutIdentities(right) } : {}),
  };
}

/** The value with the numbers taken out of its texts; itself where none holds one. */
function hiddenIn(value: unknown, secret: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return withoutNumbers(value, secret);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => hiddenIn(item, secret));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (!isData(value)) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, field, hiddenIn(field, secret)] as const);
  return fields.every(([, before, after]) => before === after)
    ? value
    : Object.fromEntries(fields.map(([name, , after]) => [name, after]));
}

/** The entries that count, each with the data that counts and the days that it was recorded with. */
export function sayingsOf(events: readonly OpenedEvent[], facts: readonly Fact[]): Saying[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  return facts.flatMap(({ id, data }) => {
    const event = byId.get(id);
    return event ? [{ effectiveOn: event.effectiveOn, recordedAt: event.recordedAt, data }] : [];
  });
}

/** The numbers in an entry's data, or in the data that a correction puts in place, in the form in which numbers are compared. */
export function numbersIn(entry: Saying): string[] {
  return identitiesSaid(entry).map(({ identity, on }) => comparableIdentity(identity, on));
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
