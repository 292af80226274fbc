import { describe, expect, it } from '@jest/globals';
import { dayOf, formatDay } from '../kernel/time/day.js';
import type { Entry } from './model.js';
import { entryStatuses, resolveEntries } from './resolve-entries.js';
import {
  annulled,
  corrected,
  disputed,
  GivenFact,
  misshapen,
  trained,
  yearlyHeld,
} from './testing/facts.spec-helper.js';
import { dossierOf } from './testing/history.spec-helper.js';

const STREAM = 'staff:anna';
const stream = (...facts: readonly GivenFact[]): readonly Entry[] => dossierOf(facts).staff.get('anna')!;
const correct = (ref: string, right: Parameters<typeof corrected>[1]): GivenFact => corrected(ref, right, STREAM);
const annul = (ref: string): GivenFact => annulled(ref, STREAM);
const dispute = (ref: string): GivenFact => disputed(ref, STREAM);
const course = (entries: readonly Entry[], upTo?: bigint): string[] =>
  resolveEntries(entries, upTo).map(
    (fact) =>
      `${fact.id} ${formatDay(fact.day)} ${JSON.stringify(fact.type === 'TrainingCompleted' && fact.data.course)}`,
  );

const training = trained('anna', '2024-03-01').as('training');

describe('corrections and annulments', () => {
  it('leave an entry as it is when there are none', () => {
    expect(course(stream(training))).toEqual(['training 2024-03-01 "fast omsorgskontakt"']);
  });

  it('put the day right and leave the data as in the original (E38)', () => {
    expect(course(stream(training, correct('training', { effectiveOn: '2024-02-01' })))).toEqual([
      'training 2024-02-01 "fast omsorgskontakt"',
    ]);
  });

  it('put the data right whole and leave the day as in the original', () => {
    const entries = stream(
      misshapen(STREAM, 'TrainingCompleted', '2024-03-01', { course: 'a', place: 'x' }).as('training'),
      correct('training', { data: { course: 'b' } }),
    );
    expect(resolveEntries(entries)).toMatchObject([{ id: 'training', day: dayOf('2024-03-01') }]);
    expect(resolveEntries(entries)[0]?.data).toEqual({ course: 'b' });
  });

  it('replace an earlier correction whole: what the later one leaves out is the original’s', () => {
    const entries = stream(
      training,
      correct('training', { effectiveOn: '2024-01-01' }),
      correct('training', { data: { course: 'b' } }),
    );
    expect(course(entries)).toEqual(['training 2024-03-01 "b"']);
  });

  it('take a fact out', () => {
    expect(course(stream(training, annul('training')))).toEqual([]);
  });

  it('bring an annulled fact back by a later correction, and take a corrected one out by a later annulment', () => {
    expect(course(stream(training, annul('training'), correct('training', { effectiveOn: '2024-01-01' })))).toEqual([
      'training 2024-01-01 "fast omsorgskontakt"',
    ]);
    expect(course(stream(training, correct('training', { effectiveOn: '2024-01-01' }), annul('training')))).toEqual([]);
  });

  it('count for nothing when they are annulled themselves: the one before them holds again', () => {
    const entries = stream(
      training,
      correct('training', { effectiveOn: '2024-01-01' }).as('first'),
      annul('training').as('second'),
      annul('second'),
    );
    expect(course(entries)).toEqual(['training 2024-01-01 "fast omsorgskontakt"']);
  });

  it('may be annulled, and the annulment annulled (E39)', () => {
    const entries = stream(training, annul('training').as('first'), annul('first').as('second'), annul('second'));
    expect(course(entries)).toEqual([]);
  });

  it('may be corrected: the right data of the correction count whole', () => {
    const wrong = correct('training', { effectiveOn: '2024-01-01', data: { course: 'b' } }).as('wrong');
    const right = correct('wrong', { data: { corrects: 'training', reason: 'typo', effectiveOn: '2024-01-11' } });
    expect(course(stream(training, wrong, right))).toEqual(['training 2024-01-11 "fast omsorgskontakt"']);
  });

  it('stay as they are when their own correction leaves the data out', () => {
    const wrong = correct('training', { effectiveOn: '2024-01-01', data: { course: 'b' } }).as('wrong');
    expect(course(stream(training, wrong, correct('wrong', { effectiveOn: '2020-01-01' })))).toEqual([
      'training 2024-01-01 "b"',
    ]);
  });

  it('keep their own place among others when they are corrected: the latest position counts', () => {
    const first = correct('training', { data: { course: 'first' } }).as('first');
    const second = correct('training', { data: { course: 'second' } });
    const mended = correct('first', { data: { corrects: 'training', reason: 'typo', data: { course: 'mended' } } });
    expect(course(stream(training, first, second, mended))).toEqual(['training 2024-03-01 "second"']);
  });

  it('may be corrected twice over', () => {
    const first = correct('training', { data: { course: '1' } }).as('first');
    const second = correct('first', { data: { corrects: 'training', reason: 'r', data: { course: '2' } } }).as(
      'second',
    );
    const third = correct('second', {
      data: { corrects: 'first', reason: 'r', data: { corrects: 'training', reason: 'r', data: { course: '3' } } },
    });
    expect(course(stream(training, first, second, third))).toEqual(['training 2024-03-01 "3"']);
  });

  it('of themselves say nothing', () => {
    expect(course(stream(training, annul('self').as('self'), correct('own', {}).as('own')))).toEqual([
      'training 2024-03-01 "fast omsorgskontakt"',
    ]);
  });

  it('without a target say nothing', () => {
    expect(course(stream(training, misshapen(STREAM, 'EntryAnnulled', '2024-01-01', {})))).toHaveLength(1);
  });

  it('say nothing by fields that are sealed or empty', () => {
    expect(
      course(
        stream(
          training,
          misshapen(STREAM, 'EntryCorrected', '2024-01-01', {
            corrects: 'training',
            effectiveOn: null,
            data: null,
          }),
        ),
      ),
    ).toEqual(['training 2024-03-01 "fast omsorgskontakt"']);
    expect(
      course(
        stream(training, misshapen(STREAM, 'EntryCorrected', '2024-01-01', { corrects: 'training', data: 'text' })),
      ),
    ).toEqual(['training 2024-03-01 "fast omsorgskontakt"']);
  });

  it('are entries of their types alone: a fact that names another corrects nothing', () => {
    expect(
      course(
        stream(
          training,
          new GivenFact(STREAM, 'YearlyFollowUpHeld', '2024-01-01', {
            corrects: 'training',
            effectiveOn: '2020-01-01',
          }),
        ),
      ),
    ).toContain('training 2024-03-01 "fast omsorgskontakt"');
  });

  it('leave disputed facts counting (E41)', () => {
    expect(course(stream(training, dispute('training')))).toHaveLength(1);
  });
});

describe('the order of entries', () => {
  const other = yearlyHeld('anna', '2024-03-01').as('held');
  const ids = (...facts: readonly GivenFact[]): string[] => resolveEntries(stream(...facts)).map(({ id }) => id);

  it('is by day, whatever the order of arrival (E35)', () => {
    expect(ids(training, yearlyHeld('anna', '2024-02-01').as('earlier'))).toEqual(['earlier', 'training']);
  });

  it('is by position within a day', () => {
    expect(ids(other, training)).toEqual(['held', 'training']);
    expect(ids(training, other)).toEqual(['training', 'held']);
  });

  it('keeps a corrected fact at its original’s position', () => {
    const late = trained('anna', '2024-06-01').as('late');
    expect(ids(late, other, correct('late', { effectiveOn: '2024-03-01' }))).toEqual(['late', 'held']);
    expect(ids(other, late, correct('late', { effectiveOn: '2024-03-01' }))).toEqual(['held', 'late']);
  });
});

describe('what was known', () => {
  const entries = stream(training, annul('training'));
  const [recorded, annulledAt] = entries.map(({ position }) => position) as [bigint, bigint];

  it('is what stands in the log up to the position, the position itself included', () => {
    expect(course(entries, recorded - 1n)).toEqual([]);
    expect(course(entries, recorded)).toHaveLength(1);
    expect(course(entries, annulledAt - 1n)).toHaveLength(1);
    expect(course(entries, annulledAt)).toEqual([]);
  });
});

describe('the status of each entry', () => {
  const statusOf = (entries: readonly Entry[], id: string, upTo?: bigint) => entryStatuses(entries, upTo).get(id);

  it('is VALID for an entry of which nobody has spoken', () => {
    expect(statusOf(stream(training), 'training')).toEqual({ status: 'VALID', disputedBy: [] });
  });

  it('is CORRECTED, with the day and data that count', () => {
    const entries = stream(training, correct('training', { effectiveOn: '2024-02-01' }).as('correction'));
    const data = { course: 'fast omsorgskontakt' };
    expect(statusOf(entries, 'training')).toEqual({
      status: 'CORRECTED',
      correctedBy: 'correction',
      effective: { effectiveOn: '2024-02-01', data },
      disputedBy: [],
    });
    expect(statusOf(entries, 'correction')).toEqual({ status: 'VALID', disputedBy: [] });
    const whole = stream(training, correct('training', { data: { course: 'b' } }).as('correction'));
    expect(statusOf(whole, 'training')).toEqual({
      status: 'CORRECTED',
      correctedBy: 'correction',
      effective: { effectiveOn: '2024-03-01', data: { course: 'b' } },
      disputedBy: [],
    });
  });

  it('is ANNULLED', () => {
    const entries = stream(training, annul('training').as('annulment'), dispute('training').as('d'));
    expect(statusOf(entries, 'training')).toEqual({ status: 'ANNULLED', correctedBy: 'annulment', disputedBy: ['d'] });
  });

  it('is DISPUTED while a dispute is valid; a correction is said before it', () => {
    expect(statusOf(stream(training, dispute('training').as('d')), 'training')).toEqual({
      status: 'DISPUTED',
      disputedBy: ['d'],
    });
    expect(statusOf(stream(training, dispute('training').as('d'), annul('d')), 'training')).toEqual({
      status: 'VALID',
      disputedBy: [],
    });
    expect(
      statusOf(stream(training, dispute('training').as('d'), dispute('training').as('e')), 'training')?.disputedBy,
    ).toEqual(['d', 'e']);
    expect(statusOf(stream(training, dispute('training').as('d'), correct('training', {})), 'training')).toMatchObject({
      status: 'CORRECTED',
      disputedBy: ['d'],
    });
  });

  it('follows a dispute that is put right to the entry it meant', () => {
    const entries = stream(
      training,
      yearlyHeld('anna', '2024-01-01').as('held'),
      dispute('training').as('d'),
      correct('d', { data: { event: 'held', statement: 's' } }),
    );
    expect(statusOf(entries, 'training')?.status).toBe('VALID');
    expect(statusOf(entries, 'held')?.status).toBe('DISPUTED');
    expect(statusOf(entries, 'd')?.status).toBe('CORRECTED');
  });

  it('is there for known entries only', () => {
    const entries = stream(training, annul('training').as('annulment'));
    const [{ position }] = entries as [Entry, Entry];
    expect([...entryStatuses(entries, position).keys()]).toEqual(['training']);
    expect(statusOf(entries, 'training', position)?.status).toBe('VALID');
    expect(statusOf(entries, 'training')?.status).toBe('ANNULLED');
  });
});
