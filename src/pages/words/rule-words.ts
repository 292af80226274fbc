import type { Status } from '../../compliance-rules/model.js';
import type { FactName } from '../../facts/event-catalogue.js';

/** What mends a lack: what is recorded, and what its button says. */
export interface MendingAct {
  readonly records: FactName;
  readonly button: string;
}

/** How a rule is spoken of to people. */
export interface RuleWords {
  readonly name: string;
  /** What is wanting where it is not met. */
  readonly lack: string;
  /** What one does about it. */
  readonly act: MendingAct;
}

const act = (records: FactName, button: string): MendingAct => ({ records, button });

/** By rule, in the words of the routine. A spec asks for those of every rule of the catalogue. */
export const RULE_WORDS: Readonly<Record<string, RuleWords>> = {
  OFFER: { name: 'Erbjudande', lack: 'Inte erbjuden', act: act('ContactOffered', 'Registrera erbjudande') },
  UNNECESSARY: {
    name: 'Uppenbart obehövligt',
    lack: 'Bedömning att göra om',
    act: act('ObviousUnnecessityAssessed', 'Bedöm på nytt'),
  },
  ANSWER: { name: 'Svar på erbjudandet', lack: 'Svar saknas', act: act('OfferAccepted', 'Registrera svar') },
  DECLINE_REASON: {
    name: 'Orsak när omsorgstagaren tackar nej',
    lack: 'Orsak till nej saknas',
    act: act('EntryCorrected', 'Ange orsaken'),
  },
  ASSIGNED: { name: 'Kontakt utsedd', lack: 'Saknar kontakt', act: act('ContactAssigned', 'Utse kontakt') },
  TITLE: { name: 'Yrkestitel', lack: 'Kontakt utan bevis', act: act('TitleVerified', 'Kontrollera bevis') },
  TRAINING: { name: 'Utbildning', lack: 'Utbildning saknas', act: act('TrainingCompleted', 'Registrera utbildning') },
  SIGNED: {
    name: 'Uppdragsbeskrivning',
    lack: 'Uppdragsbeskrivning ej undertecknad',
    act: act('AssignmentDescriptionSigned', 'Registrera underskrift'),
  },
  YEARLY: {
    name: 'Årlig uppföljning av uppdraget',
    lack: 'Årlig uppföljning saknas',
    act: act('YearlyFollowUpHeld', 'Registrera uppföljning'),
  },
  PLAN: { name: 'Genomförandeplan', lack: 'Genomförandeplan saknas', act: act('PlanAgreed', 'Registrera plan') },
  FOLLOW_UP_DATE: {
    name: 'Datum för uppföljning',
    lack: 'Datum för uppföljning saknas',
    act: act('FollowUpPlanned', 'Bestäm dag'),
  },
  FOLLOW_UP: {
    name: 'Uppföljning av planen',
    lack: 'Uppföljning försenad',
    act: act('FollowUpHeld', 'Registrera uppföljning'),
  },
  NAMED: {
    name: 'Kontakten i journal, plan och personbild',
    lack: 'Inte införd i alla handlingar',
    act: act('RecordedInDocument', 'Registrera anteckning'),
  },
  DEPUTY: { name: 'Ersättare vid frånvaro', lack: 'Ersättare saknas', act: act('ContactAssigned', 'Utse vice') },
  CONSENT: {
    name: 'Samtycke till dem som deltar',
    lack: 'Samtycke saknas',
    act: act('ConsentGiven', 'Registrera samtycke'),
  },
  INFORMED: {
    name: 'Information vid fysiskt möte',
    lack: 'Information ofullständig',
    act: act('InformationGiven', 'Registrera information'),
  },
  BOOKED: {
    name: 'Möte för genomgång',
    lack: 'Möte ej bokat eller hållet',
    act: act('PlanMeetingBooked', 'Boka möte'),
  },
  AGREED_WITH: {
    name: 'Plan överenskommen med omsorgstagaren',
    lack: 'Plan utan omsorgstagaren',
    act: act('PlanRevised', 'Revidera planen'),
  },
  NOTED: {
    name: 'Anteckning i journalen',
    lack: 'Anteckning i journalen saknas',
    act: act('RecordedInDocument', 'Registrera anteckning'),
  },
  APPOINTED: {
    name: 'Utsedd av enhetschefen',
    lack: 'Inte utsedd av enhetschefen',
    act: act('EntryCorrected', 'Ange vem som utsåg'),
  },
  CHANGE: {
    name: 'Önskemål om byte av kontakt',
    lack: 'Önskemål om byte ej besvarat',
    act: act('ContactReplaced', 'Registrera byte'),
  },
  FIRST_CONTACT: {
    name: 'Första kontakt',
    lack: 'Första kontakt saknas',
    act: act('InformationGiven', 'Registrera information'),
  },
  STARTED_IN_TIME: {
    name: 'Omsorgen påbörjad i tid',
    lack: 'Omsorgen påbörjad för sent',
    act: act('EntryCorrected', 'Rätta startdagen'),
  },
  PLAN_RENEWED: {
    name: 'Plan förnyad när beviljade insatser har ändrats',
    lack: 'Plan inte förnyad',
    act: act('PlanRevised', 'Revidera planen'),
  },
  RISK: {
    name: 'Riskbedömning i hemmet',
    lack: 'Riskbedömning saknas',
    act: act('HomeRiskAssessed', 'Registrera bedömning'),
  },
};

/** The words of a rule; its id where this program does not know it. */
export function ruleWords(rule: string): RuleWords {
  return RULE_WORDS[rule] ?? { name: rule, lack: rule, act: act('EntryCorrected', 'Rätta') };
}

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  MET: 'Uppfyllt',
  DUE: 'Inom tid',
  BREACH: 'Brist',
  WARNING: 'Anmärkning',
};
