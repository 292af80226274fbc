import { countedFrom } from '../deadlines.js';
import { ALWAYS, FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** Each answer, assessment and meeting is noted in the journal, where the policy of its day says within how long. */
function evaluate({ answers, facts, policy, care }: Situation): readonly Piece[] {
  const notes = facts.of('RecordedInDocument').filter(({ data }) => data.document === 'JOURNAL');
  const tasks = [...answers.given, ...facts.of('ObviousUnnecessityAssessed', 'PlanMeetingHeld')].flatMap((fact) => {
    const days = policy.on(fact.day).noteTargetDays;
    if (days === undefined) return [];
    const note = notes.find(({ data }) => data.about === fact.id);
    const done = note ? Math.max(fact.day, note.day) : FOREVER;
    const evidence = note ? [fact, note] : [fact];
    return [{ from: fact.day, to: FOREVER, done, late: countedFrom(fact.day, days, care.paused), evidence }];
  });
  return new Pieces().sayTasks(tasks, ALWAYS[0]!, 'WARNING').list;
}

export const notedRule: Rule = {
  id: 'NOTED',
  name: 'Anteckning i journalen',
  words: {
    lack: 'Anteckning i journalen saknas',
    wanting: 'Svaret, bedömningen eller mötet är inte antecknat i journalen i tid. Registrera anteckningen.',
    mendedBy: 'RecordedInDocument',
    button: 'Registrera anteckning',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'Svaret på erbjudandet, bedömningen att en kontakt är uppenbart obehövlig och mötet för genomgång ska antecknas i den sociala journalen.',
      parameters: ['noteTargetDays'],
      evaluate,
    },
  ],
};
