import { civilDateOf } from '../kernel/time/clock.js';
import type { Identity } from './identity.js';
import type { ReadOn } from './personal-number.js';

type Data = Readonly<Record<string, unknown>>;

/** What is needed of an entry, opened, to know whose numbers it says. */
export interface Saying {
  /** `YYYY-MM-DD`. */
  readonly effectiveOn: string;
  /** RFC 3339 UTC. */
  readonly recordedAt: string;
  readonly data: Data;
}

/** A number in an entry, with the days by whose calendar it is read. */
export interface SaidIdentity {
  readonly identity: Identity;
  readonly on: ReadOn;
}

/** The numbers in an entry's data, and in the data that a correction, or a correction of one, puts in place. */
export function identitiesSaid({ effectiveOn, recordedAt, data }: Saying): SaidIdentity[] {
  const said: SaidIdentity[] = [];
  const days = [effectiveOn];
  for (let layer: unknown = data; isData(layer); layer = layer['data']) {
    if (typeof layer['effectiveOn'] === 'string') days.push(layer['effectiveOn']);
    const { identity, birthDate } = layer;
    if (isIdentity(identity)) said.push({ identity, on: readOn(days, civilDateOf(recordedAt), birthDate) });
  }
  return said;
}

/**
 * By whose calendar a number is read.
 * @param days those from which it held, as its entry and the corrections around it say
 * @param recorded civil date in Stockholm
 * @param birthDate of the same data, where it is given
 */
export function readOn(days: readonly string[], recorded: string, birthDate: unknown): ReadOn {
  const earliest = [...days, recorded].reduce((one, other) => (other < one ? other : one));
  return { earliest, recorded, ...(typeof birthDate === 'string' ? { birthDate } : {}) };
}

function isIdentity(value: unknown): value is Identity {
  return isData(value) && typeof value['type'] === 'string' && typeof value['value'] === 'string';
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
