import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { comparableIdentity, type Identity, identityKey } from '../../facts/identity.js';
import { inEveryCentury, type ReadOn } from '../../facts/personal-number.js';
import { identitiesSaid } from '../../facts/said-identities.js';
import { identityTerm } from '../../facts/search-terms.js';
import type { EventLog } from '../../kernel/event-sourcing/event-log.js';
import type { KeyStore } from '../../kernel/privacy/key-store.js';
import { sayingsOf, secretIdentities, withoutSecrets } from './secret-identities.js';

/** What numbers are looked up in: the log says who has one, the key store where to look. */
export interface NumberReads {
  readonly log: Pick<EventLog, 'readStream' | 'open'>;
  readonly keys: Pick<KeyStore, 'findByTerm'>;
}

/** A number as a controller's registrations have it. */
export interface ControllersNumber {
  readonly controller: string;
  readonly identity: Identity;
  readonly on: ReadOn;
}

/** A recipient whose registration holds. */
export interface Registered {
  readonly recipient: string;
  readonly name?: string;
  /** Those that are no secret, now and before. */
  readonly numbers: readonly ControllersNumber[];
  /** Said of this registration: that it is another person than others with its number. */
  readonly anotherPerson: boolean;
}

/** @returns undefined for nobody, and for a registration that was annulled */
export async function registeredAs(log: NumberReads['log'], recipient: string): Promise<Registered | undefined> {
  const events = await log.readStream(`recipient-${recipient}`);
  const controller = events[0]?.controller;
  if (controller === undefined) return undefined;
  const opened = await log.open(events);
  const secret = secretIdentities([opened]);
  const facts = resolveEntries(opened.map((event) => withoutSecrets(event, secret)));
  const [registration] = new Facts(facts).of('RecipientRegistered');
  if (!registration) return undefined;
  const { name, anotherPerson } = registration.data;
  return {
    recipient,
    ...(typeof name === 'string' ? { name } : {}),
    numbers: sayingsOf(opened, facts)
      .flatMap(identitiesSaid)
      .map((said) => ({ ...said, controller })),
    anotherPerson: anotherPerson !== undefined,
  };
}

export function hasNumber({ numbers }: Registered, wanted: ControllersNumber): boolean {
  const key = identityKey(wanted.identity, wanted.on);
  return numbers.some(
    ({ controller, identity, on }) => controller === wanted.controller && identityKey(identity, on) === key,
  );
}

/** The registrations of a controller that have a number, in order of id. */
export async function registrationsWith({ log, keys }: NumberReads, wanted: ControllersNumber): Promise<Registered[]> {
  const number = comparableIdentity(wanted.identity, wanted.on);
  const terms = wanted.identity.type === 'RESERVE' ? [number] : inEveryCentury(number);
  const found = await Promise.all(terms.map((term) => keys.findByTerm(identityTerm(term))));
  const registrations = await Promise.all([...new Set(found.flat())].sort().map((one) => registeredAs(log, one)));
  return registrations.filter((one): one is Registered => one !== undefined && hasNumber(one, wanted));
}
