import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import type { OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import { replaceAt } from '../../kernel/event-sourcing/field-paths.js';
import { type IdentityType, searchableIdentity } from '../../facts/identity.js';

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
      (fact) => fact.type === 'RecipientIdentityChanged' && fact.data['formerSecret'] === true,
    );
    if (change === -1) continue;
    const fromThenOn = facts.slice(change);
    const shown = new Set(fromThenOn.flatMap((fact) => numbersIn(fact.data)));
    const shownEntries = new Set(fromThenOn.map((fact) => fact.id));
    const roots = new Map<string, string>();
    for (const event of events) {
      const corrects = event.data['corrects'];
      const root = typeof corrects === 'string' ? (roots.get(corrects) ?? corrects) : event.id;
      roots.set(event.id, root);
      if (!shownEntries.has(root))
        for (const number of numbersIn(event.data)) if (!shown.has(number)) secret.add(number);
    }
  }
  return secret;
}

/** A number that was hidden stands as null, as one that cannot be opened does. */
const IDENTITY_PATHS = ['identity.value', 'data.identity.value', 'data.data.identity.value'] as const;
/** What stands in a text where somebody wrote the number down. */
const HIDDEN = '[dolt nummer]';

/** The event without the secret numbers in it, in whatever field or text they stand; itself where it has none. */
export function withoutSecrets<E extends OpenedEvent>(event: E, secret: ReadonlySet<string>): E {
  if (secret.size === 0) return event;
  const named = numbersIn(event.data).some((number) => secret.has(number))
    ? replaceAt(event.data, IDENTITY_PATHS, () => null)
    : event.data;
  const patterns = [...secret].map(written);
  const data = hiddenIn(named, patterns) as Readonly<Record<string, unknown>>;
  const lateReason = hiddenIn(event.lateReason, patterns) as string | undefined;
  if (data === event.data && lateReason === event.lateReason) return event;
  return { ...event, data, ...(lateReason === undefined ? {} : { lateReason }) };
}

/** The ways in which people write a number: with or without century, sign and spaces. */
function written(number: string): RegExp {
  const parts = /^(\d{2})(\d{6})(\d{4})$/.exec(number);
  if (parts) return new RegExp(`(?<!\\d)(?:${parts[1]})?${parts[2]}\\s?[-+–]?\\s?${parts[3]}(?!\\d)`, 'gu');
  const spaced = [...number].map((sign) => sign.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')).join('\\s*');
  return new RegExp(`(?<![\\p{L}\\d])${spaced}(?![\\p{L}\\d])`, 'giu');
}

/** The value with the numbers taken out of its texts; itself where none holds one. */
function hiddenIn(value: unknown, patterns: readonly RegExp[]): unknown {
  if (typeof value === 'string') return patterns.reduce((text, pattern) => text.replace(pattern, HIDDEN), value);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => hiddenIn(item, patterns));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, field, hiddenIn(field, patterns)] as const);
  return fields.every(([, before, after]) => before === after)
    ? value
    : Object.fromEntries(fields.map(([name, , after]) => [name, after]));
}

/**
 * The numbers in an entry's data, or in the data that a correction puts in place, in the form in which numbers are
 * compared.
 */
export function numbersIn(data: unknown): string[] {
  const numbers: string[] = [];
  for (
    let layer: unknown = data;
    typeof layer === 'object' && layer !== null;
    layer = (layer as Record<string, unknown>)['data']
  ) {
    const identity = (layer as Record<string, unknown>)['identity'];
    if (typeof identity !== 'object' || identity === null) continue;
    const { type, value } = identity as Record<string, unknown>;
    if (typeof type === 'string' && typeof value === 'string')
      numbers.push(searchableIdentity(type as IdentityType, value));
  }
  return numbers;
}
