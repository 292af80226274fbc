import { monthsFrom } from '../deadlines.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, lastDayBefore, Pieces } from './pieces.js';

/**
 * Each active contact's yearly follow-up: the clock starts with the assignment and anew with each follow-up held after
 * that.
 */
function evaluate({ assignments, policy, care }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  for (const { id, entry, employee, from, to } of assignments) {
    pieces.of(id);
    const held = employee.of('YearlyFollowUpHeld').filter(({ day }) => from < day && day < to);
    [entry, ...held].forEach((latest, index) => {
      const until = held[index]?.day ?? to;
      const since = Math.max(from, latest.day);
      const late = monthsFrom(since, policy.on(since).yearlyMonths, care.paused);
      const evidence = latest === entry ? [entry.id] : [entry.id, latest.id];
      pieces.say(since, Math.min(late, until), 'MET', evidence, lastDayBefore(late));
      pieces.say(Math.max(since, late), until, 'BREACH', evidence);
    });
  }
  return pieces.list;
}

export const yearlyRule: Rule = {
  id: 'YEARLY',
  name: 'Årlig uppföljning av uppdraget',
  words: {
    lack: 'Årlig uppföljning saknas',
    wanting: 'Den årliga uppföljningen av uppdraget har inte genomförts i tid.',
    mendedBy: 'YearlyFollowUpHeld',
    button: 'Registrera uppföljning',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: true,
  versions: [
    {
      version: '2',
      text: 'Hur uppdraget utförs ska följas upp med medarbetaren i samband med medarbetarsamtal en gång per år, eller oftare vid behov.',
      parameters: ['yearlyMonths'],
      evaluate,
    },
  ],
};
