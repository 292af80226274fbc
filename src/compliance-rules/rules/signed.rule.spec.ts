import { describe, expect, it } from '@jest/globals';
import { assigned, contactEnded, policy, signed, started } from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/**
 * "Undertecknad har tagit del av uppdragsbeskrivningen, ort och datum": for each pair of recipient and contact
 * (routine, bilaga 1).
 */
describe('SIGNED', () => {
  const contact = [started('2024-01-01'), assigned('2024-01-10')];

  it('is due, then a breach', () => {
    const history = given(...contact);
    expect(history.segments('SIGNED', 'assignment')).toEqual([
      'DUE 2024-01-10..2024-01-23 in time to 2024-01-23',
      'BREACH 2024-01-24..',
    ]);
    history.on('2024-01-10').rule('SIGNED', 'assignment').restsOn('appointed:assignment');
  });

  it('is met by a signature for this assignment (E55: of whichever version), also one before its start', () => {
    const history = given(...contact, signed('anna', '2024-01-05').as('signature'));
    expect(history.segments('SIGNED', 'assignment')).toEqual(['MET 2024-01-10..']);
    history.on('2024-01-10').rule('SIGNED', 'assignment').restsOn('appointed:assignment', 'signature');
    expect(given(...contact, signed('anna', '2024-01-05', 'other')).segments('SIGNED', 'assignment')).toHaveLength(2);
  });

  it('is met by the first of several signatures', () => {
    expect(
      given(...contact, signed('anna', '2024-01-12'), signed('anna', '2024-02-12')).segments('SIGNED', 'assignment'),
    ).toEqual(['DUE 2024-01-10..2024-01-11 in time to 2024-01-23', 'MET 2024-01-12..']);
  });

  it('is not met by a signature on another employee’s stream', () => {
    given(...contact, signed('bo', '2024-01-05'))
      .on('2024-02-01')
      .rule('SIGNED', 'assignment')
      .is('BREACH');
  });

  it('counts from the assignment’s start, before the care begins as well', () => {
    expect(given(started('2024-01-20'), assigned('2024-01-10')).segments('SIGNED', 'assignment')).toEqual([
      'DUE 2024-01-20..2024-01-23 in time to 2024-01-23',
      'BREACH 2024-01-24..',
    ]);
    expect(
      given(policy('2024-01-10', { signTargetDays: 2 }), policy('2024-01-11', {}), ...contact).segments(
        'SIGNED',
        'assignment',
      ),
    ).toEqual(['DUE 2024-01-10..2024-01-11 in time to 2024-01-11', 'BREACH 2024-01-12..']);
  });

  it('ends with the assignment', () => {
    expect(
      given(...contact, contactEnded('2024-01-15'), signed('anna', '2024-01-16')).segments('SIGNED', 'assignment'),
    ).toEqual(['DUE 2024-01-10..2024-01-14 in time to 2024-01-23']);
    expect(given(...contact, contactEnded('2024-02-15')).segments('SIGNED', 'assignment')).toEqual([
      'DUE 2024-01-10..2024-01-23 in time to 2024-01-23',
      'BREACH 2024-01-24..2024-02-14',
    ]);
  });
});
