import { FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import { peopleAt } from '../situation/meetings.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/**
 * Each plan and follow-up until the next, where the policy of its day asks for it: the recipient, or a legal
 * representative, took part in it or in the meeting that it names.
 */
function evaluate({ facts, policy, representatives }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  const entries = facts.of('PlanAgreed', 'PlanRevised', 'FollowUpHeld');
  const meetings = facts.of('PlanMeetingHeld');
  entries.forEach((entry, index) => {
    if (!policy.on(entry.day).agreedWithRecipient) return;
    const named = 'meeting' in entry.data ? entry.data.meeting : undefined;
    const meeting = named === undefined ? undefined : meetings.find(({ id }) => id === named);
    const present = [...peopleAt(entry), ...(meeting ? peopleAt(meeting) : [])];
    const status = representatives.hasPrincipal(present, entry.day) ? 'MET' : 'WARNING';
    const evidence = meeting ? [entry.id, meeting.id] : [entry.id];
    pieces.say(entry.day, entries[index + 1]?.day ?? FOREVER, status, evidence);
  });
  return pieces.list;
}

export const agreedWithRule: Rule = {
  id: 'AGREED_WITH',
  name: 'Plan överenskommen med omsorgstagaren',
  words: {
    lack: 'Plan utan omsorgstagaren',
    wanting: 'Varken omsorgstagaren eller en legal företrädare deltog. Registrera vilka som var med.',
    mendedBy: 'PlanRevised',
    button: 'Revidera planen',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'Genomförandeplanen upprättas och följs upp tillsammans med omsorgstagaren eller en legal företrädare.',
      parameters: ['agreedWithRecipient'],
      evaluate,
    },
  ],
};
