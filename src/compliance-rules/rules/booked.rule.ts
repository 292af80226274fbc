import { dayOf } from '../../kernel/time/day.js';
import { afterPause, countedFrom } from '../deadlines.js';
import { FOREVER, intersect, runsOf, type Span, subtract, valuesByDay } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import { planMetDays, planStretches } from '../situation/plan-stretches.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/**
 * From the first yes, where the policy of that day asks for it: the meeting at which the contact and the plan are gone
 * through has been held, or the plan is there; else it is booked, and the day has not passed.
 */
function evaluate(situation: Situation): readonly Piece[] {
  const { answers, facts, policy, care } = situation;
  const pieces = new Pieces();
  const planned = runsOf(planMetDays(planStretches(situation)));
  const meetings = facts.of('PlanMeetingHeld');
  for (const { yes, first, from, to } of answers.runs) {
    const days = policy.on(from).bookTargetDays;
    if (!yes || days === undefined) continue;
    const held = meetings.find(({ day }) => day >= from);
    const done = runsOf([...intersect([{ from, to }], planned), { from: held?.day ?? FOREVER, to }]);
    for (const part of intersect([{ from, to }], done))
      pieces.say(part.from, part.to, 'MET', held ? [first, held] : [first]);
    const over = countedFrom(from, days, care.paused);
    const bookings = facts.of('PlanMeetingBooked').filter(({ data }) => dayOf(data.on) >= from);
    const byDay = valuesByDay(bookings, (booking) => booking);
    const open = subtract([{ from, to }], done);
    for (const part of open) {
      const unbooked: Span = { from, to: byDay[0]?.from ?? FOREVER };
      for (const each of intersect([part], [unbooked])) pieces.sayUntil(each.from, each.to, over, 'WARNING', [first]);
      for (const { value: booking, ...stretch } of byDay) {
        const on = afterPause(dayOf(booking.data.on), care.paused);
        const passed = on === FOREVER ? FOREVER : on + 1;
        for (const each of intersect([part], [stretch])) {
          pieces.say(each.from, Math.min(each.to, passed), 'MET', [first, booking], on === FOREVER ? undefined : on);
          pieces.say(Math.max(each.from, passed), each.to, 'WARNING', [first, booking]);
        }
      }
    }
  }
  return pieces.inOrder();
}

export const bookedRule: Rule = {
  id: 'BOOKED',
  name: 'Möte för genomgång',
  words: {
    lack: 'Möte ej bokat eller hållet',
    wanting:
      'Mötet för genomgång är inte bokat, eller har inte hållits den dag som var bokad. Boka mötet eller registrera det.',
    mendedBy: 'PlanMeetingBooked',
    button: 'Boka möte',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'När omsorgstagaren har tackat ja ska ett möte bokas där uppdraget och genomförandeplanen gås igenom, och mötet ska hållas den dag som är bokad.',
      parameters: ['bookTargetDays'],
      evaluate,
    },
  ],
};
