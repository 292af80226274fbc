import { stringify } from 'csv-stringify/sync';
import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { onOneLine } from '../../kernel/safe-text.js';
import { isId } from '../../kernel/id-form.js';
import { civilDayOf } from '../../kernel/time/clock.js';
import type { Day } from '../../kernel/time/day.js';
import { loadPerson } from '../../judgement/person/person.js';
import type { ReadSide } from '../../judgement/read-side.js';
import { namesIn } from '../../answers/text/names.js';
import type { AccessLog } from '../access-log.js';
import type { AccessRecord } from '../access-record.js';
import { daySpan } from '../day-span.js';
import { unprotectedStaff } from '../../answers/unprotected-staff.js';
import { inWhichRole, whatFor, whatWasDone } from './words.js';

/** One look at a person, as she is told of it. */
export interface ToldAccess {
  /** Instant, RFC 3339 UTC. */
  readonly at: string;
  /** Swedish: in which role somebody looked. */
  readonly role: string;
  /** The name of the unit in which she looked, where that is known. */
  readonly unit?: string;
  /** Who looked, where names are given and hers is not protected. */
  readonly name?: string;
  /** Swedish: what was done. */
  readonly what: string;
  /** Swedish: what for. */
  readonly purpose: string;
}

export type ExtractReads = Pick<ReadSide, 'index' | 'streams' | 'log' | 'clock'>;

/**
 * Who has read about a person: all her registrations, oldest first.
 * @param from the first civil day, `YYYY-MM-DD` @param to the last
 * @throws AccessLogUnavailable, KeyStoreError
 */
export async function accessToPerson(
  reads: ExtractReads,
  log: AccessLog,
  recipient: string,
  { from, to }: { readonly from?: string; readonly to?: string },
): Promise<ToldAccess[]> {
  const { recipients: persons } = await loadPerson(reads, recipient);
  const records: AccessRecord[] = [];
  for await (const { record } of log.read({ persons, ...daySpan(from, to) })) records.push(record);
  const controller = (await reads.index.contextOf(`recipient-${recipient}`))?.controller;
  const showsNames = await givesNames(reads, controller, civilDayOf(reads.clock.now()));
  const staff = [...new Set(records.flatMap(({ who }) => (who.kind === 'STAFF' ? [who.id] : [])))];
  const named = showsNames ? await unprotectedStaff(reads, staff) : [];
  const units = [...new Set(records.flatMap(({ who }) => (isId(who.unit) ? [who.unit] : [])))];
  const streams = [...named.map((id) => `staff-${id}`), ...units.map((id) => `unit-${id}`)];
  const names = await namesIn(reads, [], undefined, streams);
  const nameOf = (id: string | undefined): string | undefined =>
    id === undefined || names.of(id) === id ? undefined : onOneLine(names.of(id));
  return records.map((record) => {
    const unit = nameOf(record.who.unit);
    const name = named.includes(record.who.id) ? nameOf(record.who.id) : undefined;
    return {
      at: record.at,
      role: inWhichRole(record),
      ...(unit === undefined ? {} : { unit }),
      ...(name === undefined ? {} : { name }),
      what: whatWasDone(record),
      purpose: whatFor(record),
    };
  });
}

/** The extract for a spreadsheet, as a Swedish Excel reads it; a name that looks like a formula stays a text. */
export function extractCsv(told: readonly ToldAccess[]): string {
  return stringify([...told], {
    bom: true,
    delimiter: ';',
    record_delimiter: '\r\n',
    header: true,
    columns: [
      { key: 'at', header: 'tidpunkt' },
      { key: 'unit', header: 'enhet' },
      { key: 'role', header: 'roll' },
      { key: 'name', header: 'namn' },
      { key: 'what', header: 'vad som gjordes' },
      { key: 'purpose', header: 'ändamål' },
    ],
    escape_formulas: true,
  });
}

/**
 * Whether an extract names who has read: a public body's log is open to whom it is about, a company's need not be; the
 * controller's own policy goes before both.
 */
async function givesNames({ streams }: ExtractReads, controller: string | undefined, day: Day): Promise<boolean> {
  if (controller === undefined) return false;
  const policies = new Facts(resolveEntries(await streams.read(`policy-${controller}`))).of('AccessPolicyAdopted');
  const adopted = policies.findLast((fact) => fact.day <= day)?.data.values.logExtractNames;
  if (adopted !== undefined) return adopted;
  const [registered] = new Facts(resolveEntries(await streams.read(`controller-${controller}`))).of(
    'ControllerRegistered',
  );
  return registered?.data.kind === 'MUNICIPAL';
}
