import { intersect, runsOf, type Span, subtract } from '../intervals.js';
import type { Evidence, Piece, Rule } from '../rule.js';
import { isYes } from '../situation/answers.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/**
 * After a yes there is a primary contact; each run of judged days without one has its own count. After a no, a primary
 * who is still there is worth a look.
 */
function evaluate(situation: Situation): readonly Piece[] {
  const { answers, primary, judged } = situation;
  const pieces = new Pieces();
  const withPrimary = runsOf(primary);
  const accepted = runsOf(answers.standing.filter(({ value }) => isYes(value)));
  for (const days of intersect(accepted, withPrimary))
    pieces.say(days.from, days.to, 'MET', evidenceOn(days, situation));
  for (const days of intersect(subtract(accepted, withPrimary), judged)) {
    const target = { from: days.from, days: 'assignTargetDays', late: 'BREACH' } as const;
    pieces.sayDue(days.from, days.to, target, situation, evidenceOn(days, situation));
  }
  for (const { from, to, value: answer } of answers.standing) {
    if (isYes(answer)) continue;
    for (const days of intersect([{ from, to }], withPrimary))
      pieces.say(days.from, days.to, 'WARNING', evidenceOn(days, situation));
  }
  return pieces.inOrder();
}

/** The answer that stands on the first of the days, and whoever is the primary on any of them. */
function evidenceOn(days: Span, { answers, primary }: Situation): Evidence {
  const standing = answers.standing
    .filter(({ from, to }) => from <= days.from && days.from < to)
    .map(({ value }) => value.id);
  const primaries = primary
    .filter(({ from, to }) => from < days.to && days.from < to)
    .map(({ from, value }) => ({ id: value.entry.id, day: from }));
  return [...standing, ...primaries];
}

export const assignedRule: Rule = {
  id: 'ASSIGNED',
  name: 'Fast omsorgskontakt utsedd',
  words: {
    short: 'Kontakt utsedd',
    lack: 'Saknar kontakt',
    wanting:
      'Svaret och den utsedda kontakten stämmer inte överens: den som tackat ja saknar ordinarie kontakt, eller den som tackat nej har en.',
    mendedBy: 'ContactAssigned',
    button: 'Utse kontakt',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '2',
      text: 'Den som har tackat ja ska ha en fast omsorgskontakt. Det följer av erbjudandets syfte. Hur snart det ska ske är ett lokalt mål. Den som har tackat nej bör inte ha en utsedd kontakt kvar.',
      parameters: ['assignTargetDays'],
      evaluate,
    },
  ],
};
