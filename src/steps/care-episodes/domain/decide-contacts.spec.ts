import { describe, it } from '@jest/globals';
import {
  absent,
  annulled,
  assigned,
  back,
  contactEnded,
  educationApproved,
  employed,
  ended,
  type GivenFact,
  left,
  policy,
  replaced,
  started,
  titleVerified,
  titleWithdrawn,
  transitionDocumented,
} from '../../../compliance-rules/testing/facts.spec-helper.js';
import { given, step } from './care-episode.spec-helper.js';
import { assignContact, endAbsence, endContact, replaceContact, startAbsence } from './decide-contacts.js';

const start = started('2024-01-01');
const anna = titleVerified('anna', '2023-09-01', '2023-08-01').as('certificate');
const bo = titleVerified('bo', '2023-09-01', '2023-08-01');
const annaIsContact = [start, anna, bo, assigned('2024-01-15', 'first', 'anna')];
const overridden = (fact: GivenFact<'ContactAssigned'>) => ({
  ...step(fact),
  data: { ...fact.data, override: { reason: 'nobody else is there' } },
});

describe('the manager appoints ("Det är enhetschefen som utser den fasta omsorgskontakten")', () => {
  it('an undersköterska', () =>
    given(start, anna)
      .when(assignContact, step(assigned('2024-01-15', 'first', 'anna')))
      .isAccepted());
  it('not a second primary while one is active (E59)', () =>
    given(...annaIsContact)
      .when(assignContact, step(assigned('2024-02-01', 'second', 'bo')))
      .isRefused('PRIMARY_ALREADY_ASSIGNED', { assignment: 'first', staff: 'anna' }));
  it('a new primary on the day on which the old one is no more', () =>
    given(...annaIsContact, contactEnded('2024-03-01', 'first'))
      .when(assignContact, step(assigned('2024-03-01', 'second', 'bo')))
      .isAccepted());
  it('a new primary after the old one left the employment (E10)', () =>
    given(...annaIsContact, left('anna', '2024-03-01'))
      .when(assignContact, step(assigned('2024-03-01', 'second', 'bo')))
      .isAccepted());
  it('a new primary where the appointment of the old one never happened', () =>
    given(...annaIsContact, annulled('appointed:first'))
      .when(assignContact, step(assigned('2024-02-01', 'second', 'bo')))
      .isAccepted());
  it('an earlier primary, recorded late', () =>
    given(...annaIsContact)
      .when(assignContact, step(assigned('2024-01-02', 'before', 'bo')))
      .isAccepted());
  it.each(['SECOND', 'DEPUTY'] as const)('a %s beside the primary', (role) =>
    given(...annaIsContact)
      .when(assignContact, step(assigned('2024-02-01', 'other', 'bo', role)))
      .isAccepted(),
  );
  it('nobody who is not employed that day', () =>
    given(start, bo, left('bo', '2024-01-10'))
      .when(assignContact, step(assigned('2024-01-15', 'first', 'bo')))
      .isRefused('STAFF_NOT_EMPLOYED', { staff: 'bo' }));
  it('somebody who came back', () =>
    given(start, bo, left('bo', '2024-01-10'), employed('bo', '2024-01-12'))
      .when(assignContact, step(assigned('2024-01-15', 'first', 'bo')))
      .isAccepted());
  it('nobody on or after the end of the care', () =>
    given(start, anna, ended('2024-01-15'))
      .when(assignContact, step(assigned('2024-01-15', 'first', 'anna')))
      .isRefused('EPISODE_ENDED'));
});

describe('who may be appointed in home care (25 kap. 4 § SoL, "Endast den som har ett sådant bevis")', () => {
  const appoint = (day: string, ...more: readonly GivenFact[]) =>
    given(started('2022-01-01'), ...more).when(assignContact, step(assigned(day)));

  it('nobody without a title', () => appoint('2024-01-15').isRefused('TITLE_REQUIRED', { staff: 'anna' }));
  it('anybody before 2023-07-01', () => appoint('2023-06-30').isAccepted());
  it('nobody without a title from 2023-07-01', () => appoint('2023-07-01').isRefused('TITLE_REQUIRED'));
  it('not before the day of the certificate', () => appoint('2023-07-31', anna).isRefused('TITLE_REQUIRED'));
  it('from the day of the certificate, also when it was checked later', () => appoint('2023-08-01', anna).isAccepted());
  it('not on a certificate that was withdrawn (E15)', () =>
    appoint('2024-01-15', anna, titleWithdrawn('anna', '2024-06-01', 'certificate')).isRefused('TITLE_REQUIRED'));
  it('by the transition, to 2033-06-30', () =>
    appoint('2033-06-30', transitionDocumented('anna', '2023-09-01')).isAccepted());
  it('not by the transition from 2033-07-01 (E19)', () =>
    appoint('2033-07-01', transitionDocumented('anna', '2023-09-01')).isRefused('TITLE_REQUIRED'));
  it('not by the transition where the controller does not use it', () =>
    appoint(
      '2024-01-15',
      transitionDocumented('anna', '2023-09-01'),
      policy('2023-01-01', { allowTransition: false }),
    ).isRefused('TITLE_REQUIRED'));
  it('not by another education', () =>
    appoint('2024-01-15', educationApproved('anna', '2023-01-01')).isRefused('TITLE_REQUIRED'));
  it('deputies are no exception', () =>
    given(start)
      .when(assignContact, step(assigned('2024-01-15', 'deputy', 'anna', 'DEPUTY')))
      .isRefused('TITLE_REQUIRED'));
  it('whoever, when somebody says why: it stands as a breach (E13)', () =>
    given(start)
      .when(assignContact, overridden(assigned('2024-01-15')))
      .isAccepted());
  it('anybody outside home care: the rules judge that (E21)', () =>
    given(started('2024-01-01', { careForm: 'HOUSING_SUPPORT' }))
      .when(assignContact, step(assigned('2024-01-15')))
      .isAccepted());
});

describe('the contact is replaced ("Omsorgstagaren ska kunna byta fast omsorgskontakt")', () => {
  it('by another undersköterska', () =>
    given(...annaIsContact)
      .when(replaceContact, step(replaced('2024-03-01', 'first', 'second', 'bo')))
      .isAccepted());
  it('only when there is one', () =>
    given(start, bo)
      .when(replaceContact, step(replaced('2024-03-01', 'first', 'second', 'bo')))
      .isRefused('UNKNOWN_ASSIGNMENT'));
  it('not before they began', () =>
    given(...annaIsContact)
      .when(replaceContact, step(replaced('2024-01-14', 'first', 'second', 'bo')))
      .isRefused('ASSIGNMENT_NOT_ACTIVE'));
  it('not twice', () =>
    given(...annaIsContact, replaced('2024-03-01', 'first', 'second', 'bo'))
      .when(replaceContact, step(replaced('2024-04-01', 'first', 'third', 'bo')))
      .isRefused('ASSIGNMENT_NOT_ACTIVE'));
  it('on the very day on which the employment ends', () =>
    given(...annaIsContact, left('anna', '2024-03-01'))
      .when(replaceContact, step(replaced('2024-03-01', 'first', 'second', 'bo')))
      .isAccepted());
  it('on the very day on which the assignment was ended', () =>
    given(...annaIsContact, contactEnded('2024-03-01', 'first'))
      .when(replaceContact, step(replaced('2024-03-01', 'first', 'second', 'bo')))
      .isAccepted());
  it('not on the day after: then a new one is appointed', () =>
    given(...annaIsContact, left('anna', '2024-03-01'))
      .when(replaceContact, step(replaced('2024-03-02', 'first', 'second', 'bo')))
      .isRefused('ASSIGNMENT_NOT_ACTIVE', { cause: 'EMPLOYMENT_ENDED', endedOn: '2024-03-01' }));
  it('not twice on one day', () =>
    given(...annaIsContact, replaced('2024-03-01', 'first', 'second', 'bo'))
      .when(replaceContact, step(replaced('2024-03-01', 'first', 'third', 'bo')))
      .isRefused('ASSIGNMENT_NOT_ACTIVE', { cause: 'REPLACED', endedOn: '2024-03-01' }));
  it('not when somebody was appointed on the day already', () =>
    given(...annaIsContact, contactEnded('2024-03-01', 'first'), assigned('2024-03-01', 'second', 'bo'))
      .when(replaceContact, step(replaced('2024-03-01', 'first', 'third', 'bo')))
      .isRefused('PRIMARY_ALREADY_ASSIGNED', { assignment: 'second', staff: 'bo' }));
  it('by somebody with a title on that day too', () =>
    given(...annaIsContact, left('anna', '2024-03-01'))
      .when(replaceContact, step(replaced('2024-03-01', 'first', 'second', 'cecilia')))
      .isRefused('TITLE_REQUIRED'));
  it('not by somebody without a title', () =>
    given(...annaIsContact)
      .when(replaceContact, step(replaced('2024-03-01', 'first', 'second', 'cecilia')))
      .isRefused('TITLE_REQUIRED', { staff: 'cecilia' }));
});

describe('the assignment ends', () => {
  it('while it is active', () =>
    given(...annaIsContact)
      .when(endContact, step(contactEnded('2024-03-01', 'first')))
      .isAccepted());
  it('on its first day, when it never came about (E36)', () =>
    given(...annaIsContact)
      .when(endContact, step(contactEnded('2024-01-15', 'first')))
      .isAccepted());
  it('not before its first day', () =>
    given(...annaIsContact)
      .when(endContact, step(contactEnded('2024-01-14', 'first')))
      .isRefused('ASSIGNMENT_NOT_ACTIVE', { cause: 'NOT_STARTED', startsOn: '2024-01-15' }));
  it('not twice', () =>
    given(...annaIsContact, contactEnded('2024-03-01', 'first'))
      .when(endContact, step(contactEnded('2024-03-01', 'first')))
      .isRefused('ASSIGNMENT_NOT_ACTIVE', { cause: 'ENDED', endedOn: '2024-03-01' }));
  it('not when it has no day', () =>
    given(...annaIsContact, contactEnded('2024-01-15', 'first'))
      .when(endContact, step(contactEnded('2024-01-16', 'first')))
      .isRefused('ASSIGNMENT_NOT_ACTIVE', { cause: 'NO_DAY' }));
  it('only when it is there', () =>
    given(...annaIsContact)
      .when(endContact, step(contactEnded('2024-03-01', 'other')))
      .isRefused('UNKNOWN_ASSIGNMENT'));
});

describe('the contact is away (routine: "utse en vice omsorgskontakt")', () => {
  const withDeputy = (fact: GivenFact<'ContactAbsenceStarted'>, deputyAssignment: string) => ({
    ...step(fact),
    data: { ...fact.data, deputyAssignment },
  });
  const away = [...annaIsContact, absent('2024-02-01', 'first')];

  it('from a day on', () =>
    given(...annaIsContact)
      .when(startAbsence, step(absent('2024-02-01', 'first')))
      .isAccepted());
  it('with a deputy of the episode', () =>
    given(...annaIsContact, assigned('2024-01-20', 'deputy', 'bo', 'DEPUTY'))
      .when(startAbsence, withDeputy(absent('2024-02-01', 'first'), 'deputy'))
      .isAccepted());
  it('not with a deputy who is none', () =>
    given(...annaIsContact)
      .when(startAbsence, withDeputy(absent('2024-02-01', 'first'), 'deputy'))
      .isRefused('ASSIGNMENT_NOT_IN_EPISODE', { field: 'deputyAssignment' }));
  it('not twice at once', () =>
    given(...away)
      .when(startAbsence, step(absent('2024-02-05', 'first')))
      .isRefused('ABSENCE_ALREADY_STARTED'));
  it('and is back', () =>
    given(...away)
      .when(endAbsence, step(back('2024-02-10', 'first')))
      .isAccepted());
  it('is back only after having been away', () =>
    given(...away, back('2024-02-10', 'first'))
      .when(endAbsence, step(back('2024-02-12', 'first')))
      .isRefused('ABSENCE_NOT_STARTED'));
  it('is away from an assignment that is there', () =>
    given(start)
      .when(startAbsence, step(absent('2024-02-01', 'first')))
      .isRefused('UNKNOWN_ASSIGNMENT'));
  it('is away from an assignment that is active', () =>
    given(...annaIsContact)
      .when(startAbsence, step(absent('2024-01-10', 'first')))
      .isRefused('ASSIGNMENT_NOT_ACTIVE'));
  it('is back to an assignment that is there', () =>
    given(start)
      .when(endAbsence, step(back('2024-02-01', 'first')))
      .isRefused('UNKNOWN_ASSIGNMENT'));
});
