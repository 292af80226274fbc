import type { Fact } from '../../compliance-rules/facts.js';
import { part, type State, type Step, tell } from './fold.js';

const agreedPlan: Step = (state, { plan, ...data }, on) => {
  const kept = part(state, 'plans', plan);
  Object.assign(kept, { ...data, ...(kept['agreedOn'] === undefined ? { agreedOn: on } : { revisedOn: on }) });
};

const answered =
  (answer: 'ACCEPTED' | 'DECLINED'): Step =>
  (state, { offer, ...data }, on) =>
    Object.assign(part(state, 'offers', offer), { answer: { answer, on, ...data } });

const STEPS: Readonly<Record<string, Step>> = {
  CareEpisodeStarted: (state, data, on) => Object.assign(state, { ...data, startedOn: on }),
  CareEpisodeMovedUnit: (state, { unit }) => Object.assign(state, { unit }),
  ServicesChanged: (state, { services }) => Object.assign(state, { services }),
  CareEpisodePaused: (state, data, on) => {
    state['paused'] ??= { since: on, ...data };
  },
  CareEpisodeResumed: (state) => {
    delete state['paused'];
  },
  CareEpisodeEnded: (state, { cause }, on) => {
    // The first end counts; a later one changes nothing (contract §3, Ongoing).
    state['ended'] ??= { on, cause };
  },
  ObviousUnnecessityAssessed: (state, data, on) => Object.assign(state, { unnecessity: { on, ...data } }),
  InformationGiven: (state, data, on, id) => Object.assign(part(state, 'information', id), { on, ...data }),
  ContactOffered: (state, { offer, ...data }, on) => Object.assign(part(state, 'offers', offer), { on, ...data }),
  OfferAccepted: answered('ACCEPTED'),
  OfferDeclined: answered('DECLINED'),
  ConsentGiven: (state, { consent, ...data }, on) => Object.assign(part(state, 'consents', consent), { on, ...data }),
  ConsentWithdrawn: (state, { consent }, on) => Object.assign(part(state, 'consents', consent), { withdrawnOn: on }),
  PlanMeetingBooked: (state, { on }) => Object.assign(state, { planMeetingOn: on }),
  ContactAssigned: (state, { assignment, ...data }, on) => Object.assign(part(state, 'contacts', assignment), { ...data, from: on }),
  ContactReplaced: (state, { ends, assignment, initiator, reasonCode, reasonText, ...data }, on) => {
    const reason = { initiator, reasonCode, ...(reasonText === undefined ? {} : { reasonText }) };
    const ended = part(state, 'contacts', ends);
    Object.assign(ended, { to: on, replacedBy: assignment, ...reason });
    Object.assign(part(state, 'contacts', assignment), { role: ended['role'] ?? 'PRIMARY', ...data, from: on, replaces: ends });
  },
  ContactEnded: (state, { assignment, ...data }, on) => Object.assign(part(state, 'contacts', assignment), { to: on, ...data }),
  ContactAbsenceStarted: (state, { assignment, deputyAssignment }, on) =>
    Object.assign(part(state, 'contacts', assignment), { absent: { since: on, ...(deputyAssignment === undefined ? {} : { deputyAssignment }) } }),
  ContactAbsenceEnded: (state, { assignment }) => {
    delete part(state, 'contacts', assignment)['absent'];
  },
  PlanAgreed: agreedPlan,
  PlanRevised: agreedPlan,
  FollowUpPlanned: (state, { plan, on }) => Object.assign(part(state, 'plans', plan), { followUpOn: on }),
  FollowUpHeld: (state, { plan, nextFollowUpOn, ...data }, on) => {
    const kept = part(state, 'plans', plan);
    delete kept['followUpOn'];
    Object.assign(kept, { followUpHeld: { on, ...data }, ...(nextFollowUpOn === undefined ? {} : { followUpOn: nextFollowUpOn }) });
  },
  FollowUpNotHeld: (state, { plan, newDate, ...data }, on) =>
    Object.assign(part(state, 'plans', plan), { followUpNotHeld: { on, ...data }, ...(newDate === undefined ? {} : { followUpOn: newDate }) }),
  RecordedInDocument: (state, { document, about, reference }, on) =>
    Object.assign(part(state, 'documents', about), { [String(document)]: { on, ...(reference === undefined ? {} : { reference }) } }),
};

/** What is true of an episode on a day, as its entries say it: care, offers and answers, contacts, plans, documents. What the rules make of it is the judgement's. */
export function episodeState(facts: readonly Fact[], asOf: string): State {
  return tell(facts, asOf, STEPS);
}
