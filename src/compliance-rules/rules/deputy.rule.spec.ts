import { describe, expect, it } from '@jest/globals';
import {
  absent,
  assigned,
  back,
  backFromLeave,
  contactEnded,
  onLeave,
  started,
  type GivenFact,
} from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/** "Det kan vara en bra idé att utse en vice omsorgskontakt" for when the ordinary one is away: a recommendation. */
describe('DEPUTY', () => {
  const contact = [started('2024-01-01'), assigned('2024-01-01')];
  const deputy = (...facts: readonly GivenFact[]) => given(...contact, ...facts).segments('DEPUTY');
  const stay = (status: string) => [`${status} 2024-02-01..2024-02-09`];
  const away = [absent('2024-02-01'), back('2024-02-10')];

  it('has a status only while the primary is absent, from the assignment or on leave (E11)', () => {
    expect(deputy()).toEqual([]);
    expect(deputy(...away)).toEqual(stay('WARNING'));
    expect(deputy(onLeave('anna', '2024-02-01'), backFromLeave('anna', '2024-02-10'))).toEqual(stay('WARNING'));
    expect(
      deputy(
        onLeave('anna', '2024-02-01'),
        backFromLeave('anna', '2024-02-05'),
        absent('2024-02-04'),
        back('2024-02-10'),
      ),
    ).toEqual(stay('WARNING'));
    expect(deputy(absent('2024-02-01', 'other'))).toEqual([]);
    expect(deputy(onLeave('bo', '2024-02-01'))).toEqual([]);
  });

  it('is met by an active second or deputy who is there (E12)', () => {
    const history = given(...contact, ...away, assigned('2024-01-01', 'd', 'bo', 'DEPUTY'));
    expect(history.segments('DEPUTY')).toEqual(stay('MET'));
    history.on('2024-02-01').rule('DEPUTY').restsOn('appointed:assignment', 'appointed:d');
    expect(deputy(...away, assigned('2024-01-01', 's', 'bo', 'SECOND'))).toEqual(stay('MET'));
    expect(deputy(...away, assigned('2024-01-01', 's', 'bo', 'SECOND'), contactEnded('2024-02-01', 's'))).toEqual(
      stay('WARNING'),
    );
    expect(deputy(...away, assigned('2024-01-01', 'd', 'bo', 'DEPUTY'), onLeave('bo', '2024-01-20'))).toEqual(
      stay('WARNING'),
    );
    given(...contact, ...away, assigned('2024-01-01', 'd', 'bo', 'DEPUTY'), onLeave('bo', '2024-01-20'))
      .on('2024-02-01')
      .rule('DEPUTY')
      .restsOn('appointed:assignment');
  });

  it('is a warning on the days on which everyone is away', () => {
    expect(
      deputy(...away, assigned('2024-01-01', 'd', 'bo', 'DEPUTY'), absent('2024-02-03', 'd'), back('2024-02-06', 'd')),
    ).toEqual(['MET 2024-02-01..2024-02-02', 'WARNING 2024-02-03..2024-02-05', 'MET 2024-02-06..2024-02-09']);
    expect(
      deputy(
        ...away,
        assigned('2024-01-01', 'd', 'bo', 'DEPUTY'),
        absent('2024-02-03', 'd'),
        assigned('2024-02-03', 's', 'cleo', 'SECOND'),
      ),
    ).toEqual(stay('MET'));
  });

  it('looks at *the* primary: another primary who is there instead leaves nothing to stand in for', () => {
    expect(deputy(...away, assigned('2024-02-05', 'next', 'bo'))).toEqual(['WARNING 2024-02-01..2024-02-04']);
    expect(deputy(assigned('2024-01-05', 'next', 'bo'), ...away)).toEqual([]);
    expect(
      deputy(
        absent('2024-02-01'),
        assigned('2024-02-05', 'next', 'bo'),
        absent('2024-02-06', 'next'),
        contactEnded('2024-02-08', 'next'),
        back('2024-02-10'),
      ),
    ).toEqual(['WARNING 2024-02-01..2024-02-04', 'WARNING 2024-02-06..2024-02-09']);
  });

  it('is not met by another primary who is there', () => {
    expect(
      given(started('2024-01-01'), assigned('2024-01-01', 'older', 'bo'), assigned('2024-01-05'), ...away).segments(
        'DEPUTY',
      ),
    ).toEqual(stay('WARNING'));
  });

  it('rests on those who stand in, and on nobody who is away or no longer there', () => {
    const others = [
      assigned('2024-01-01', 'd', 'bo', 'DEPUTY'),
      assigned('2024-01-01', 's', 'cleo', 'SECOND'),
      onLeave('cleo', '2024-01-15'),
      assigned('2024-01-01', 'e', 'dan', 'DEPUTY'),
      contactEnded('2024-02-01', 'e'),
    ];
    given(...contact, ...away, ...others)
      .on('2024-02-01')
      .rule('DEPUTY')
      .restsOn('appointed:assignment', 'appointed:d');
  });

  it('ends with the assignment that is absent', () => {
    expect(deputy(absent('2024-02-01'), contactEnded('2024-02-10'))).toEqual(stay('WARNING'));
  });
});
