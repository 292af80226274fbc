import { describe, expect, it } from '@jest/globals';
import {
  accepted,
  assigned,
  contactEnded,
  declined,
  left,
  offered,
  paused,
  policy,
  started,
} from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/** Who said yes has a primary contact: what the offer of 10 kap. 7 § SoL (2025:400) is for. */
describe('ASSIGNED', () => {
  const yes = [started('2024-01-01'), offered('2024-01-01'), accepted('2024-01-01').as('yes')];

  it('is due, then a breach, then met', () => {
    const history = given(...yes, assigned('2024-02-01'));
    expect(history.segments('ASSIGNED')).toEqual([
      'DUE 2024-01-01..2024-01-14 in time to 2024-01-14',
      'BREACH 2024-01-15..2024-01-31',
      'MET 2024-02-01..',
    ]);
    history.on('2024-01-20').rule('ASSIGNED').restsOn('yes');
    history.on('2024-02-20').rule('ASSIGNED').restsOn('yes', 'appointed:assignment');
  });

  it('has no status without an answer, and none after a no without a primary', () => {
    expect(given(started('2024-01-01'), offered('2024-01-01'), assigned('2024-02-01')).segments('ASSIGNED')).toEqual(
      [],
    );
    expect(given(started('2024-01-01'), offered('2024-01-01'), declined('2024-01-02')).segments('ASSIGNED')).toEqual(
      [],
    );
  });

  it('asks for a primary: a second or a deputy is not enough', () => {
    given(...yes, assigned('2024-01-02', 'second', 'bo', 'SECOND'), assigned('2024-01-02', 'deputy', 'bo', 'DEPUTY'))
      .on('2024-02-01')
      .rule('ASSIGNED')
      .is('BREACH');
  });

  it('counts each gap anew when a contact leaves (E10)', () => {
    const history = given(
      ...yes,
      assigned('2024-01-05'),
      left('anna', '2024-03-01'),
      assigned('2024-03-20', 'next', 'bo'),
      contactEnded('2024-05-01', 'next'),
    );
    expect(history.segments('ASSIGNED')).toEqual([
      'DUE 2024-01-01..2024-01-04 in time to 2024-01-14',
      'MET 2024-01-05..2024-02-29',
      'DUE 2024-03-01..2024-03-14 in time to 2024-03-14',
      'BREACH 2024-03-15..2024-03-19',
      'MET 2024-03-20..2024-04-30',
      'DUE 2024-05-01..2024-05-14 in time to 2024-05-14',
      'BREACH 2024-05-15..',
    ]);
  });

  it('starts the first count with the first judged day, not with a yes before the start', () => {
    given(started('2024-01-10'), offered('2024-01-01'), accepted('2024-01-02'))
      .on('2024-01-10')
      .rule('ASSIGNED')
      .is('DUE')
      .inTimeTo('2024-01-23');
  });

  it('goes on with one count when a yes follows a yes, and anew after a no', () => {
    expect(given(...yes, accepted('2024-01-10')).segments('ASSIGNED')).toEqual([
      'DUE 2024-01-01..2024-01-14 in time to 2024-01-14',
      'BREACH 2024-01-15..',
    ]);
    expect(given(...yes, declined('2024-01-10'), accepted('2024-01-11')).segments('ASSIGNED')).toEqual([
      'DUE 2024-01-01..2024-01-09 in time to 2024-01-14',
      'DUE 2024-01-11..2024-01-24 in time to 2024-01-24',
      'BREACH 2024-01-25..',
    ]);
    expect(given(...yes, declined('2024-01-10'), accepted('2024-01-10')).segments('ASSIGNED')).toEqual([
      'DUE 2024-01-01..2024-01-14 in time to 2024-01-14',
      'BREACH 2024-01-15..',
    ]);
  });

  it('warns after a no while a primary is still there, and rests on both (E3)', () => {
    const history = given(...yes, assigned('2024-01-05'), declined('2024-02-01').as('no'), contactEnded('2024-02-10'));
    expect(history.segments('ASSIGNED').slice(1)).toEqual([
      'MET 2024-01-05..2024-01-31',
      'WARNING 2024-02-01..2024-02-09',
    ]);
    history.on('2024-02-01').rule('ASSIGNED').restsOn('no', 'appointed:assignment');
    history.on('2024-01-31').rule('ASSIGNED').restsOn('yes', 'appointed:assignment');
  });

  it('does not take the end of a contact for an answer, whoever wished it', () => {
    given(...yes, assigned('2024-01-05'), contactEnded('2024-02-01'))
      .on('2024-02-01')
      .rule('ASSIGNED')
      .is('DUE')
      .restsOn('yes');
  });

  it('stretches by pauses, also by one that lies ahead', () => {
    given(...yes, paused('2024-01-10'))
      .on('2024-06-01')
      .rule('ASSIGNED')
      .is('DUE')
      .inTimeTo(undefined);
  });

  it('has the target of the policy on the first day of the gap', () => {
    given(policy('2024-03-01', { assignTargetDays: 5 }), ...yes, assigned('2024-01-05'), contactEnded('2024-03-01'))
      .on('2024-03-01')
      .rule('ASSIGNED')
      .inTimeTo('2024-03-05');
    given(policy('2024-03-02', { assignTargetDays: 5 }), ...yes, assigned('2024-01-05'), contactEnded('2024-03-01'))
      .on('2024-03-01')
      .rule('ASSIGNED')
      .inTimeTo('2024-03-14');
  });
});
