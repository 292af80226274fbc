import { afterPause, monthsFrom } from '../deadlines.js';
import { FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import { agendaByDay, type Agenda } from '../situation/follow-up-agenda.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, piece } from './pieces.js';

/** From the first plan on the follow-up is held by the day agreed, or where none is by the longest time the policy allows. */
function evaluate(situation: Situation): Piece[] {
  return agendaByDay(situation.facts).flatMap(({ from, to, value }) => {
    const due = dueDay(value, situation);
    const evidence = value.setBy && value.setBy !== value.latest ? [value.latest.id, value.setBy.id] : [value.latest.id];
    const late = due === FOREVER ? FOREVER : due + 1;
    return [
      ...piece(from, Math.min(late, to), { status: 'MET', dueOn: due === FOREVER ? undefined : due, evidence }),
      ...piece(Math.max(from, late), to, { status: 'BREACH', evidence }),
    ];
  });
}

/** The last day in time; FOREVER when a pause without a known end covers it. */
function dueDay({ latest, date }: Agenda, { care, policy }: Situation): number {
  if (date !== undefined) return afterPause(date, care.paused);
  return monthsFrom(latest.day, policy.on(latest.day).planFollowUpMaxMonths, care.paused);
}

export const followUpRule: Rule = {
  id: 'FOLLOW_UP',
  name: 'Uppföljning av planen',
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'Genomförandeplanen ska följas upp i tid: senast den dag som är bestämd, eller om ingen dag är bestämd inom den längsta tid som kommunen har satt.',
      parameters: ['planFollowUpMaxMonths'],
      evaluate,
    },
  ],
};
