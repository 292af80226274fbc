import { describe, expect, it } from '@jest/globals';
import {
  annulled,
  assigned,
  contactEnded,
  corrected,
  educationApproved,
  ended,
  employed,
  left,
  movedUnit,
  policy,
  started,
  titleVerified,
  titleWithdrawn,
  transitionDocumented,
  unitOpened,
  type GivenFact,
} from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/** 3 kap. 3 d § SoL (2001:453) with p. 2 of the transition provisions to SFS 2022:388; 25 kap. 4 § SoL (2025:400). */
describe('TITLE', () => {
  const contact = [started('2022-01-01'), assigned('2022-07-01')];
  const titles = (...facts: readonly GivenFact[]) => given(...facts).segments('TITLE', 'assignment');

  it('asks for nothing before 2023-07-01 and of everyone after it, also who was appointed before (E14, E57)', () => {
    expect(titles(...contact)).toEqual(['BREACH NONE 2023-07-01..']);
    expect(titles(...contact, contactEnded('2023-07-01'))).toEqual([]);
    expect(titles(...contact, contactEnded('2023-07-02'))).toEqual(['BREACH NONE 2023-07-01..2023-07-01']);
  });

  it('is met by a certificate from its date, also on days before it was checked; E13: what was missing before is shown', () => {
    const history = given(
      started('2024-01-01'),
      assigned('2024-01-01'),
      titleVerified('anna', '2024-09-01', '2024-03-15').as('check'),
    );
    expect(history.segments('TITLE', 'assignment')).toEqual([
      'BREACH NONE 2024-01-01..2024-03-14',
      'MET CERTIFICATE 2024-03-15..',
    ]);
    history
      .on('2024-03-15')
      .rule('TITLE', 'assignment')
      .is('MET', 'CERTIFICATE')
      .restsOn('appointed:assignment', 'check')
      .inTimeTo(undefined);
    history.on('2024-03-14').rule('TITLE', 'assignment').is('BREACH', 'NONE').restsOn('appointed:assignment');
  });

  it('goes by the earliest certificate', () => {
    expect(
      titles(
        ...contact,
        titleVerified('anna', '2024-01-01', '2023-12-01'),
        titleVerified('anna', '2024-02-01', '2023-10-01'),
      ),
    ).toEqual(['BREACH NONE 2023-07-01..2023-09-30', 'MET CERTIFICATE 2023-10-01..']);
  });

  it('is met by the transition provision whenever it was documented, through 2033-06-30 (E17, E19)', () => {
    const history = given(...contact, transitionDocumented('anna', '2025-03-01').as('proof'));
    expect(history.segments('TITLE', 'assignment')).toEqual([
      'MET TRANSITION 2023-07-01..2033-06-30 in time to 2033-06-30',
      'BREACH NONE 2033-07-01..',
    ]);
    history.on('2024-01-01').rule('TITLE', 'assignment').restsOn('appointed:assignment', 'proof');
  });

  it('does not ask for the permanent post afterwards (E17)', () => {
    expect(
      titles(
        employed('anna', '2015-01-01'),
        left('anna', '2024-01-01'),
        employed('anna', '2024-02-01'),
        started('2024-01-01'),
        assigned('2024-02-10'),
        transitionDocumented('anna', '2023-08-01'),
      ),
    ).toEqual(['MET TRANSITION 2024-02-10..2033-06-30 in time to 2033-06-30', 'BREACH NONE 2033-07-01..']);
  });

  it('changes its basis when who relied on the transition gets a certificate (E20)', () => {
    expect(
      titles(...contact, transitionDocumented('anna', '2023-07-01'), titleVerified('anna', '2025-01-01', '2025-01-01')),
    ).toEqual(['MET TRANSITION 2023-07-01..2024-12-31 in time to 2033-06-30', 'MET CERTIFICATE 2025-01-01..']);
  });

  it('is not met by the transition where the policy does not use it', () => {
    const strict = [policy('2024-01-01', { allowTransition: false }), policy('2025-01-01', {})];
    expect(titles(...strict, ...contact, transitionDocumented('anna', '2023-07-01'))).toEqual([
      'MET TRANSITION 2023-07-01..2023-12-31 in time to 2023-12-31',
      'BREACH TRANSITION 2024-01-01..2024-12-31',
      'MET TRANSITION 2025-01-01..2033-06-30 in time to 2033-06-30',
      'BREACH NONE 2033-07-01..',
    ]);
    expect(
      titles(
        unitOpened('strict', '2000-01-01', 'strict'),
        policy('2000-01-01', { allowTransition: false }, 'strict'),
        ...contact,
        movedUnit('2024-01-01', 'strict'),
        transitionDocumented('anna', '2023-07-01'),
      ),
    ).toEqual([
      'MET TRANSITION 2023-07-01..2023-12-31 in time to 2023-12-31',
      'BREACH TRANSITION 2024-01-01..2033-06-30',
      'BREACH NONE 2033-07-01..',
    ]);
  });

  it('is not met by evidence that was withdrawn, from the beginning and whatever the withdrawal’s day (E15)', () => {
    const verified = titleVerified('anna', '2023-09-01', '2023-08-01').as('check');
    expect(titles(...contact, verified, titleWithdrawn('anna', '2025-06-01', 'check'))).toEqual([
      'BREACH NONE 2023-07-01..',
    ]);
    expect(
      titles(
        ...contact,
        verified,
        titleVerified('anna', '2024-09-01', '2024-08-01'),
        titleWithdrawn('anna', '2025-06-01', 'check'),
      ),
    ).toEqual(['BREACH NONE 2023-07-01..2024-07-31', 'MET CERTIFICATE 2024-08-01..']);
    expect(
      titles(
        ...contact,
        transitionDocumented('anna', '2023-09-01').as('proof'),
        titleWithdrawn('anna', '2025-06-01', 'proof'),
      ),
    ).toEqual(['BREACH NONE 2023-07-01..']);
  });

  it('is met again when the withdrawal is annulled', () => {
    const facts = [
      titleVerified('anna', '2023-09-01', '2023-08-01').as('check'),
      titleWithdrawn('anna', '2025-06-01', 'check').as('withdrawal'),
      annulled('withdrawal', 'staff:anna'),
    ];
    expect(titles(...contact, ...facts)).toEqual([
      'BREACH NONE 2023-07-01..2023-07-31',
      'MET CERTIFICATE 2023-08-01..',
    ]);
  });

  it('is not met by evidence that was annulled, and follows one that was put right', () => {
    const verified = titleVerified('anna', '2023-09-01', '2023-08-01').as('check');
    expect(titles(...contact, verified, annulled('check', 'staff:anna'))).toEqual(['BREACH NONE 2023-07-01..']);
    expect(
      titles(
        ...contact,
        verified,
        corrected(
          'check',
          { data: { certificateDate: '2023-12-01', method: 'HOSP_DIRECT', checkedBy: 'HOSP' } },
          'staff:anna',
        ),
      ),
    ).toEqual(['BREACH NONE 2023-07-01..2023-11-30', 'MET CERTIFICATE 2023-12-01..']);
  });

  it('takes approved education in no home care, local or not', () => {
    expect(titles(...contact, educationApproved('anna', '2020-01-01'))).toEqual(['BREACH NONE 2023-07-01..']);
  });

  it('takes approved education in other forms, from the day it was recorded (E21)', () => {
    const local = policy('2000-01-01', { localRulesFor: ['HOUSING_SUPPORT'] });
    const support = [local, started('2023-01-01', { careForm: 'HOUSING_SUPPORT' }), assigned('2023-01-01')];
    expect(titles(...support, educationApproved('anna', '2023-09-01'))).toEqual([
      'BREACH NONE 2023-07-01..2023-08-31',
      'MET EMPLOYER_APPROVED 2023-09-01..',
    ]);
    expect(
      titles(
        ...support,
        educationApproved('anna', '2023-09-01').as('education'),
        titleWithdrawn('anna', '2024-01-01', 'education'),
      ),
    ).toEqual(['BREACH NONE 2023-07-01..']);
    expect(
      titles(...support, educationApproved('anna', '2020-01-01'), titleVerified('anna', '2024-01-01', '2024-01-01')),
    ).toEqual(['MET EMPLOYER_APPROVED 2023-07-01..2023-12-31', 'MET CERTIFICATE 2024-01-01..']);
    expect(
      titles(...support, educationApproved('anna', '2020-01-01'), transitionDocumented('anna', '2024-01-01')),
    ).toEqual(['MET TRANSITION 2023-07-01..2033-06-30 in time to 2033-06-30', 'MET EMPLOYER_APPROVED 2033-07-01..']);
  });

  it('takes approved education in residential care until the duty is taken to hold there', () => {
    const home = [
      policy('2000-01-01', { localRulesFor: ['RESIDENTIAL_CARE'], residentialCareDuty: true }),
      started('2023-01-01', { careForm: 'RESIDENTIAL_CARE' }),
      assigned('2023-01-01'),
    ];
    const history = given(...home, educationApproved('anna', '2020-01-01'));
    expect(history.segments('TITLE', 'assignment')).toEqual([
      'MET EMPLOYER_APPROVED 2023-07-01..2026-06-30',
      'BREACH NONE 2026-07-01..',
    ]);
    expect(history.assessment()?.judged.map(({ local }) => local)).toEqual([true, false]);
  });

  it('is told for each contact, the deputy too, in the order in which they started', () => {
    const history = given(
      started('2024-01-01'),
      assigned('2024-01-05', 'a', 'anna', 'DEPUTY'),
      assigned('2024-01-01', 'b', 'bo'),
      titleVerified('bo', '2024-01-01', '2023-07-01'),
      ended('2024-02-01'),
    );
    expect(
      history
        .assessment()
        ?.segments.filter(({ rule }) => rule === 'TITLE')
        .map(({ assignment, status }) => `${assignment} ${status}`),
    ).toEqual(['b MET', 'a BREACH']);
  });

  it('is laid out for views on days that are not judged as well', () => {
    const housing = given(
      started('2023-01-01', { careForm: 'HOUSING_SUPPORT' }),
      assigned('2023-01-01'),
      educationApproved('anna', '2020-01-01'),
    );
    expect(housing.segments('TITLE', 'assignment')).toEqual([]);
    expect(housing.assessment()?.assignments[0]?.titles.map(({ basis }) => basis)).toEqual(['EMPLOYER_APPROVED']);
  });
});
