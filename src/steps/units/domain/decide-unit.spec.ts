import { describe, it } from '@jest/globals';
import type { FactData, FactName } from '../../../facts/event-catalogue.js';
import { Facts } from '../../../compliance-rules/facts.js';
import { resolveEntries } from '../../../compliance-rules/resolve-entries.js';
import { GivenFact, unitOpened } from '../../../compliance-rules/testing/facts.spec-helper.js';
import { dossierOf } from '../../../compliance-rules/testing/history.spec-helper.js';
import { step } from '../../proposed.spec-helper.js';
import { Given } from '../../../kernel/event-sourcing/given-when-then.spec-helper.js';
import { appointManager, closeUnit } from './decide-unit.js';

const inUnit = <N extends FactName>(type: N, day: string, data: FactData[N]) =>
  new GivenFact('unit:north', type, day, data);
const opened = unitOpened('north', '2024-01-01', 'municipality').as('opened');
const given = (...history: readonly GivenFact[]) =>
  new Given({ facts: new Facts(resolveEntries(dossierOf(history).units.get('north') ?? [])) });

describe('a unit', () => {
  it('gets a manager', () =>
    given(opened)
      .when(appointManager, step(inUnit('UnitManagerAppointed', '2024-02-01', { staff: 'anna' })))
      .isAccepted());
  it('gets no manager when it is closed', () =>
    given(opened, inUnit('UnitClosed', '2024-03-01', {}))
      .when(appointManager, step(inUnit('UnitManagerAppointed', '2024-03-01', { staff: 'anna' })))
      .isRefused('UNIT_ALREADY_CLOSED', { closedOn: '2024-03-01' }));
  it('is recorded late to have had a manager', () =>
    given(opened, inUnit('UnitClosed', '2024-03-01', {}))
      .when(appointManager, step(inUnit('UnitManagerAppointed', '2024-02-01', { staff: 'anna' })))
      .isAccepted());
  it('closes', () =>
    given(opened)
      .when(closeUnit, step(inUnit('UnitClosed', '2024-03-01', {})))
      .isAccepted());
  it('closes once', () =>
    given(opened, inUnit('UnitClosed', '2024-03-01', {}))
      .when(closeUnit, step(inUnit('UnitClosed', '2024-02-01', {})))
      .isRefused('UNIT_ALREADY_CLOSED'));
  it('does not close before it opened', () =>
    given(opened)
      .when(closeUnit, step(inUnit('UnitClosed', '2023-12-31', {})))
      .isRefused('UNIT_CLOSED_BEFORE_OPENED', { openedOn: '2024-01-01' }));
  it('that never opened does nothing', () =>
    given(opened, inUnit('EntryAnnulled', '2024-01-02', { corrects: 'opened', cause: 'NEVER_HAPPENED', reason: null }))
      .when(closeUnit, step(inUnit('UnitClosed', '2024-03-01', {})))
      .isRefused('UNIT_ANNULLED'));
});
