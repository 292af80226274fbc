import { FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** Each active contact has signed the description of this assignment, on the employee's own stream. */
function evaluate(situation: Situation): readonly Piece[] {
  const pieces = new Pieces();
  for (const { id, entry, employee, from, to } of situation.assignments) {
    const signature = employee.of('AssignmentDescriptionSigned').find((each) => each.data.assignment === id);
    const signed = Math.max(from, signature?.day ?? FOREVER);
    pieces
      .of(id)
      .sayDue(from, Math.min(signed, to), { from, days: 'signTargetDays', late: 'BREACH' }, situation, [entry.id]);
    if (signature) pieces.say(signed, to, 'MET', [entry.id, signature.id]);
  }
  return pieces.list;
}

export const signedRule: Rule = {
  id: 'SIGNED',
  name: 'Uppdragsbeskrivning',
  words: {
    lack: 'Uppdragsbeskrivning ej undertecknad',
    wanting: 'Uppdragsbeskrivningen är inte undertecknad i tid. Registrera underskriften hos medarbetaren.',
    mendedBy: 'AssignmentDescriptionSigned',
    button: 'Registrera underskrift',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: true,
  versions: [
    {
      version: '2',
      text: 'Den fasta omsorgskontakten ska ha fått uppdragsbeskrivningen av sin enhetschef och skrivit under den för just detta uppdrag, med ort och datum.',
      parameters: ['signTargetDays'],
      evaluate,
    },
  ],
};
