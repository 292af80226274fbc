import type { EvidenceFigures } from '../../kernel/observability/evidence.js';
import { unknown } from '../../judgement/answer-problems.js';
import type { ReadSide } from '../../judgement/read-side.js';
import type { AnswerBasis } from '../answer.js';
import {
  type AssignmentInTime,
  type EpisodeInPicture,
  GetPicture,
  GetPictureHandler,
} from '../compliance/get-picture.js';
import type { RuleInTime } from '../compliance/compliance.js';
import type { State } from '../current-state/fold.js';
import { namesIn } from '../text/names.js';
import { unprotectedStaff } from '../unprotected-staff.js';
import { toldHistory } from '../timeline/get-timeline.js';
import { personState } from '../timeline/person-state.js';
import type { TimelineEntry } from '../timeline/timeline.js';
import { type LogProof, logProof } from './log-proof.js';

/** A contact over all time, with the entries that her right to the title rests on. */
export interface ContactInFile extends AssignmentInTime {
  /** Ids of entries of the history, in its order. */
  readonly titleEvidence: readonly string[];
}

/** An episode as a file tells it: what is true of it on the day, and what the rules see and say over all time. */
export interface EpisodeInFile extends Omit<EpisodeInPicture, 'row' | 'assignments'> {
  readonly state: State;
  readonly assignments: readonly ContactInFile[];
}

/** All that the register has about one person, as it leaves the register: by one part of the log, whatever is asked. */
export interface RecipientFile extends AnswerBasis {
  readonly recipient: string;
  /** All registrations of the same person that are told together. */
  readonly recipients: readonly string[];
  /** Who is responsible for the registrations. */
  readonly controllers: readonly string[];
  /** The day on which the person's and the episodes' states are told. */
  readonly on: string;
  readonly generatedAt: string;
  readonly state: State;
  /** The whole history, also what is to become true later. */
  readonly entries: readonly TimelineEntry[];
  readonly episodes: readonly EpisodeInFile[];
  /**
   * What controllers, units, employees and recipients that are spoken of are called, by id; without employees whose own
   * data are protected, but for the person's own contacts.
   */
  readonly names: Readonly<Record<string, string>>;
  readonly proof: LogProof;
}

/** After every day that anybody can say. */
const EVER = '9999-12-31';

/**
 * One person's file: the same questions as anybody can ask one by one, all answered by the part of the log that the first
 * of them found.
 * @param on `YYYY-MM-DD` @param evidence undefined where nothing vouches for the log
 * @throws Problem UNKNOWN_RECIPIENT, also when there was none at the knowledge time
 */
export async function recipientFile(
  reads: ReadSide,
  evidence: EvidenceFigures | undefined,
  {
    recipient,
    on,
    knownAt,
  }: { readonly recipient: string; readonly on: string; readonly knownAt?: string | undefined },
): Promise<RecipientFile> {
  const { timeline, person } = await toldHistory(reads, recipient, EVER, knownAt);
  const { recipient: _asked, recipients, entries, asOf: _ever, ...basis } = timeline;
  const states = personState(person.streams, on);
  const state = states.recipients[recipient];
  if (!state) throw unknown('recipient', recipient);
  const picture = await new GetPictureHandler(reads).execute(new GetPicture(recipient, on, timeline.knownAt));
  const ofStaff = entries.filter(({ staff }) => staff !== undefined);
  const episodes = picture.episodes.map(({ row: _row, assignments, ...episode }) => ({
    ...episode,
    state: states.episodes[episode.episode] ?? {},
    assignments: assignments.map((one) => ({ ...one, titleEvidence: titleEvidence(one, episode.rules, ofStaff) })),
  }));
  const controllers = await controllersOf(reads, recipients);
  const position = BigInt(timeline.position);
  const names = await namesIn(
    reads,
    entries.map(({ eventId, ...entry }) => ({ ...entry, id: eventId })),
    position,
    [
      ...recipients.map((id) => `recipient-${id}`),
      ...controllers.map((id) => `controller-${id}`),
      ...episodes.flatMap((episode) => episode.units.map(({ unit }) => `unit-${unit}`)),
      ...episodes.flatMap((episode) => episode.assignments.map(({ staff }) => `staff-${staff}`)),
    ],
  );
  const provenance = await reads.knowledge.provenance({ position });
  return {
    recipient,
    recipients,
    controllers,
    on,
    generatedAt: reads.clock.now(),
    ...basis,
    ...(picture.waiting ? { waiting: true } : {}),
    ...(picture.parked ? { parked: true } : {}),
    state,
    entries,
    episodes,
    names: await namesToLeave(reads, names.called(), { entries, episodes }),
    proof: logProof(
      entries.map((entry) => entry.position),
      provenance,
      evidence,
    ),
  };
}

/** Names that may leave the register: to whom it is about may mean to whom an employee is protected from. */
async function namesToLeave(
  reads: ReadSide,
  names: RecipientFile['names'],
  { entries, episodes }: Pick<RecipientFile, 'entries' | 'episodes'>,
): Promise<RecipientFile['names']> {
  const told = new Set([
    ...episodes.flatMap(({ assignments }) => assignments.map(({ staff }) => staff)),
    // Of nobody but the person's contacts are entries of her own told.
    ...entries.flatMap(({ staff }) => staff?.id ?? []),
  ]);
  for (const id of await unprotectedStaff(reads, Object.keys(names))) told.add(id);
  return Object.fromEntries(Object.entries(names).filter(([id]) => told.has(id)));
}

/** Those of an employee's entries that the judgement of her right to the title names. */
function titleEvidence(
  { assignment, staff }: AssignmentInTime,
  rules: readonly RuleInTime[],
  ofStaff: readonly TimelineEntry[],
): string[] {
  const judged = rules.filter(({ rule, assignment: of }) => rule === 'TITLE' && of === assignment);
  const named = new Set(judged.flatMap(({ evidence }) => evidence));
  return ofStaff.filter((entry) => entry.staff?.id === staff && named.has(entry.eventId)).map((entry) => entry.eventId);
}

async function controllersOf({ index }: Pick<ReadSide, 'index'>, recipients: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const id of recipients) {
    const context = await index.contextOf(`recipient-${id}`);
    if (context?.controller !== undefined) found.add(context.controller);
  }
  return [...found].sort();
}
