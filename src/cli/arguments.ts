import { existsSync, readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { MONTH_PATTERN } from '../access-log/reviews/period.js';
import { readWitnessKey, type WitnessKey } from '../kernel/integrity/cosignature.js';
import { isId } from '../kernel/id-form.js';
import { parseDay } from '../kernel/time/day.js';
import { isInstant } from '../kernel/time/instant-form.js';

/** A calendar day. @throws InvalidArgumentError */
export function day(text: string): string {
  if (parseDay(text) === undefined) throw new InvalidArgumentError('It is no calendar day (YYYY-MM-DD).');
  return text;
}

/** A calendar month. @throws InvalidArgumentError */
export function month(text: string): string {
  if (!MONTH_PATTERN.test(text)) throw new InvalidArgumentError('It is no calendar month (YYYY-MM).');
  return text;
}

/** An instant. @throws InvalidArgumentError */
export function instant(text: string): string {
  if (!isInstant(text)) throw new InvalidArgumentError('It is no instant in UTC (like 2026-03-01T12:00:00Z).');
  return text;
}

/** The id of a stream, in the form in which the register keeps it. @throws InvalidArgumentError */
export function id(text: string): string {
  if (!isId(text)) throw new InvalidArgumentError('It is no id (a UUID).');
  return text.toLowerCase();
}

/** A position in the log. @throws InvalidArgumentError */
export function position(text: string): bigint {
  if (!/^\d{1,18}$/.test(text)) throw new InvalidArgumentError('It is no position (at most 18 digits).');
  return BigInt(text);
}

/** A whole number from 1 on. @throws InvalidArgumentError */
export function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is no whole number from 1 on.');
  return Number(text);
}

/** A file that is to be made, and is not there: what was filed is never written over. @throws InvalidArgumentError */
export function newFile(text: string): string {
  if (existsSync(text)) throw new InvalidArgumentError('The file is there already; it is never written over.');
  return text;
}

/**
 * A witness's key, or a file that holds it; may be given again and again.
 * @throws InvalidArgumentError, or the file system's error
 */
export function witnessKeys(text: string, before: readonly WitnessKey[]): readonly WitnessKey[] {
  const key = readWitnessKey(existsSync(text) ? readFileSync(text, 'utf8') : text);
  if (!key) throw new InvalidArgumentError('It is no key of a witness (NAME+HASH+BASE64), and no file that holds one.');
  return [...before, key];
}
