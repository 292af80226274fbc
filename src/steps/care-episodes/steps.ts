import { holdPlanMeetingStep } from './commands/hold-plan-meeting/hold-plan-meeting.command.js';
import { declinePlanStep } from './commands/decline-plan/decline-plan.command.js';
import { requestContactChangeStep } from './commands/request-contact-change/request-contact-change.command.js';
import { closeContactChangeRequestStep } from './commands/close-contact-change-request/close-contact-change-request.command.js';
import { agreePrivateFundsStep } from './commands/agree-private-funds/agree-private-funds.command.js';
import { endPrivateFundsStep } from './commands/end-private-funds/end-private-funds.command.js';
import { assessHomeRiskStep } from './commands/assess-home-risk/assess-home-risk.command.js';
import { acceptOfferStep } from './commands/accept-offer/accept-offer.command.js';
import { agreePlanStep } from './commands/agree-plan/agree-plan.command.js';
import { assessUnnecessityStep } from './commands/assess-unnecessity/assess-unnecessity.command.js';
import { assignContactStep } from './commands/assign-contact/assign-contact.command.js';
import { bookPlanMeetingStep } from './commands/book-plan-meeting/book-plan-meeting.command.js';
import { changeServicesStep } from './commands/change-services/change-services.command.js';
import { declineOfferStep } from './commands/decline-offer/decline-offer.command.js';
import { endAbsenceStep } from './commands/end-absence/end-absence.command.js';
import { endContactStep } from './commands/end-contact/end-contact.command.js';
import { endEpisodeStep } from './commands/end-episode/end-episode.command.js';
import { giveConsentStep } from './commands/give-consent/give-consent.command.js';
import { giveInformationStep } from './commands/give-information/give-information.command.js';
import { holdFollowUpStep } from './commands/hold-follow-up/hold-follow-up.command.js';
import { missFollowUpStep } from './commands/miss-follow-up/miss-follow-up.command.js';
import { moveEpisodeStep } from './commands/move-unit/move-unit.command.js';
import { offerContactStep } from './commands/offer-contact/offer-contact.command.js';
import { pauseEpisodeStep } from './commands/pause-episode/pause-episode.command.js';
import { planFollowUpStep } from './commands/plan-follow-up/plan-follow-up.command.js';
import { recordInDocumentStep } from './commands/record-in-document/record-in-document.command.js';
import { replaceContactStep } from './commands/replace-contact/replace-contact.command.js';
import { resumeEpisodeStep } from './commands/resume-episode/resume-episode.command.js';
import { revisePlanStep } from './commands/revise-plan/revise-plan.command.js';
import { startAbsenceStep } from './commands/start-absence/start-absence.command.js';
import { startEpisodeStep } from './commands/start-episode/start-episode.command.js';
import { withdrawConsentStep } from './commands/withdraw-consent/withdraw-consent.command.js';

/** Every step of this feature that can be recorded live. */
export const careEpisodeSteps = [
  startEpisodeStep,
  moveEpisodeStep,
  changeServicesStep,
  pauseEpisodeStep,
  resumeEpisodeStep,
  endEpisodeStep,
  assessUnnecessityStep,
  giveInformationStep,
  offerContactStep,
  acceptOfferStep,
  declineOfferStep,
  giveConsentStep,
  withdrawConsentStep,
  bookPlanMeetingStep,
  assignContactStep,
  replaceContactStep,
  endContactStep,
  startAbsenceStep,
  endAbsenceStep,
  agreePlanStep,
  revisePlanStep,
  planFollowUpStep,
  holdFollowUpStep,
  missFollowUpStep,
  recordInDocumentStep,
  holdPlanMeetingStep,
  declinePlanStep,
  requestContactChangeStep,
  closeContactChangeRequestStep,
  agreePrivateFundsStep,
  endPrivateFundsStep,
  assessHomeRiskStep,
];
