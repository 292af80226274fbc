import { describe, expect, it } from '@jest/globals';
import { assigned, contactEnded, replaced, started, trained } from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/** "ska ha genomfört utbildning för fast omsorgskontakt" (routine, Vem kan vara fast omsorgskontakt?). */
describe('TRAINING', () => {
  const contact = [started('2024-01-01'), assigned('2024-01-10')];

  it('is a breach from the start of the assignment until the training (E56)', () => {
    const history = given(
      ...contact,
      trained('anna', '2024-05-01').as('late'),
      trained('anna', '2024-03-01').as('course'),
    );
    expect(history.segments('TRAINING', 'assignment')).toEqual(['BREACH 2024-01-10..2024-02-29', 'MET 2024-03-01..']);
    history.on('2024-03-01').rule('TRAINING', 'assignment').restsOn('appointed:assignment', 'course');
    history.on('2024-01-10').rule('TRAINING', 'assignment').restsOn('appointed:assignment');
  });

  it('is met from the start by a training before it', () => {
    expect(given(...contact, trained('anna', '2019-03-01')).segments('TRAINING', 'assignment')).toEqual([
      'MET 2024-01-10..',
    ]);
  });

  it('is not met by a training after the assignment, nor by another’s', () => {
    expect(
      given(...contact, contactEnded('2024-02-01'), trained('anna', '2024-02-01')).segments('TRAINING', 'assignment'),
    ).toEqual(['BREACH 2024-01-10..2024-01-31']);
    expect(
      given(...contact, trained('bo', '2020-01-01'), replaced('2024-02-01', 'assignment', 'next', 'bo')).segments(
        'TRAINING',
        'next',
      ),
    ).toEqual(['MET 2024-02-01..']);
    expect(given(...contact, trained('bo', '2020-01-01')).segments('TRAINING', 'assignment')).toEqual([
      'BREACH 2024-01-10..',
    ]);
  });
});
