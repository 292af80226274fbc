import { text, texts, type Fact } from '../facts.js';
import type { Piece, Rule } from '../rule.js';
import type { Assignment } from '../situation/assignments.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, dueThenLate, piece } from './pieces.js';

const DOCUMENTS = ['JOURNAL', 'PLAN', 'PROFILE'];

/** Journal, plan and profile each say who the primary contact is; a plan that names the contact says so itself. */
function evaluate(situation: Situation): Piece[] {
  const primaries = situation.assignments.filter(({ role }) => role === 'PRIMARY');
  return primaries.flatMap((assignment) => {
    const { id, entry, from, to } = assignment;
    const coverage = DOCUMENTS.map((document) => firstCoverage(document, assignment, situation));
    const known = coverage.filter((fact) => fact !== undefined);
    const complete = known.length === DOCUMENTS.length ? Math.max(from, ...known.map(({ day }) => day)) : to;
    const named = Math.min(to, complete);
    const evidence = [entry.id, ...new Set(known.map((fact) => fact.id))];
    return [
      ...dueThenLate({ from, to: named }, { from, parameter: 'recordTargetDays', late: 'WARNING' }, situation, { assignment: id, evidence }),
      ...piece(named, to, { assignment: id, status: 'MET', evidence }),
    ];
  });
}

/** The first entry by which the document names the contact. */
function firstCoverage(document: string, { id, entry }: Assignment, { facts }: Situation): Fact | undefined {
  const covers = (fact: Fact): boolean => {
    if (fact.type !== 'RecordedInDocument') return document === 'PLAN' && texts(fact, 'contacts').includes(id);
    return text(fact, 'document') === document && text(fact, 'about') === entry.id;
  };
  return facts.of('RecordedInDocument', 'PlanAgreed', 'PlanRevised').find(covers);
}

export const namedRule: Rule = {
  id: 'NAMED',
  name: 'Kontakten står i journal, plan och personbild',
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: true,
  versions: [
    {
      version: '1',
      text: 'Vem som är fast omsorgskontakt ska framgå av den sociala journalen, genomförandeplanen och personbilden.',
      parameters: ['recordTargetDays'],
      evaluate,
    },
  ],
};
