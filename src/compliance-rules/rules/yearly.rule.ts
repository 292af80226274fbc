import { monthsFrom } from '../deadlines.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, lastDayBefore, piece } from './pieces.js';

/** Each active contact's yearly follow-up: the clock starts with the assignment and anew with each follow-up held after that. */
function evaluate({ assignments, policy, care }: Situation): Piece[] {
  return assignments.flatMap(({ id, entry, employee, from, to }) => {
    const held = employee.of('YearlyFollowUpHeld').filter((followUp) => from < followUp.day && followUp.day < to);
    const clocks = [{ day: from, evidence: [entry.id] }, ...held.map((followUp) => ({ day: followUp.day, evidence: [entry.id, followUp.id] }))];
    return clocks.flatMap(({ day, evidence }, index) => {
      const until = clocks[index + 1]?.day ?? to;
      const late = monthsFrom(day, policy.on(day).yearlyMonths, care.paused);
      return [
        ...piece(day, Math.min(late, until), { assignment: id, status: 'MET', dueOn: lastDayBefore(late), evidence }),
        ...piece(Math.max(day, late), until, { assignment: id, status: 'BREACH', evidence }),
      ];
    });
  });
}

export const yearlyRule: Rule = {
  id: 'YEARLY',
  name: 'Årlig uppföljning med medarbetaren',
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: true,
  versions: [
    {
      version: '1',
      text: 'Hur uppdraget utförs ska följas upp med medarbetaren i samband med medarbetarsamtal en gång per år, eller oftare vid behov.',
      parameters: ['yearlyMonths'],
      evaluate,
    },
  ],
};
