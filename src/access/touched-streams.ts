import type { FactName } from '../facts/event-catalogue.js';
import type { RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import { type LinkKind, linksOf } from '../judgement/index/index-fold.js';

/** Whose roles or reach a link can change, by what somebody asks it by. */
const CATEGORY_OF: Readonly<Partial<Record<LinkKind, string>>> = {
  RECIPIENT_EPISODE: 'recipient',
  MERGED: 'recipient',
  STAFF_EPISODE: 'staff',
  MANAGER_UNIT: 'staff',
  STAFF_GRANT: 'staff',
  HSA_STAFF: 'hsa',
};

/** Of streams that tell much besides: what of it no role and no reach rests on. */
const SAYS_NOTHING: ReadonlySet<string> = new Set<FactName>([
  'TitleVerified',
  'TransitionStatusDocumented',
  'ApprovedEducationRecorded',
  'TitleVerificationWithdrawn',
  'TrainingCompleted',
  'AssignmentDescriptionSigned',
  'YearlyFollowUpHeld',
  'LeaveStarted',
  'LeaveEnded',
  'ServicesChanged',
  'CareEpisodePaused',
  'CareEpisodeResumed',
  'HomeRiskAssessed',
  'ContactChangeRequested',
  'ContactChangeRequestClosed',
  'ContactAbsenceStarted',
  'ContactAbsenceEnded',
  'RecordedInDocument',
  'RepresentativeRegistered',
  'GlassBreakReviewed',
  'PersonNoted',
  'PersonNoteLifted',
  'EntryDisputed',
]);
/** Of an episode only these say where somebody has care, and who is her contact; corrections may be of any. */
const OF_EPISODES: ReadonlySet<string> = new Set<FactName>([
  'CareEpisodeStarted',
  'CareEpisodeMovedUnit',
  'CareEpisodeEnded',
  'OfferAccepted',
  'ContactAssigned',
  'ContactReplaced',
  'ContactEnded',
  'EntryCorrected',
  'EntryAnnulled',
]);

/** Everybody's roles may have changed: a sign-in was named, and whose it is only its keyed hash tells. */
export const ANYBODY = 'anybody';

/** What rests on an entry: streams, and what an HSA-id is in a link; nothing for what says nothing of access. */
export function touchedStreams(event: RecordedEvent): string[] {
  const { type, stream } = event;
  if (SAYS_NOTHING.has(type) || (stream.startsWith('careEpisode-') && !OF_EPISODES.has(type))) return [];
  const linked = linksOf(event).flatMap(({ kind, from }) => {
    const category = CATEGORY_OF[kind];
    return category === undefined ? [] : [`${category}-${from}`];
  });
  const names = stream.startsWith('grant-') || type.startsWith('Identity') || type.startsWith('Entry');
  return [stream, ...linked, ...(names && !stream.startsWith('careEpisode-') ? [ANYBODY] : [])];
}
