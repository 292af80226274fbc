import { describe, expect, it } from '@jest/globals';
import {
  absent,
  accepted,
  annulled,
  assigned,
  contactEnded,
  corrected,
  employed,
  ended,
  left,
  offered,
  onLeave,
  replaced,
  staffMovedUnit,
  started,
  type GivenFact,
} from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

describe('an assignment', () => {
  const yes = [started('2024-01-01'), offered('2024-01-01'), accepted('2024-01-01')];
  const active = (...facts: readonly GivenFact[]) =>
    (given(...yes, ...facts).assessment()?.assignments ?? []).map(({ assignment, role, from, to }) => [
      assignment,
      role,
      to === undefined ? 'open' : to - from,
    ]);

  it('lasts until it is ended, replaced, or the care ends, whichever is first', () => {
    expect(active(assigned('2024-02-01'))).toEqual([['assignment', 'PRIMARY', 'open']]);
    expect(active(assigned('2024-02-01'), contactEnded('2024-02-11'), contactEnded('2024-02-06'))).toEqual([
      ['assignment', 'PRIMARY', 5],
    ]);
    expect(active(assigned('2024-02-01'), replaced('2024-02-08', 'assignment', 'next', 'bo'))).toEqual([
      ['assignment', 'PRIMARY', 7],
      ['next', 'PRIMARY', 'open'],
    ]);
    expect(active(assigned('2024-02-01'), ended('2024-02-04'))).toEqual([['assignment', 'PRIMARY', 3]]);
  });

  it('has no active day when its end is dated on or before its start (E36)', () => {
    expect(active(assigned('2024-02-01'), contactEnded('2024-02-01'))).toEqual([]);
    expect(active(assigned('2024-02-01'), contactEnded('2024-01-15'))).toEqual([]);
    expect(active(assigned('2024-02-01'), left('anna', '2024-01-15'))).toEqual([]);
    expect(active(assigned('2024-02-01'), ended('2024-02-01'))).toEqual([]);
    expect(active(assigned('2024-02-02'), contactEnded('2024-02-03'))).toEqual([['assignment', 'PRIMARY', 1]]);
  });

  it('ends with the employment and is not revived by a new one (E10)', () => {
    expect(active(assigned('2024-02-01'), left('anna', '2024-02-11'), employed('anna', '2024-02-20'))).toEqual([
      ['assignment', 'PRIMARY', 10],
    ]);
    expect(
      active(
        employed('anna', '2020-01-01'),
        left('anna', '2023-01-01'),
        employed('anna', '2024-01-01'),
        assigned('2024-02-01'),
      ),
    ).toEqual([['assignment', 'PRIMARY', 'open']]);
    expect(active(left('anna', '2023-01-01'), employed('anna', '2024-02-01'), assigned('2024-02-01'))).toEqual([
      ['assignment', 'PRIMARY', 'open'],
    ]);
    expect(active(left('anna', '2023-01-01'), employed('anna', '2024-02-02'), assigned('2024-02-01'))).toEqual([]);
  });

  it('ends with the first of several ends of the employment', () => {
    expect(
      active(
        assigned('2024-02-01'),
        left('anna', '2024-02-11'),
        employed('anna', '2024-02-20'),
        left('anna', '2024-03-11'),
      ),
    ).toEqual([['assignment', 'PRIMARY', 10]]);
  });

  it('is that of the first entry where a correction gives its id to another too', () => {
    const twice = [
      assigned('2024-02-01', 'a', 'anna'),
      assigned('2024-02-05', 'b', 'bo', 'DEPUTY'),
      corrected('appointed:b', { data: { assignment: 'a', role: 'DEPUTY', staff: 'bo' } }),
    ];
    expect(active(...twice)).toEqual([['a', 'PRIMARY', 'open']]);
  });

  it('goes by the later entry where employment ends and starts on one day', () => {
    expect(active(assigned('2024-02-01'), left('anna', '2024-02-11'), employed('anna', '2024-02-11'))).toEqual([
      ['assignment', 'PRIMARY', 'open'],
    ]);
    expect(active(assigned('2024-02-01'), employed('anna', '2024-02-11'), left('anna', '2024-02-11'))).toEqual([
      ['assignment', 'PRIMARY', 10],
    ]);
  });

  it('is not ended by absence, leave, or a move of the employee to another unit (E10, E11)', () => {
    expect(
      active(
        assigned('2024-02-01'),
        absent('2024-02-02'),
        onLeave('anna', '2024-02-03'),
        staffMovedUnit('anna', '2024-02-04'),
      ),
    ).toEqual([['assignment', 'PRIMARY', 'open']]);
  });

  it('has the role of the one it replaces, whatever the two entries’ days', () => {
    expect(
      active(
        assigned('2024-02-01', 'old', 'anna', 'DEPUTY'),
        replaced('2024-02-11', 'old', 'next', 'bo'),
        replaced('2024-02-21', 'next', 'last', 'cleo'),
      ),
    ).toEqual([
      ['old', 'DEPUTY', 10],
      ['next', 'DEPUTY', 10],
      ['last', 'DEPUTY', 'open'],
    ]);
    expect(
      active(assigned('2024-02-20', 'old', 'anna', 'SECOND'), replaced('2024-02-10', 'old', 'next', 'bo')),
    ).toEqual([['next', 'SECOND', 'open']]);
  });

  it('is PRIMARY when the entry of the one it replaces does not count, also further back', () => {
    const chain = [
      assigned('2024-02-01', 'old', 'anna', 'DEPUTY'),
      replaced('2024-02-11', 'old', 'next', 'bo'),
      replaced('2024-02-21', 'next', 'last', 'cleo'),
    ];
    expect(active(...chain, annulled('appointed:next'))).toEqual([
      ['old', 'DEPUTY', 'open'],
      ['last', 'PRIMARY', 'open'],
    ]);
    expect(active(...chain, annulled('appointed:old'))).toEqual([
      ['next', 'PRIMARY', 10],
      ['last', 'PRIMARY', 'open'],
    ]);
  });

  it('is PRIMARY where corrections bend replacements into a ring', () => {
    const ring = corrected('appointed:next', { data: { ends: 'last', assignment: 'next', staff: 'bo' } });
    expect(
      active(
        assigned('2024-02-01', 'old', 'anna', 'DEPUTY'),
        replaced('2024-02-11', 'old', 'next', 'bo'),
        replaced('2024-02-21', 'next', 'last', 'cleo'),
        ring,
      ).slice(1),
    ).toEqual([['next', 'PRIMARY', 10]]);
  });

  it('is *the* primary when it started last, then when its entry is the later one', () => {
    const primary = (...facts: readonly GivenFact[]) =>
      given(...yes, ...facts)
        .assessment()
        ?.primary.map(({ assignment, from, to }) => `${assignment} ${to === undefined ? 'open' : to - from}`);
    expect(
      primary(assigned('2024-02-11', 'b', 'bo'), assigned('2024-02-01', 'a', 'anna'), contactEnded('2024-02-21', 'b')),
    ).toEqual(['a 10', 'b 10', 'a open']);
    expect(primary(assigned('2024-02-01', 'b', 'bo'), assigned('2024-02-01', 'a', 'anna'))).toEqual(['a open']);
    expect(primary(assigned('2024-02-01', 'a', 'anna', 'SECOND'))).toEqual([]);
  });

  it('counts in the future from its day (E36)', () => {
    const history = given(...yes, assigned('2027-03-01'));
    history.on('2027-02-28').rule('ASSIGNED').is('BREACH');
    history.on('2027-03-01').rule('ASSIGNED').is('MET');
  });
});
