import type { FactData } from '../../facts/event-catalogue.js';
import type { Fact } from '../facts.js';
import { FOREVER } from '../intervals.js';
import type { ContactRole } from '../model.js';
import type { Piece, Rule } from '../rule.js';
import type { Assignment } from '../situation/assignments.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

type Document = FactData['RecordedInDocument']['document'];

/** Where each role is to be named. */
const DOCUMENTS: Readonly<Record<ContactRole, readonly Document[]>> = {
  PRIMARY: ['JOURNAL', 'PLAN', 'PROFILE'],
  SECOND: ['JOURNAL', 'PLAN'],
  DEPUTY: [],
};

/**
 * Journal, plan and profile each say who the primary contact is; a plan that names the contact says so itself. Of a
 * second contact journal and plan do, where the policy on the day of the appointment asks for it.
 */
function evaluate(situation: Situation): readonly Piece[] {
  const pieces = new Pieces();
  for (const assignment of situation.assignments) {
    const { id, entry, role, start, from, to } = assignment;
    if (role === 'DEPUTY' || (role === 'SECOND' && !situation.policy.on(start).nameSecond)) continue;
    const coverage = DOCUMENTS[role].map((document) => firstCoverage(document, assignment, situation));
    const named = Math.max(from, ...coverage.map((fact) => fact?.day ?? FOREVER));
    const evidence = [entry, ...coverage.filter((fact) => fact !== undefined)];
    pieces
      .of(id)
      .sayDue(from, Math.min(named, to), { from, days: 'recordTargetDays', late: 'WARNING' }, situation, evidence);
    pieces.say(named, to, 'MET', evidence);
  }
  return pieces.list;
}

/** The first entry by which the document names the contact. */
function firstCoverage(document: Document, { id, entry }: Assignment, { facts }: Situation): Fact | undefined {
  const covers = (fact: Fact<'RecordedInDocument' | 'PlanAgreed' | 'PlanRevised'>): boolean => {
    if (fact.type !== 'RecordedInDocument') return document === 'PLAN' && fact.data.contacts.includes(id);
    return fact.data.document === document && fact.data.about === entry.id;
  };
  return facts.of('RecordedInDocument', 'PlanAgreed', 'PlanRevised').find(covers);
}

export const namedRule: Rule = {
  id: 'NAMED',
  name: 'Fast omsorgskontakt framgår av journal, genomförandeplan och personbild',
  words: {
    short: 'Kontakten i journal, plan och personbild',
    lack: 'Inte införd i alla handlingar',
    wanting: 'Den fasta omsorgskontakten framgår inte av journal, genomförandeplan och personbild.',
    mendedBy: 'RecordedInDocument',
    button: 'Registrera anteckning',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: true,
  versions: [
    {
      version: '2',
      text: 'Vem som är fast omsorgskontakt ska framgå av den sociala journalen, genomförandeplanen och personbilden.',
      parameters: ['recordTargetDays', 'nameSecond'],
      evaluate,
    },
  ],
};
