import { describe, expect, it } from '@jest/globals';
import type { OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import { dayOf } from '../../kernel/time/day.js';
import { an, interval } from '../assessment.spec-helper.js';
import { opened } from '../event.spec-helper.js';
import { type ContactOf, contactsOf, staffEntriesTold, withoutOwnMatters } from './staff-entries.js';

const contact = (start: string, ...active: readonly (readonly [string, string?])[]): ContactOf => ({
  assignment: 'a1',
  staff: 's1',
  start: dayOf(start),
  active: active.map(([from, to]) => interval(from, to)),
});
const told = (entries: readonly OpenedEvent[], ...contacts: readonly ContactOf[]) => [
  ...staffEntriesTold(entries, contacts),
];
const about = (id: string, type: string, corrects: string, more: Record<string, unknown> = {}) =>
  opened(id, type, '2024-06-01', { ...(type === 'EntryDisputed' ? { event: corrects } : { corrects }), ...more });

describe('what is told of an employee who is a contact', () => {
  it('is her title and training of any time, and what she signed for this person', () => {
    const entries = [
      opened('registered', 'StaffRegistered', '2020-01-01', {}),
      opened('title', 'TitleVerified', '2030-01-01', {}),
      opened('transition', 'TransitionStatusDocumented', '2019-01-01', {}),
      opened('education', 'ApprovedEducationRecorded', '2019-01-01', {}),
      opened('withdrawn', 'TitleVerificationWithdrawn', '2019-01-01', {}),
      opened('training', 'TrainingCompleted', '2019-01-01', {}),
      opened('moved', 'StaffMovedUnit', '2024-02-02', {}),
      opened('signed', 'AssignmentDescriptionSigned', '2024-02-02', { assignment: 'a1' }),
      opened('other', 'AssignmentDescriptionSigned', '2024-02-02', { assignment: 'a2' }),
    ];
    expect(new Set(told(entries, contact('2024-02-01', ['2024-02-01', '2024-03-01'])))).toEqual(
      new Set(['title', 'transition', 'education', 'withdrawn', 'training', 'signed']),
    );
  });

  it('is of employment, leave and yearly follow-ups what lies in the assignment, and the last of each before it', () => {
    const entries = [
      opened('employed', 'EmploymentStarted', '2020-01-01', {}),
      opened('again', 'EmploymentStarted', '2021-01-01', {}),
      opened('left', 'EmploymentEnded', '2024-03-01', {}),
      opened('back', 'EmploymentStarted', '2024-03-01', {}),
      opened('leave-1', 'LeaveStarted', '2022-01-01', {}),
      opened('leave-1-ended', 'LeaveEnded', '2022-02-01', {}),
      opened('leave-2', 'LeaveStarted', '2024-02-01', {}),
      opened('leave-2-ended', 'LeaveEnded', '2024-03-01', {}),
      opened('yearly', 'YearlyFollowUpHeld', '2024-02-29', {}),
      opened('yearly-after', 'YearlyFollowUpHeld', '2024-03-01', {}),
    ];
    expect(new Set(told(entries, contact('2024-02-01', ['2024-02-01', '2024-03-01'])))).toEqual(
      new Set(['again', 'left', 'leave-1-ended', 'leave-2', 'yearly']),
    );
  });

  it('is for an assignment that never was active what was the last before it', () => {
    const entries = [opened('left', 'EmploymentEnded', '2024-01-01', {})];
    expect(told(entries, contact('2024-02-01'))).toEqual(['left']);
    expect(told(entries, contact('2024-01-01'))).toEqual([]);
  });

  it('is an annulled entry as if it were valid, a corrected one by its right day, and what was said of each', () => {
    const entries = [
      opened('yearly', 'YearlyFollowUpHeld', '2023-01-01', {}),
      opened('annulled', 'YearlyFollowUpHeld', '2023-06-01', {}),
      about('annulment', 'EntryAnnulled', 'annulled', { cause: 'OTHER' }),
      about('correction', 'EntryCorrected', 'annulment', {}),
      opened('moved-in', 'YearlyFollowUpHeld', '2022-01-01', {}),
      about('right-day', 'EntryCorrected', 'moved-in', { effectiveOn: '2024-02-10' }),
      opened('moved-out', 'YearlyFollowUpHeld', '2024-02-10', {}),
      about('other-day', 'EntryCorrected', 'moved-out', { effectiveOn: '2024-03-10' }),
      about('disputed', 'EntryDisputed', 'yearly'),
    ];
    expect(new Set(told(entries, contact('2024-02-01', ['2024-02-01', '2024-03-01'])))).toEqual(
      new Set(['yearly', 'annulled', 'annulment', 'correction', 'moved-in', 'right-day', 'disputed']),
    );
  });

  it('has neither the kind of a leave nor the evidence of a title, not in corrections of corrections either', () => {
    const right = { corrects: 'x', data: { corrects: 'y', data: { evidence: 'e', kind: 'k', employer: 'Ånge' } } };
    expect(withoutOwnMatters(opened('e', 'EntryCorrected', '2024-01-01', right)).data).toEqual({
      corrects: 'x',
      data: { corrects: 'y', data: { employer: 'Ånge' } },
    });
    const sealed = opened(
      't',
      'TransitionStatusDocumented',
      '2024-01-01',
      { evidence: null, employer: 'Ånge' },
      { seal: 'DESTROYED', unreadable: ['evidence', 'reason'] },
    );
    expect(withoutOwnMatters(sealed)).toMatchObject({ data: { employer: 'Ånge' }, unreadable: ['reason'] });
  });
});

describe('the contacts of an episode', () => {
  it('are those whom valid appointments name, on the days on which they are contacts or contact persons', () => {
    const stream = 'careEpisode-1';
    const entries = [
      opened('one', 'ContactAssigned', '2022-01-01', { assignment: 'a1', role: 'PRIMARY', staff: 's1' }, { stream }),
      opened('two', 'ContactReplaced', '2024-01-01', { ends: 'a1', assignment: 'a2', staff: 's2' }, { stream }),
      opened('wrong', 'ContactAssigned', '2024-01-01', { assignment: 'a3', role: 'SECOND', staff: 's3' }, { stream }),
      opened('no', 'EntryAnnulled', '2024-01-02', { corrects: 'wrong', cause: 'NEVER_HAPPENED' }, { stream }),
    ];
    const days = { absent: [], titles: [] };
    const assessment = {
      ...an({
        assignments: [
          { ...interval('2022-08-01', '2024-01-01'), ...days, assignment: 'a1', staff: 's1', role: 'PRIMARY' },
          { ...interval('2024-01-01'), ...days, assignment: 'a2', staff: 's2', role: 'PRIMARY' },
        ],
      }),
      contactPersons: [{ ...interval('2022-01-01', '2022-08-01'), assignment: 'a1', staff: 's1' }],
    };
    expect(contactsOf(entries, assessment)).toMatchObject([
      { staff: 's1', assignment: 'a1', start: dayOf('2022-01-01'), active: [{}, interval('2022-01-01', '2022-08-01')] },
      { staff: 's2', assignment: 'a2', active: [interval('2024-01-01')] },
    ]);
    expect(contactsOf(entries, undefined).map(({ active }) => active)).toEqual([[], []]);
  });
});
