import type { Status, TitleBasis } from '../compliance-rules/model.js';
import type { EntryStatus } from '../compliance-rules/resolve-entries.js';

/** What people read instead of codes, in Swedish. */

const EVENT_LABELS: Readonly<Record<string, string>> = {
  ControllerRegistered: 'Personuppgiftsansvarig registrerad',
  UnitOpened: 'Enhet öppnad',
  UnitManagerAppointed: 'Enhetschef utsedd',
  UnitClosed: 'Enhet stängd',
  PolicyAdopted: 'Lokala riktlinjer antagna',
  StaffRegistered: 'Medarbetare registrerad',
  EmploymentStarted: 'Anställning påbörjad',
  EmploymentEnded: 'Anställning avslutad',
  StaffMovedUnit: 'Medarbetare bytte enhet',
  TitleVerified: 'Bevis om yrkestitel kontrollerat',
  TransitionStatusDocumented: 'Övergångsregel dokumenterad',
  ApprovedEducationRecorded: 'Godkänd utbildning registrerad',
  TitleVerificationWithdrawn: 'Kontroll av yrkestitel återtagen',
  TrainingCompleted: 'Utbildning till omsorgskontakt genomförd',
  AssignmentDescriptionSigned: 'Uppdragsbeskrivning undertecknad',
  YearlyFollowUpHeld: 'Årlig uppföljning med medarbetaren',
  LeaveStarted: 'Ledighet påbörjad',
  LeaveEnded: 'Ledighet avslutad',
  RecipientRegistered: 'Omsorgstagare registrerad',
  RecipientIdentityChanged: 'Nytt personnummer eller annan identitet',
  RecipientProtectionChanged: 'Skyddade personuppgifter ändrade',
  RecipientMerged: 'Dubbelregistrering sammanförd',
  RepresentativeRegistered: 'Företrädare registrerad',
  PersonForgotten: 'Personens uppgifter gallrade',
  CareEpisodeStarted: 'Insats påbörjad',
  CareEpisodeMovedUnit: 'Insats flyttad till annan enhet',
  ServicesChanged: 'Insatsens innehåll ändrat',
  CareEpisodePaused: 'Uppehåll påbörjat',
  CareEpisodeResumed: 'Uppehåll avslutat',
  CareEpisodeEnded: 'Insats avslutad',
  ObviousUnnecessityAssessed: 'Bedömt uppenbart obehövligt',
  InformationGiven: 'Information given',
  ContactOffered: 'Fast omsorgskontakt erbjuden',
  OfferAccepted: 'Tackade ja',
  OfferDeclined: 'Tackade nej',
  ConsentGiven: 'Samtycke lämnat',
  ConsentWithdrawn: 'Samtycke återkallat',
  PlanMeetingBooked: 'Planeringsmöte bokat',
  ContactAssigned: 'Omsorgskontakt utsedd',
  ContactReplaced: 'Omsorgskontakt bytt',
  ContactEnded: 'Uppdrag som omsorgskontakt avslutat',
  ContactAbsenceStarted: 'Omsorgskontaktens frånvaro påbörjad',
  ContactAbsenceEnded: 'Omsorgskontaktens frånvaro avslutad',
  PlanAgreed: 'Genomförandeplan överenskommen',
  PlanRevised: 'Genomförandeplan reviderad',
  FollowUpPlanned: 'Uppföljning planerad',
  FollowUpHeld: 'Uppföljning genomförd',
  FollowUpNotHeld: 'Uppföljning blev inte av',
  RecordedInDocument: 'Antecknad i journal, plan eller personbild',
  EntryCorrected: 'Rättelse',
  EntryAnnulled: 'Makulering',
  EntryDisputed: 'Den enskilde anser uppgiften felaktig',
};

/** The Swedish name of an event type; the type itself where it has none. */
export function eventLabel(type: string): string {
  return EVENT_LABELS[type] ?? type;
}

export const STATUS_LABELS: Readonly<Record<Status, string>> = { MET: 'uppfyllt', DUE: 'inom tid', BREACH: 'AVVIKELSE', WARNING: 'varning' };

export const ENTRY_STATUS_LABELS: Readonly<Record<EntryStatus['status'], string>> = { VALID: 'gäller', CORRECTED: 'rättad', ANNULLED: 'makulerad', DISPUTED: 'bestridd' };

export const TITLE_LABELS: Readonly<Record<TitleBasis, string>> = {
  CERTIFICATE: 'bevis',
  TRANSITION: 'övergångsregel',
  EMPLOYER_APPROVED: 'utbildning som arbetsgivaren godkänt',
  NONE: 'ingen behörighet',
};

export const CARE_FORM_LABELS: Readonly<Record<string, string>> = { HOME_CARE: 'hemtjänst', HOUSING_SUPPORT: 'boendestöd', RESIDENTIAL_CARE: 'särskilt boende', LSS: 'LSS' };
