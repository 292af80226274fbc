import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Leave } from '../facts/access-given.js';
import { groundwork, IDS, ImportBench, line, type LineObject, uuid } from './testing/history.spec-helper.js';

const GRANT = `grant-${uuid(20)}`;
const granted = line(
  'RoleGranted',
  GRANT,
  { holder: { staff: IDS.staff }, role: 'SAS', controller: IDS.controller, reason: 'Utsedd' },
  { ref: 'granted' },
);
const linked = line(
  'IdentityLinked',
  `staff-${IDS.staff}`,
  { issuer: 'https://id.example/', subject: 'siv' },
  { ref: 'linked' },
);
const narrowed = line(
  'AccessNarrowed',
  `recipient-${IDS.recipient}`,
  { staff: [IDS.staff], reason: 'Skydd' },
  { ref: 'narrowed' },
);
const manager = line('UnitManagerAppointed', `unit-${IDS.unit}`, { staff: IDS.staff }, { ref: 'manager' });
const withHsaId = line(
  'StaffRegistered',
  `staff-${uuid(30)}`,
  { controller: IDS.controller, unit: IDS.unit, name: 'Bo Al', hsaId: 'SE2321000016-1003' },
  { ref: 'hsa' },
);
const annulled = (stream: string, ref: string): LineObject =>
  line('EntryAnnulled', stream, { corrects: { ref }, cause: 'OTHER', reason: 'x' }, { ref: `annulled ${ref}` });
const corrected = (stream: string, ref: string): LineObject =>
  line(
    'EntryCorrected',
    stream,
    { corrects: { ref }, reason: 'x', effectiveOn: '2024-02-01' },
    { ref: `corrected ${ref}` },
  );
const OF_ACCESS = [granted, linked, narrowed].flatMap((one) => [
  one,
  corrected(String(one['stream']), String(one['ref'])),
  annulled(String(one['stream']), String(one['ref'])),
]);
const OF_THE_CONTRACT = [manager, withHsaId].flatMap((one) => [
  one,
  corrected(String(one['stream']), String(one['ref'])),
  annulled(String(one['stream']), String(one['ref'])),
]);

let bench: ImportBench;
beforeEach(async () => {
  bench = await ImportBench.open();
});
afterEach(() => bench.close());

const brought = async (lines: readonly LineObject[], leave: Leave) => {
  const { imported, rejectedByCode } = await bench.import([...lines], { leave });
  return { imported, ...rejectedByCode };
};

describe('a history file that gives access', () => {
  it('is taken in whole by leave', async () => {
    await bench.import(groundwork());
    const lines = [...OF_ACCESS, ...OF_THE_CONTRACT];
    expect(await brought(lines, 'ALL')).toEqual({ imported: lines.length });
    // What is in is in, whoever brings it again.
    expect(await brought(lines, 'NONE')).toEqual({ imported: 0 });
  });

  it('brings managers and HSA ids where nobody signs in, and nothing of access', async () => {
    await bench.import(groundwork());
    expect(await brought(OF_THE_CONTRACT, 'CONTRACT')).toEqual({ imported: OF_THE_CONTRACT.length });
    expect(await brought([granted, linked, narrowed], 'CONTRACT')).toEqual({ imported: 0, GIVES_ACCESS: 3 });
  });

  it('brings nothing that gives access where people sign in, nor corrects it', async () => {
    await bench.import(groundwork());
    await bench.import([granted, linked, narrowed, manager, withHsaId], { leave: 'ALL' });
    const about = [granted, linked, narrowed, manager, withHsaId].flatMap(({ stream, ref }) => [
      corrected(String(stream), String(ref)),
      annulled(String(stream), String(ref)),
    ]);
    expect(await brought(about, 'NONE')).toEqual({ imported: 0, GIVES_ACCESS: 10 });
    expect(await brought(about.slice(0, 6), 'CONTRACT')).toEqual({ imported: 0, GIVES_ACCESS: 6 });
  });

  it('is not let through by corrections of corrections, however many', async () => {
    await bench.import(groundwork());
    const chain = Array.from({ length: 40 }, (_, at) =>
      line(
        'EntryCorrected',
        GRANT,
        { corrects: { ref: at === 0 ? 'granted' : `chain ${at - 1}` }, reason: 'x' },
        { ref: `chain ${at}` },
      ),
    );
    await bench.import([granted, ...chain.slice(0, 39)], { leave: 'ALL' });
    expect(await brought(chain.slice(39), 'CONTRACT')).toEqual({ imported: 0, GIVES_ACCESS: 1 });
  });
});
