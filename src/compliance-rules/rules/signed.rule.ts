import { text } from '../facts.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, dueThenLate, piece } from './pieces.js';

/** Each active contact has signed the description of this assignment, on the employee's own stream. */
function evaluate(situation: Situation): Piece[] {
  return situation.assignments.flatMap(({ id, entry, employee, from, to }) => {
    const signature = employee.of('AssignmentDescriptionSigned').find((signed) => text(signed, 'assignment') === id);
    const signed = Math.min(to, Math.max(from, signature?.day ?? to));
    return [
      ...dueThenLate({ from, to: signed }, { from, parameter: 'signTargetDays', late: 'BREACH' }, situation, { assignment: id, evidence: [entry.id] }),
      ...piece(signed, to, { assignment: id, status: 'MET', evidence: signature ? [entry.id, signature.id] : [entry.id] }),
    ];
  });
}

export const signedRule: Rule = {
  id: 'SIGNED',
  name: 'Uppdragsbeskrivning',
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: true,
  versions: [
    {
      version: '1',
      text: 'Den fasta omsorgskontakten ska ha fått uppdragsbeskrivningen av sin enhetschef och skrivit under den för just detta uppdrag, med ort och datum.',
      parameters: ['signTargetDays'],
      evaluate,
    },
  ],
};
