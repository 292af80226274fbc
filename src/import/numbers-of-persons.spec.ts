import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { importHistory } from './import-history.js';
import type { SameNumber } from './same-numbers.js';
import { groundwork, IDS, ImportBench, line, type LineObject, uuid } from './testing/history.spec-helper.js';

// The bench's clock says 2024-06-15; the serials from 980 to 999 are Skatteverket's test numbers.
let bench: ImportBench;
beforeEach(async () => {
  bench = await ImportBench.open();
});
afterEach(() => bench.close());

let people = 100;
function person(type: string, value: string, more: LineObject = {}, rest: LineObject = {}): LineObject {
  people += 1;
  const identity = { type, value, ...(more['identity'] as LineObject | undefined) };
  const data = { controller: IDS.controller, name: 'Test Person', protection: 'NONE', ...more, identity };
  return line('RecipientRegistered', `recipient-${uuid(people)}`, data, rest);
}

async function identitiesOf(lines: readonly LineObject[]): Promise<unknown[]> {
  const { log } = bench.register;
  const read = lines.map(async ({ stream }) => {
    const [event] = await log.open(await log.readStream(String(stream)));
    return event?.data['identity'];
  });
  return Promise.all(read);
}

describe('a number in a history', () => {
  it.each([
    ['SAMORDNINGSNUMMER', '198000619802', 'whose month is not known'],
    ['SAMORDNINGSNUMMER', '198001609802', 'whose day is not known'],
    ['SAMORDNINGSNUMMER', '198000609803', 'whose month and day are not known'],
    ['PERSONNUMMER', '19121212 \u2013 1212', 'with a dash of Word'],
    ['PERSONNUMMER', '121212+1212', 'of somebody over a hundred'],
  ])('is taken: the %s %s, %s', async (type, value) => {
    const lines = [...groundwork(), person(type, value)];
    expect(await bench.import(lines)).toMatchObject({ imported: lines.length, rejected: 0 });
  });

  it.each([
    ['PERSONNUMMER', '209912319804', 'not born'],
    ['PERSONNUMMER', '174006069803', '130 years'],
    ['PERSONNUMMER', '19270505+9802', 'plus sign'],
    ['SAMORDNINGSNUMMER', '202701619807', 'not born'],
  ])('is turned away, and costs no other line: the %s %s', async (type, value, why) => {
    const lines = [...groundwork(), person(type, value), person('RESERVE', 'R-1')];
    const result = await bench.import(lines);
    expect(result).toMatchObject({ imported: lines.length - 1, rejectedByCode: { INVALID: 1 } });
    expect(result.reasons[0]?.reason).toMatch(/^data\.identity\.value: /);
    expect(result.reasons[0]?.reason).toContain(why);
  });

  it('gets its twelve digits by the calendar of the day from which it held, or by the birth date', async () => {
    const lines = [
      person('PERSONNUMMER', '120101-9807', {}, { effectiveOn: '2011-12-31' }),
      person('PERSONNUMMER', '120101-9807', {}, { effectiveOn: '2012-01-01' }),
      person('PERSONNUMMER', '120101-9807', { birthDate: '1912-01-01' }, { effectiveOn: '2012-01-01' }),
      person('PERSONNUMMER', '120101-9807', { identity: { canonical: '191201019807' } }, { effectiveOn: '2012-01-01' }),
      person('RESERVE', '120101-9807'),
    ];
    expect(await bench.import([...groundwork(), ...lines])).toMatchObject({ rejected: 0 });
    const canonical = ['191201019807', '201201019807', '191201019807', '191201019807', undefined];
    expect(await identitiesOf(lines)).toEqual(
      canonical.map((digits) =>
        expect.objectContaining({ value: '120101-9807', ...(digits ? { canonical: digits } : {}) }),
      ),
    );
  });

  it.each(['191201019802', '201301019807', '199912319804', '12'])(
    'is not said in twelve digits to be %s',
    async (canonical) => {
      const lines = [...groundwork(), person('PERSONNUMMER', '120101-9807', { identity: { canonical } })];
      const { rejectedByCode, reasons } = await bench.import(lines);
      expect([rejectedByCode, reasons[0]?.reason]).toEqual([
        { INVALID: 1 },
        expect.stringMatching(/^data\.identity\.canonical: /),
      ]);
    },
  );

  it('is in the log already when the same file is imported again, also where an earlier program left the twelve digits out', async () => {
    const registered = person('PERSONNUMMER', '19811218-9876');
    const changed = line('RecipientIdentityChanged', String(registered['stream']), {
      identity: { type: 'PERSONNUMMER', value: '811218-9876' },
    });
    const lines = [...groundwork(), registered, changed];
    await bench.import(lines);
    const { log, store } = bench.register;
    const before = await store.head();
    expect(await bench.import(lines)).toMatchObject({ imported: 0, skipped: lines.length });
    expect(await store.head()).toBe(before);

    const old = person('PERSONNUMMER', '400505-9805');
    const { stream, effectiveOn, actor, data, ref, type } = old as {
      readonly [name: string]: string;
    } & { readonly actor: { id: string; role: string }; readonly data: Record<string, unknown> };
    const { importedEventId } = await import('./event-ids.js');
    const subject = String(stream).replace('recipient-', '');
    const fact = { id: importedEventId('import', String(ref)), type: String(type), stream: String(stream) };
    const header = { effectiveOn: String(effectiveOn), actor, subject, controller: IDS.controller };
    await log.append(String(stream), 'NO_STREAM', [{ ...fact, ...header, data }]);
    await bench.register.index.reach();
    expect(await bench.import([old])).toMatchObject({ imported: 0, skipped: 1 });
  });

  it('that another registration has goes in, and is reported with who had it before, in a dry run too', async () => {
    const first = person('PERSONNUMMER', '121212+1212');
    const again = person('PERSONNUMMER', '19121212-1212');
    const reason = { anotherPerson: { reason: 'Två personer har fått samma nummer.' } };
    const other = person('PERSONNUMMER', '191212121212', reason);
    const lines = [...groundwork(), first, again, other];
    const idOf = ({ stream }: LineObject): string => String(stream).replace('recipient-', '');
    const expected = [
      { line: lines.length - 1, ref: String(again['ref']), recipient: idOf(again), registered: idOf(first) },
    ];
    for (const dryRun of [true, false]) {
      const { told, result } = await reported(lines, dryRun);
      expect([dryRun, told, result.sameNumber, result.imported]).toEqual([dryRun, expected, 1, lines.length]);
    }
    const { told, result } = await reported(lines, false);
    expect([told, result.sameNumber, result.skipped]).toEqual([[], undefined, lines.length]);
    const later = person('PERSONNUMMER', '191212121212');
    expect((await reported([later], true)).told).toMatchObject([{ recipient: idOf(later), registered: idOf(first) }]);
  });
});

async function reported(lines: readonly LineObject[], dryRun: boolean) {
  const file = join(bench.folder, 'same.ndjson');
  await writeFile(file, lines.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const told: SameNumber[] = [];
  const options = { file, source: 'import', dryRun, rejectFile: `${file}.rejects` };
  const result = await importHistory(bench.register, { ...options, onSameNumber: (one) => told.push(one) });
  return { told, result };
}
