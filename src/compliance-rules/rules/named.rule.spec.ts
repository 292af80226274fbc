import { describe, expect, it } from '@jest/globals';
import {
  assigned,
  contactEnded,
  planAgreed,
  planRevised,
  policy,
  recordedIn,
  replaced,
  started,
  type GivenFact,
} from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/**
 * "I genomförandeplan och social journal ska framgå vem/vilka"; "Skriv in i personbilden att du är fast omsorgskontakt"
 * (routine).
 */
describe('NAMED', () => {
  const contact = [started('2024-01-01'), assigned('2024-01-10')];
  const named = (...facts: readonly GivenFact[]) => given(...contact, ...facts).segments('NAMED', 'assignment');
  const late = ['DUE 2024-01-10..2024-01-23 in time to 2024-01-23', 'WARNING 2024-01-24..'];

  it('is due, then a warning, until all three documents name the contact', () => {
    expect(named()).toEqual(late);
    expect(named(recordedIn('JOURNAL', '2024-01-11'), recordedIn('PROFILE', '2024-01-11'))).toEqual(late);
    expect(named(recordedIn('JOURNAL', '2024-01-11'), recordedIn('PLAN', '2024-01-11'))).toEqual(late);
    expect(named(recordedIn('PROFILE', '2024-01-11'), recordedIn('PLAN', '2024-01-11'))).toEqual(late);
    expect(
      named(recordedIn('JOURNAL', '2024-01-11'), recordedIn('PROFILE', '2024-01-15'), recordedIn('PLAN', '2024-01-12')),
    ).toEqual(['DUE 2024-01-10..2024-01-14 in time to 2024-01-23', 'MET 2024-01-15..']);
  });

  it('rests on the appointment and on each first entry that names the contact', () => {
    const history = given(
      ...contact,
      recordedIn('JOURNAL', '2024-01-11').as('journal'),
      recordedIn('PROFILE', '2024-01-15').as('profile'),
      recordedIn('PROFILE', '2024-01-16'),
      planAgreed('2024-01-12', { contacts: ['assignment'] }).as('plan'),
    );
    history
      .on('2024-01-15')
      .rule('NAMED', 'assignment')
      .is('MET')
      .restsOn('appointed:assignment', 'journal', 'plan', 'profile');
    history.on('2024-01-14').rule('NAMED', 'assignment').is('DUE').restsOn('appointed:assignment', 'journal', 'plan');
    history.on('2024-01-10').rule('NAMED', 'assignment').is('DUE').inTimeTo('2024-01-23');
  });

  it('takes a plan or revision whose contacts hold the assignment, before its start too', () => {
    const others = [recordedIn('JOURNAL', '2024-01-11'), recordedIn('PROFILE', '2024-01-11')];
    expect(named(...others, planAgreed('2024-01-20', { contacts: ['x', 'assignment'] }))).toEqual([
      'DUE 2024-01-10..2024-01-19 in time to 2024-01-23',
      'MET 2024-01-20..',
    ]);
    expect(named(...others, planRevised('2024-01-20', { contacts: ['assignment'] }))).toEqual([
      'DUE 2024-01-10..2024-01-19 in time to 2024-01-23',
      'MET 2024-01-20..',
    ]);
    expect(named(...others, planAgreed('2023-12-20', { contacts: ['assignment'] }))).toEqual([
      'DUE 2024-01-10..2024-01-10 in time to 2024-01-23',
      'MET 2024-01-11..',
    ]);
    expect(named(...others, planAgreed('2024-01-20', { contacts: ['x'] }))).toEqual(late);
  });

  it('does not take a plan for the journal or the profile, nor an entry about another appointment', () => {
    expect(named(recordedIn('JOURNAL', '2024-01-11'), planAgreed('2024-01-20', { contacts: ['assignment'] }))).toEqual(
      late,
    );
    expect(named(recordedIn('PROFILE', '2024-01-11'), planAgreed('2024-01-20', { contacts: ['assignment'] }))).toEqual(
      late,
    );
    expect(
      named(
        recordedIn('JOURNAL', '2024-01-11', 'x'),
        recordedIn('PROFILE', '2024-01-11', 'x'),
        recordedIn('PLAN', '2024-01-11', 'x'),
      ),
    ).toEqual(late);
  });

  it('asks it of each primary, anew for who replaces, and of no other role', () => {
    const history = given(
      ...contact,
      assigned('2024-01-10', 'deputy', 'bo', 'DEPUTY'),
      replaced('2024-02-01', 'assignment', 'next', 'cleo'),
      contactEnded('2024-03-01', 'next'),
    );
    expect(history.segments('NAMED', 'deputy')).toEqual([]);
    expect(history.segments('NAMED', 'next')).toEqual([
      'DUE 2024-02-01..2024-02-14 in time to 2024-02-14',
      'WARNING 2024-02-15..2024-02-29',
    ]);
    expect(
      given(policy('2024-01-10', { recordTargetDays: 2 }), policy('2024-01-11', {}), ...contact).segments(
        'NAMED',
        'assignment',
      )[0],
    ).toBe('DUE 2024-01-10..2024-01-11 in time to 2024-01-11');
  });
});
