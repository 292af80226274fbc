import { describe, expect, it } from '@jest/globals';
import { accepted, corrected, declined, offered, started } from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/** "Om hen tackar nej, dokumentera också orsak till det" (routine, bilaga 2). */
describe('DECLINE_REASON', () => {
  const begun = [started('2024-01-01'), offered('2024-01-01')];

  it('is a breach on a no without a reason (E2)', () => {
    given(...begun, declined('2024-01-05', 'offer', {}).as('no'))
      .on('2024-01-05')
      .rule('DECLINE_REASON')
      .is('BREACH')
      .since('2024-01-05')
      .restsOn('no');
  });

  it('is met by any reason code, also that the recipient did not wish to state one (E2)', () => {
    given(...begun, declined('2024-01-05', 'offer', { reasonCode: 'DID_NOT_WISH_TO_STATE' }))
      .on('2024-01-05')
      .rule('DECLINE_REASON')
      .is('MET');
  });

  it('is met by a reason in words alone, sealed as they are', () => {
    given(...begun, declined('2024-01-05', 'offer', { reasonText: null }))
      .on('2024-01-05')
      .rule('DECLINE_REASON')
      .is('MET');
  });

  it('warns of OTHER without a word, and is met by OTHER in words', () => {
    given(...begun, declined('2024-01-05', 'offer', { reasonCode: 'OTHER' }))
      .on('2024-01-05')
      .rule('DECLINE_REASON')
      .is('WARNING');
    given(...begun, declined('2024-01-05', 'offer', { reasonCode: 'OTHER', reasonText: null }))
      .on('2024-01-05')
      .rule('DECLINE_REASON')
      .is('MET');
  });

  it('looks at the standing answer: the last one, to whichever offer', () => {
    const history = given(
      ...begun,
      offered('2024-01-02', 'second'),
      declined('2024-01-05', 'second'),
      declined('2024-02-05', 'offer', {}),
      accepted('2024-03-01', 'second'),
    );
    expect(history.segments('DECLINE_REASON')).toEqual(['MET 2024-01-05..2024-02-04', 'BREACH 2024-02-05..2024-02-29']);
  });

  it('goes by the later entry when two answers are given on one day', () => {
    expect(
      given(...begun, declined('2024-01-05', 'offer', {}), accepted('2024-01-05')).segments('DECLINE_REASON'),
    ).toEqual([]);
    expect(
      given(...begun, accepted('2024-01-05'), declined('2024-01-05', 'offer', {})).segments('DECLINE_REASON'),
    ).toEqual(['BREACH 2024-01-05..']);
  });

  it('is one segment when a no follows a no in the same way, with the evidence of both from the day of the second', () => {
    const history = given(
      ...begun,
      declined('2024-01-05').as('one'),
      offered('2024-02-01', 'second'),
      declined('2024-02-05', 'second').as('two'),
    );
    expect(history.segments('DECLINE_REASON')).toEqual(['MET 2024-01-05..']);
    history.on('2024-02-04').rule('DECLINE_REASON').restsOn('one');
    history.on('2024-02-05').rule('DECLINE_REASON').restsOn('one', 'two');
  });

  it('is put right by a correction', () => {
    given(
      ...begun,
      declined('2024-01-05', 'offer', {}).as('no'),
      corrected('no', { data: { offer: 'offer', answeredBy: 'RECIPIENT', reasonCode: 'HAS_RELATIVE' } }),
    )
      .on('2024-01-05')
      .rule('DECLINE_REASON')
      .is('MET');
  });
});
