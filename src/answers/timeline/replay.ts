import { assessAt, assessEpisode, prepare, type PreparedDossier } from '../../compliance-rules/index.js';
import type { EpisodeAssessment } from '../../compliance-rules/model.js';
import { entryStatuses } from '../../compliance-rules/resolve-entries.js';
import { answerProblems, mustExist } from '../../judgement/answer-problems.js';
import { DossierLoader } from '../../judgement/dossier-loader.js';
import { type OpenedPerson, secretsOf } from '../../judgement/person/opened-person.js';
import { loadPerson, withoutNotes } from '../../judgement/person/person.js';
import { withoutSecrets } from '../../judgement/person/secret-identities.js';
import type { Known } from '../../judgement/read-model.js';
import type { ReadSide } from '../../judgement/read-side.js';
import type { OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import type { RecordedEvent } from '../../kernel/event-sourcing/envelope.js';
import { UnreadableEvent } from '../../kernel/event-sourcing/unreadable-event.js';
import { Problem } from '../../kernel/http/problem.js';
import { type AnswerBasis, shown } from '../answer.js';
import { type Change, difference } from '../difference.js';
import { lateLimits } from './late-limit.js';
import {
  type PersonState,
  personState,
  type RuleStatus,
  type StatusChange,
  statusChanges,
  statusesOn,
} from './person-state.js';
import { withoutOwnMatters } from './staff-entries.js';
import { type StaffHistories, staffHistories, type StaffMark } from './staff-histories.js';
import { entryOf, isLate, type TimelineEntry } from './timeline.js';

/** A person's state and how the rules judge it, on one day, by all entries up to one position. */
export interface Moment {
  readonly state: PersonState;
  readonly compliance: readonly RuleStatus[];
}

export interface ReplayAnswer extends AnswerBasis {
  readonly recipient: string;
  /** The day on which both moments are told: unless another is asked for, that on which the entry became true. */
  readonly asOf: string;
  readonly before: Moment;
  /** The entry; its `actor` and `recordedAt` say who knew, and since when. */
  readonly event: TimelineEntry;
  readonly after: Moment;
  readonly changed: { readonly state: readonly Change[]; readonly compliance: readonly StatusChange[] };
  /** Positions of the person's entries before and after this one, to step on from. */
  readonly previous?: string;
  readonly next?: string;
}

/**
 * The history of one person, to be stepped through. Everything is read and opened once, however many steps are taken:
 * each step cuts it at a position, which is what the register knew then.
 */
export class Replay {
  /** Hers and those of her contacts by what is known, in the order in which the log has them. */
  readonly entries: readonly OpenedEvent[];
  private readonly parked: boolean;
  private readonly staff: ReadonlyMap<string, StaffMark>;
  private readonly prepared = new Map<string, Promise<PreparedDossier | undefined>>();
  private readonly shared = new Map<string, Promise<RecordedEvent[]>>();

  constructor(
    private readonly reads: ReadSide,
    private readonly recipient: string,
    private readonly known: Known,
    now: OpenedPerson,
    private readonly person: PersonByPosition,
    { histories, incomplete }: StaffHistories,
  ) {
    const ofStaff = histories.map(({ events, told }) => events.filter(({ id }) => told.has(id)));
    this.entries = [...now.streams.values(), ...ofStaff].flat().sort((a, b) => (a.position < b.position ? -1 : 1));
    this.parked = now.unreadable.length > 0 || incomplete;
    this.staff = new Map(histories.map(({ stream, staff }) => [stream, staff]));
  }

  /**
   * The last entry up to a position, and what it changed.
   * @param asOf `YYYY-MM-DD`; default the day on which the entry became true
   * @throws Problem UNKNOWN_ENTRY when nothing was known of the recipient by then
   */
  async stepTo(position: bigint, asOf?: string): Promise<ReplayAnswer> {
    const at = this.entries.findLastIndex((event) => event.position <= position);
    const event = this.entries[at];
    if (!event) throw new Problem(answerProblems.UNKNOWN_ENTRY, { members: { kind: 'entry', to: String(position) } });
    return this.step(event, at, asOf);
  }

  /** Every step from the first entry on. @param asOf see {@link stepTo} */
  async *steps(asOf?: string): AsyncGenerator<ReplayAnswer> {
    for (const [at, event] of this.entries.entries()) yield await this.step(event, at, asOf);
  }

  private async step(event: OpenedEvent, at: number, asOf: string | undefined): Promise<ReplayAnswer> {
    const on = asOf ?? event.effectiveOn;
    const before = await this.momentAt(event.position - 1n, on);
    const after = await this.momentAt(event.position, on);
    const [previous, next] = [this.entries[at - 1], this.entries[at + 1]];
    return {
      recipient: this.recipient,
      asOf: on,
      ...shown({ ...this.known, parked: this.parked }),
      before,
      event: await this.shownEvent(event),
      after,
      changed: {
        state: difference(before.state, after.state),
        compliance: statusChanges(before.compliance, after.compliance),
      },
      ...(previous ? { previous: String(previous.position) } : {}),
      ...(next ? { next: String(next.position) } : {}),
    };
  }

  private async momentAt(position: bigint, on: string): Promise<Moment> {
    const { streams, episodes, unreadable } = await this.person.at(position);
    const judged = await Promise.all(
      episodes
        .filter((episode) => !unreadable.includes(`careEpisode-${episode}`))
        .map((episode) => this.assessmentAt(episode, position)),
    );
    const assessments = judged.filter((assessment) => assessment !== undefined);
    return { state: personState(streams, on), compliance: statusesOn(assessments, on) };
  }

  private async assessmentAt(episode: string, position: bigint): Promise<EpisodeAssessment | undefined> {
    const load = async (end: bigint): Promise<PreparedDossier> => prepare(await this.loader(end).load(episode));
    const dossier = await remembered(this.prepared, episode, () => readable(load(this.known.position)));
    return assessAt(dossier ?? (await load(position)), { upTo: position });
  }

  private loader(upTo: bigint): DossierLoader {
    return new DossierLoader(this.reads.log, this.reads.index, upTo);
  }

  /** As it was right after it came in: also what is late goes by the policies that stood in the log by then. */
  private async shownEvent(event: OpenedEvent): Promise<TimelineEntry> {
    const staff = this.staff.get(event.stream);
    const own = staff
      ? (await this.person.eventsOf(event.stream, event.position)).map(withoutOwnMatters)
      : ((await this.person.at(event.position)).streams.get(event.stream) ?? []);
    const status = entryStatuses(own).get(event.id) ?? { status: 'VALID' as const, disputedBy: [] };
    const lateAfter = await lateLimits(new Map([[event.stream, own]]), {
      read: async (stream) => upTo(event.position, await this.sharedStream(stream)),
    });
    return entryOf(event, status, isLate(event, lateAfter(event.stream, event.effectiveOn)), staff);
  }

  private sharedStream(stream: string): Promise<RecordedEvent[]> {
    return remembered(this.shared, stream, () => this.reads.log.readStream(stream, { upTo: this.known.position }));
  }
}

/** A person at any log position, from streams that are read and opened once. */
class PersonByPosition {
  private readonly streams = new Map<string, Promise<readonly OpenedEvent[] | undefined>>();
  private readonly merged = new Map<string, Promise<string[]>>();
  private readonly episodes = new Map<string, Promise<string[]>>();
  private last: { readonly position: bigint; readonly person: Promise<OpenedPerson> } | undefined;

  /** @param end the last position that is asked for */
  constructor(
    private readonly reads: Pick<ReadSide, 'index' | 'log'>,
    private readonly recipient: string,
    private readonly secret: ReadonlySet<string>,
    private readonly end: bigint,
  ) {}

  at(position: bigint): Promise<OpenedPerson> {
    if (this.last?.position !== position) this.last = { position, person: this.cutAt(position) };
    return this.last.person;
  }

  private async cutAt(position: bigint): Promise<OpenedPerson> {
    const { index } = this.reads;
    const read = (stream: string): Promise<OpenedEvent[]> => this.eventsOf(stream, position);
    const person = await loadPerson(
      {
        index: {
          mergedWith: (id) => remembered(this.merged, id, () => index.mergedWith(id)),
          episodesOf: (ids) => remembered(this.episodes, ids.join(' '), () => index.episodesOf(ids)),
        },
        streams: { read },
      },
      this.recipient,
    );
    const streams = new Map<string, readonly OpenedEvent[]>();
    for (const stream of person.streams.keys()) streams.set(stream, await read(stream));
    return { ...person, streams };
  }

  /** A stream up to a position, opened, without the numbers that are secret. */
  async eventsOf(stream: string, position: bigint): Promise<OpenedEvent[]> {
    const whole = await remembered(this.streams, stream, () => readable(this.opened(stream, this.end)));
    // Where something that came later cannot be read, what came before it can.
    return whole ? upTo(position, whole) : this.opened(stream, position);
  }

  private async opened(stream: string, end: bigint): Promise<OpenedEvent[]> {
    const { log } = this.reads;
    const events = await log.open(await log.readStream(stream, { upTo: end }));
    return withoutNotes(events.map((event) => withoutSecrets(event, this.secret)));
  }
}

/**
 * Prepares the history of a person to be stepped through, by what is known.
 * @throws Problem UNKNOWN_RECIPIENT, KNOWN_AT_AHEAD
 */
export async function replayOf(reads: ReadSide, recipient: string, knownAt?: string): Promise<Replay> {
  await mustExist(reads, 'recipient', recipient);
  const known = await reads.knowledge.at(knownAt);
  const person = new PersonByPosition(reads, recipient, await secretsOf(recipient, reads, reads.log), known.position);
  const now = await person.at(known.position);
  const loader = new DossierLoader(reads.log, reads.index, known.position);
  const staff = await staffHistories(now, {
    opened: (stream) => person.eventsOf(stream, known.position),
    assessed: async (episode) => assessEpisode(await loader.load(episode)),
  });
  return new Replay(reads, recipient, known, now, person, staff);
}

/** What a promise gives; undefined where something cannot be read. */
async function readable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}

function remembered<T>(answers: Map<string, Promise<T>>, about: string, ask: () => Promise<T>): Promise<T> {
  const known = answers.get(about) ?? ask();
  answers.set(about, known);
  return known;
}

function upTo<T extends { readonly position: bigint }>(position: bigint, events: readonly T[]): T[] {
  const end = events.findIndex((event) => event.position > position);
  return end === -1 ? [...events] : events.slice(0, end);
}
