import { describe, it } from '@jest/globals';
import { resolveEntries } from '../../../compliance-rules/resolve-entries.js';
import { Facts } from '../../../compliance-rules/facts.js';
import {
  backFromLeave,
  educationApproved,
  employed,
  GivenFact,
  left,
  onLeave,
  signed,
  titleVerified,
  titleWithdrawn,
  trained,
} from '../../../compliance-rules/testing/facts.spec-helper.js';
import { dossierOf } from '../../../compliance-rules/testing/history.spec-helper.js';
import { step } from '../../proposed.spec-helper.js';
import { Given } from '../../../kernel/event-sourcing/given-when-then.spec-helper.js';
import {
  documentTransition,
  endEmployment,
  endLeave,
  ofRegistered,
  signDescription,
  startLeave,
  type StaffMember,
  withdrawTitle,
} from './decide-staff.js';

const anna = new GivenFact('staff:anna', 'StaffRegistered', '2023-01-01', {
  controller: 'municipality',
  unit: 'unit',
  name: null,
}).as('registered');

function given(...history: readonly GivenFact[]): Given<StaffMember> {
  return new Given({
    id: 'anna',
    assignee: 'anna',
    facts: new Facts(resolveEntries(dossierOf(history).staff.get('anna') ?? [])),
  });
}

describe('an employee', () => {
  it('completes the training', () =>
    given(anna)
      .when(ofRegistered(), step(trained('anna', '2024-01-01')))
      .isAccepted());
  it('whose registration never was completes nothing', () =>
    given(
      anna,
      new GivenFact('staff:anna', 'EntryAnnulled', '2024-01-01', {
        corrects: 'registered',
        cause: 'DUPLICATE',
        reason: null,
      }),
    )
      .when(ofRegistered(), step(trained('anna', '2024-01-01')))
      .isRefused('STAFF_ANNULLED'));

  it('leaves', () =>
    given(anna)
      .when(endEmployment, step(left('anna', '2024-03-01')))
      .isAccepted());
  it('leaves once', () =>
    given(anna, left('anna', '2024-03-01'))
      .when(endEmployment, step(left('anna', '2024-04-01')))
      .isRefused('STAFF_NOT_EMPLOYED'));
  it('leaves again after coming back', () =>
    given(anna, left('anna', '2024-03-01'), employed('anna', '2024-03-15'))
      .when(endEmployment, step(left('anna', '2024-04-01')))
      .isAccepted());

  it('takes leave', () =>
    given(anna)
      .when(startLeave, step(onLeave('anna', '2024-03-01')))
      .isAccepted());
  it('is not on leave twice at once', () =>
    given(anna, onLeave('anna', '2024-03-01'))
      .when(startLeave, step(onLeave('anna', '2024-03-02')))
      .isRefused('ALREADY_ON_LEAVE'));
  it('comes back from leave', () =>
    given(anna, onLeave('anna', '2024-03-01'))
      .when(endLeave, step(backFromLeave('anna', '2024-04-01')))
      .isAccepted());
  it('comes back only from a leave', () =>
    given(anna)
      .when(endLeave, step(backFromLeave('anna', '2024-04-01')))
      .isRefused('NOT_ON_LEAVE'));
});

describe('evidence of the title is withdrawn (E15: the check was wrong; a certificate cannot be revoked)', () => {
  const certificate = titleVerified('anna', '2023-09-01', '2023-08-01').as('certificate');

  it('when it is there', () =>
    given(anna, certificate)
      .when(withdrawTitle, step(titleWithdrawn('anna', '2024-01-01', 'certificate')))
      .isAccepted());
  it('whatever it was', () =>
    given(anna, educationApproved('anna', '2023-09-01').as('education'))
      .when(withdrawTitle, step(titleWithdrawn('anna', '2024-01-01', 'education')))
      .isAccepted());
  it('not when it is something else', () =>
    given(anna, trained('anna', '2023-09-01').as('training'))
      .when(withdrawTitle, step(titleWithdrawn('anna', '2024-01-01', 'training')))
      .isRefused('UNKNOWN_EVIDENCE'));
  it('once', () =>
    given(anna, certificate, titleWithdrawn('anna', '2024-01-01', 'certificate'))
      .when(withdrawTitle, step(titleWithdrawn('anna', '2024-01-02', 'certificate')))
      .isRefused('EVIDENCE_ALREADY_WITHDRAWN'));
});

describe('the assignment description is signed ("Omsorgstagare: / Fast omsorgskontakt:")', () => {
  it('by the one who has the assignment', () =>
    given(anna)
      .when(signDescription, step(signed('anna', '2024-01-01')))
      .isAccepted());
  it('not by another', () =>
    new Given<StaffMember>({
      id: 'anna',
      assignee: 'bo',
      facts: new Facts(resolveEntries(dossierOf([anna]).staff.get('anna') ?? [])),
    })
      .when(signDescription, step(signed('anna', '2024-01-01')))
      .isRefused('ASSIGNMENT_OF_ANOTHER'));
});

describe('the transition status', () => {
  const started = (day: string, form: 'PERMANENT' | 'HOURLY') =>
    new GivenFact('staff:anna', 'EmploymentStarted', day, { form });
  const documented = (employer: string) =>
    new GivenFact('staff:anna', 'TransitionStatusDocumented', '2024-01-01', { employer, evidence: null });
  const facts = (...history: readonly GivenFact[]) =>
    new Facts(resolveEntries(dossierOf([anna, ...history]).staff.get('anna') ?? []));
  const HERE = ' ånge KOMMUN ';

  it.each<[string, string, readonly GivenFact[], readonly string[]]>([
    ['is silent where no employment is known', HERE, [started('2023-07-02', 'HOURLY')], []],
    ['is borne out by permanent employment', HERE, [started('2023-07-01', 'PERMANENT')], []],
    ['is not by another form', HERE, [started('2023-07-01', 'HOURLY')], ['TRANSITION_CONTRADICTED']],
    [
      'is not where it had ended',
      HERE,
      [employed('anna', '2020-01-01'), left('anna', '2023-07-01')],
      ['TRANSITION_CONTRADICTED'],
    ],
    ['is where it ended the day after', HERE, [employed('anna', '2020-01-01'), left('anna', '2023-07-02')], []],
    [
      'is by the last start by the day',
      HERE,
      [started('2020-01-01', 'HOURLY'), left('anna', '2021-01-01'), employed('anna', '2021-01-01')],
      [],
    ],
    ['is silent about another employer', 'Region Jämtland', [started('2020-01-01', 'HOURLY')], []],
  ])('%s', (_, employer, history, warnings) =>
    new Given({ id: 'anna', facts: facts(...history), controllerName: 'Ånge kommun' })
      .when(documentTransition, step(documented(employer)))
      .isAccepted(...warnings),
  );

  it('is silent where the controller is not known', () =>
    new Given({ id: 'anna', facts: facts(started('2020-01-01', 'HOURLY')) })
      .when(documentTransition, step(documented(HERE)))
      .isAccepted());
});
