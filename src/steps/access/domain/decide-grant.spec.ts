import { describe, it } from '@jest/globals';
import { Facts } from '../../../compliance-rules/facts.js';
import { resolveEntries } from '../../../compliance-rules/resolve-entries.js';
import type { FactData, FactName } from '../../../facts/event-catalogue.js';
import type { Proposed } from '../../../facts/proposed.js';
import { Given } from '../../../kernel/event-sourcing/given-when-then.spec-helper.js';
import { closeInspection, grantRole, openInspection, revokeRole } from './decide-grant.js';

type Told<N extends FactName = FactName> = readonly [type: N, day: string, data: object];

const factsOf = (...told: readonly Told[]): Facts =>
  new Facts(
    resolveEntries(
      told.map(([type, effectiveOn, data], index) => ({
        id: `e${index + 1}`,
        type,
        effectiveOn,
        data: data as Readonly<Record<string, unknown>>,
        position: BigInt(index + 1),
        recordedAt: '2026-01-01T00:00:00.000Z',
      })),
    ),
  );
const put = <N extends FactName>(type: N, data: Partial<FactData[N]>, effectiveOn = '2026-03-01'): Proposed<N> =>
  ({ type, effectiveOn, data }) as Proposed<N>;
const north: Told = ['UnitOpened', '2024-01-01', { controller: 'ange', name: 'Norr', careForms: [] }];
const hired: Told = [
  'UnitOpened',
  '2024-01-01',
  { controller: 'firm', commissionedBy: 'ange', name: 'Syd', careForms: [] },
];
const opened: Told = ['InspectionOpened', '2026-01-01', { controller: 'ange', validTo: '2026-04-30' }];
const annulled: Told = ['EntryAnnulled', '2026-01-02', { corrects: 'e1', cause: 'DUPLICATE' }];
const given = (units: Readonly<Record<string, Told>>, inspection?: readonly Told[]) =>
  new Given({
    units: new Map(Object.entries(units).map(([unit, told]) => [unit, factsOf(told)])),
    ...(inspection ? { inspection: factsOf(...inspection) } : {}),
  });
const grant = (data: Partial<FactData['RoleGranted']>, on?: string) =>
  put('RoleGranted', { holder: { staff: 'anna' }, role: 'SAS', controller: 'ange', reason: null, ...data }, on);

describe('a role is granted', () => {
  it('at a controller', () => given({}).when(grantRole, grant({})).isAccepted());
  it('for units of the controller, or that work for it', () =>
    given({ north, hired })
      .when(grantRole, grant({ units: ['north', 'hired'] }))
      .isAccepted());
  it('but not for those of others', () =>
    given({ north, hired })
      .when(grantRole, grant({ controller: 'firm', units: ['hired', 'north'] }))
      .isRefused('UNIT_ELSEWHERE', { unit: 'north' }));
  it('to a deputy in units of the controller itself alone', () =>
    given({ hired })
      .when(grantRole, grant({ role: 'UNIT_DEPUTY', units: ['hired'] }))
      .isRefused('UNIT_ELSEWHERE', { unit: 'hired' }));
  it('by a decision of somebody else', () => {
    given({})
      .when(grantRole, grant({ decidedBy: 'bo' }))
      .isAccepted();
    given({})
      .when(grantRole, grant({ decidedBy: 'anna' }))
      .isRefused('DECIDED_BY_HOLDER');
  });
});

describe('an auditor', () => {
  const auditor = (on?: string) => grant({ role: 'AUDITOR', inspection: 'ivo' }, on);

  it('comes with an inspection of the controller', () => given({}, [opened]).when(grantRole, auditor()).isAccepted());
  it('on its last day too', () => given({}, [opened]).when(grantRole, auditor('2026-04-30')).isAccepted());
  it('but not the day after', () =>
    given({}, [opened]).when(grantRole, auditor('2026-05-01')).isRefused('INSPECTION_OVER'));
  it('nor when it is closed, or never was', () => {
    given({}, [opened, ['InspectionClosed', '2026-03-01', { reason: null }]])
      .when(grantRole, auditor())
      .isRefused('INSPECTION_OVER');
    given({}, [opened, annulled]).when(grantRole, auditor()).isRefused('INSPECTION_OVER');
  });
  it('nor by the inspection of another', () =>
    given({}, [['InspectionOpened', '2026-01-01', { controller: 'firm', validTo: '2026-04-30' }]])
      .when(grantRole, auditor())
      .isRefused('INSPECTION_OF_ANOTHER'));
});

describe('a grant', () => {
  const granted: Told = ['RoleGranted', '2026-01-01', { holder: { staff: 'anna' }, role: 'SAS', controller: 'ange' }];
  const revoked = put('RoleRevoked', { reason: null });
  const of = (...told: readonly Told[]) => new Given({ facts: factsOf(...told) });

  it('is revoked', () => of(granted).when(revokeRole, revoked).isAccepted());
  it('once', () =>
    of(granted, ['RoleRevoked', '2026-02-01', { reason: null }])
      .when(revokeRole, revoked)
      .isRefused('GRANT_ALREADY_REVOKED'));
  it('again when the revocation never was', () =>
    of(granted, ['RoleRevoked', '2026-02-01', { reason: null }], ['EntryAnnulled', '2026-02-02', { corrects: 'e2' }])
      .when(revokeRole, revoked)
      .isAccepted());
  it('not when it never was', () => of(granted, annulled).when(revokeRole, revoked).isRefused('GRANT_ANNULLED'));
});

describe('an inspection', () => {
  const open = (data: Partial<FactData['InspectionOpened']>) =>
    put('InspectionOpened', { controller: 'ange', validTo: '2026-04-30', ...data });
  const closed = put('InspectionClosed', { reason: null });
  const of = (...told: readonly Told[]) => new Given({ facts: factsOf(...told) });

  it('is opened for units of the controller, or that work for it', () => {
    given({ north, hired })
      .when(openInspection, open({ units: ['north', 'hired'] }))
      .isAccepted();
    given({ north })
      .when(openInspection, open({ controller: 'firm', units: ['north'] }))
      .isRefused('UNIT_ELSEWHERE', { unit: 'north' });
  });
  it('is closed', () => of(opened).when(closeInspection, closed).isAccepted());
  it('once', () =>
    of(opened, ['InspectionClosed', '2026-02-01', { reason: null }])
      .when(closeInspection, closed)
      .isRefused('INSPECTION_ALREADY_CLOSED'));
  it('not when it never was', () =>
    of(opened, annulled).when(closeInspection, closed).isRefused('INSPECTION_ANNULLED'));
});
