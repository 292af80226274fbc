import { describe, it } from '@jest/globals';
import type { Proposed } from '../../../facts/proposed.js';
import { Given } from '../../../kernel/event-sourcing/given-when-then.spec-helper.js';
import { annulEntry, correctEntry, disputeEntry, type NamedEntry } from './decide-entry.js';

const fact: NamedEntry = { id: 'fact', changeable: true };
const correction: NamedEntry = { id: 'correction', corrects: 'fact', changeable: true };
const second: NamedEntry = { id: 'second', corrects: 'correction', changeable: true };
const forgotten: NamedEntry = { id: 'forgotten', changeable: false };

const given = (...entries: readonly NamedEntry[]) => new Given(new Map(entries.map((entry) => [entry.id, entry])));
const correct = (corrects: string, data?: Record<string, unknown>): Proposed<'EntryCorrected'> => ({
  type: 'EntryCorrected',
  effectiveOn: '2026-01-01',
  data: { corrects, reason: 'wrong day', ...(data ? { data } : { effectiveOn: '2026-01-02' }) },
});
const annulment = (corrects: string): Proposed<'EntryAnnulled'> => ({
  type: 'EntryAnnulled',
  effectiveOn: '2026-01-01',
  data: { corrects, cause: 'DUPLICATE', reason: 'twice' },
});
const dispute = (event: string): Proposed<'EntryDisputed'> => ({
  type: 'EntryDisputed',
  effectiveOn: '2026-01-01',
  data: { event, statement: 'I was not there' },
});

describe('an entry is corrected (14 kap. 6 § SoL, E38)', () => {
  it('by the right data', () =>
    given(fact)
      .when(correctEntry, correct('fact', { role: 'SECOND' }))
      .isAccepted());
  it('again: the later correction counts', () =>
    given(fact, correction)
      .when(correctEntry, correct('fact', { role: 'SECOND' }))
      .isAccepted());
  it('in its correction, which stays about the same entry', () =>
    given(fact, correction)
      .when(correctEntry, correct('correction', { corrects: 'fact', reason: 'better' }))
      .isAccepted());
  it('in the correction of its correction', () =>
    given(fact, correction, second)
      .when(
        correctEntry,
        correct('second', { corrects: 'correction', reason: 'x', data: { corrects: 'fact', reason: 'y' } }),
      )
      .isAccepted());
  it('but never in a circle (E39)', () =>
    given(fact, correction)
      .when(correctEntry, correct('correction', { corrects: 'correction', reason: 'x' }))
      .isRefused('CORRECTION_CYCLE'));
  it('nor in a circle deeper down', () =>
    given(fact, correction, second)
      .when(
        correctEntry,
        correct('second', { corrects: 'correction', reason: 'x', data: { corrects: 'correction', reason: 'y' } }),
      )
      .isRefused('CORRECTION_CYCLE'));
  it('nor by turning a correction to another entry', () =>
    given(fact, correction, { id: 'other', changeable: true })
      .when(correctEntry, correct('correction', { corrects: 'other', reason: 'x' }))
      .isRefused('CORRECTION_MISPLACED', { corrects: 'fact' }));
  it('but never by nothing: that would silently undo the correction before it', () =>
    given(fact, correction)
      .when(correctEntry, { ...correct('fact'), data: { corrects: 'fact', reason: 'better' } })
      .isRefused('CORRECTION_EMPTY'));
  it('but not when the register itself made it', () =>
    given(forgotten).when(correctEntry, correct('forgotten')).isRefused('NOT_CORRECTABLE'));
});

describe('an entry is annulled or disputed', () => {
  it('when people made it', () => {
    given(fact).when(annulEntry, annulment('fact')).isAccepted();
    given(fact).when(disputeEntry, dispute('fact')).isAccepted();
  });
  it('but not when the register itself made it', () => {
    given(forgotten).when(annulEntry, annulment('forgotten')).isRefused('NOT_CORRECTABLE');
    given(forgotten).when(disputeEntry, dispute('forgotten')).isRefused('NOT_CORRECTABLE');
  });
  it('also when it is annulled already, with a warning where that is said twice', () => {
    const annulled: NamedEntry = { ...fact, annulled: true };
    given(annulled).when(annulEntry, annulment('fact')).isAccepted('ANNULLED_TWICE');
    given(annulled).when(disputeEntry, dispute('fact')).isAccepted();
    given(annulled)
      .when(correctEntry, correct('fact', { role: 'SECOND' }))
      .isAccepted();
  });
});
