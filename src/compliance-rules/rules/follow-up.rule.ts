import type { Day } from '../../kernel/time/day.js';
import { afterPause, monthsFrom } from '../deadlines.js';
import { FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import { agendaEvidence, type Agenda } from '../situation/follow-up-agenda.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, lastDayBefore, Pieces } from './pieces.js';

/**
 * From the first plan on the follow-up is held by the day agreed, or where none is by the longest time the policy
 * allows.
 */
function evaluate(situation: Situation): readonly Piece[] {
  const pieces = new Pieces();
  for (const { from, to, value } of situation.agenda) {
    const late = firstLateDay(value, situation);
    pieces.say(from, Math.min(late, to), 'MET', agendaEvidence(value), lastDayBefore(late));
    pieces.say(Math.max(from, late), to, 'BREACH', agendaEvidence(value));
  }
  return pieces.list;
}

/** The day after the due day; FOREVER when a pause without a known end covers the due day. */
function firstLateDay({ latest, date }: Agenda, { care, policy }: Situation): Day {
  const due =
    date === undefined
      ? monthsFrom(latest.day, policy.on(latest.day).planFollowUpMaxMonths, care.paused)
      : afterPause(date, care.paused);
  return due === FOREVER ? FOREVER : due + 1;
}

export const followUpRule: Rule = {
  id: 'FOLLOW_UP',
  name: 'Uppföljning av planen',
  words: {
    lack: 'Uppföljning försenad',
    wanting: 'Uppföljningen av planen har inte genomförts i tid.',
    mendedBy: 'FollowUpHeld',
    button: 'Registrera uppföljning',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'Genomförandeplanen ska följas upp i tid: senast den dag som är bestämd, eller, om ingen dag är bestämd, inom den längsta tid som kommunen har beslutat.',
      parameters: ['planFollowUpMaxMonths'],
      evaluate,
    },
  ],
};
