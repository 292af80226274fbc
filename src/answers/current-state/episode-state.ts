import { type Fact, Facts } from '../../compliance-rules/facts.js';
import { rolesIn } from '../../compliance-rules/situation/assignments.js';
import { part, type State, type Step, type Steps, tell } from './fold.js';

const agreedPlan: Step<'PlanAgreed' | 'PlanRevised'> = (state, { plan, followUpOn, ...data }, on) => {
  const kept = part(state, 'plans', plan);
  Object.assign(kept, { ...data, ...(kept['agreedOn'] === undefined ? { agreedOn: on } : { revisedOn: on }) });
  followUpIs(state, plan, followUpOn);
};

/**
 * All plans of an episode are one sequence (contract §3, FOLLOW_UP_DATE): one date holds at a time, and an agreement
 * without one has none.
 */
function followUpIs(state: State, plan: unknown, date: unknown): void {
  for (const other of Object.values((state['plans'] ?? {}) as Record<string, State>)) delete other['followUpOn'];
  if (date !== undefined) part(state, 'plans', plan)['followUpOn'] = date;
}

/** The first end of an assignment counts; a later one changes nothing (contract §3, Active assignment). */
function ends(state: State, assignment: unknown, on: string, why: Readonly<Record<string, unknown>>): void {
  const contact = part(state, 'contacts', assignment);
  if (contact['to'] === undefined) Object.assign(contact, { to: on, ...why });
}

const answered =
  (answer: 'ACCEPTED' | 'DECLINED'): Step<'OfferAccepted' | 'OfferDeclined'> =>
  (state, { offer, ...data }, on) =>
    Object.assign(part(state, 'offers', offer), { answer: { answer, on, ...data } });

const STEPS: Steps = {
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
  PlanMeetingHeld: (state, data, on) => {
    delete state['planMeetingOn'];
    Object.assign(state, { planMeetingHeld: { on, ...data } });
  },
  PlanDeclined: (state, data, on) => Object.assign(state, { planDeclined: { on, ...data } }),
  ContactChangeRequested: (state, { request, ...data }, on) =>
    Object.assign(part(state, 'changeRequests', request), { on, ...data }),
  ContactChangeRequestClosed: (state, { request, outcome }, on) =>
    Object.assign(part(state, 'changeRequests', request), { closed: { on, outcome } }),
  PrivateFundsAgreementMade: (state, { agreement, ...data }, on) =>
    Object.assign(part(state, 'privateFunds', agreement), { on, ...data }),
  PrivateFundsAgreementEnded: (state, { agreement }, on) =>
    Object.assign(part(state, 'privateFunds', agreement), { endedOn: on }),
  HomeRiskAssessed: (state, data, on) => Object.assign(state, { homeRisk: { on, ...data } }),
  ContactAssigned: (state, { assignment, ...data }, on) =>
    Object.assign(part(state, 'contacts', assignment), { ...data, from: on }),
  ContactReplaced: (state, { ends: replaced, assignment, initiator, reasonCode, reasonText, ...data }, on) => {
    const reason = { initiator, reasonCode, ...(reasonText === undefined ? {} : { reasonText }) };
    ends(state, replaced, on, { replacedBy: assignment, ...reason });
    Object.assign(part(state, 'contacts', assignment), { ...data, from: on, replaces: replaced });
  },
  ContactEnded: (state, { assignment, ...data }, on) => ends(state, assignment, on, data),
  ContactAbsenceStarted: (state, { assignment, deputyAssignment }, on) => {
    part(state, 'contacts', assignment)['absent'] ??= {
      since: on,
      ...(deputyAssignment === undefined ? {} : { deputyAssignment }),
    };
  },
  ContactAbsenceEnded: (state, { assignment }) => {
    delete part(state, 'contacts', assignment)['absent'];
  },
  PlanAgreed: agreedPlan,
  PlanRevised: agreedPlan,
  FollowUpPlanned: (state, { plan, on }) => followUpIs(state, plan, on),
  FollowUpHeld: (state, { plan, nextFollowUpOn, ...data }, on) => {
    Object.assign(part(state, 'plans', plan), { followUpHeld: { on, ...data } });
    followUpIs(state, plan, nextFollowUpOn);
  },
  FollowUpNotHeld: (state, { plan, newDate, ...data }, on) => {
    Object.assign(part(state, 'plans', plan), { followUpNotHeld: { on, ...data } });
    if (newDate !== undefined) followUpIs(state, plan, newDate);
  },
  RecordedInDocument: (state, { document, about, reference }, on) =>
    Object.assign(part(state, 'documents', about), {
      [String(document)]: { on, ...(reference === undefined ? {} : { reference }) },
    }),
};

/**
 * What is true of an episode on a day, as its entries say it: care, offers and answers, contacts, plans, documents.
 * What the rules make of it is the judgement's.
 */
export function episodeState(facts: readonly Fact[], asOf: string): State {
  const state = tell(facts, asOf, STEPS);
  // A replacement has the role of the assignment that it ends, whatever their days: no fold in the order of days can
  // tell it.
  const roleOf = rolesIn(new Facts(facts));
  for (const [id, contact] of Object.entries((state['contacts'] ?? {}) as Record<string, State>))
    if (contact['replaces'] !== undefined) contact['role'] = roleOf(id);
  return state;
}
