import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { assessEpisode } from '../../compliance-rules/index.js';
import type { EpisodeAssessment } from '../../compliance-rules/model.js';
import { entryStatuses } from '../../compliance-rules/resolve-entries.js';
import type { OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import { Problem } from '../../kernel/http/problem.js';
import { answerProblems, mustExist } from '../../judgement/answer-problems.js';
import { type AnswerBasis, shown } from '../answer.js';
import { loadPerson } from '../../judgement/person/person.js';
import { DossierLoader } from '../../judgement/dossier-loader.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { type Change, difference } from '../difference.js';
import { lateLimits } from './late-limit.js';
import { openPerson, type OpenedPerson, secretsOf } from '../../judgement/person/opened-person.js';
import {
  type PersonState,
  personState,
  type RuleStatus,
  type StatusChange,
  statusChanges,
  statusesOn,
} from './person-state.js';
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

/** One step of a person's history: the last entry up to a position, and what it changed. */
export class GetReplay extends Query<ReplayAnswer> {
  /** @param asOf `YYYY-MM-DD`; default the day on which the entry became true */
  constructor(
    readonly recipient: string,
    readonly to: bigint,
    readonly asOf?: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetReplay)
export class GetReplayHandler implements IQueryHandler<GetReplay> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_RECIPIENT; UNKNOWN_ENTRY when nothing was known of the recipient by then */
  async execute({ recipient, to, asOf, knownAt }: GetReplay): Promise<ReplayAnswer> {
    const { knowledge, log } = this.reads;
    await mustExist(this.reads, 'recipient', recipient);
    const known = await knowledge.at(knownAt);
    const secret = await secretsOf(recipient, this.reads, log);
    const person = await openPerson(await loadPerson(this.reads, recipient, known.position), log, secret);
    const all = inLogOrder(person);
    const at = all.findLastIndex((event) => event.position <= to);
    const event = all[at];
    if (!event) throw new Problem(answerProblems.UNKNOWN_ENTRY, { members: { kind: 'entry', to: String(to) } });

    const on = asOf ?? event.effectiveOn;
    const [before, after] = [
      await this.upTo(event.position - 1n, recipient, secret),
      await this.upTo(event.position, recipient, secret),
    ];
    const momentBefore = {
      state: personState(before.streams, on),
      compliance: statusesOn(await this.judge(before, event.position - 1n), on),
    };
    const momentAfter = {
      state: personState(after.streams, on),
      compliance: statusesOn(await this.judge(after, event.position), on),
    };
    const [previous, next] = [all[at - 1], all[at + 1]];
    return {
      recipient,
      asOf: on,
      ...shown({ ...known, parked: person.unreadable.length > 0 }),
      before: momentBefore,
      event: await this.shownEvent(event, after),
      after: momentAfter,
      changed: {
        state: difference(momentBefore.state, momentAfter.state),
        compliance: statusChanges(momentBefore.compliance, momentAfter.compliance),
      },
      ...(previous ? { previous: String(previous.position) } : {}),
      ...(next ? { next: String(next.position) } : {}),
    };
  }

  private async upTo(position: bigint, recipient: string, secret: ReadonlySet<string>): Promise<OpenedPerson> {
    const { index, log } = this.reads;
    const cut = { index, streams: { read: (stream: string) => log.readStream(stream, { upTo: position }) } };
    return openPerson(await loadPerson(cut, recipient), log, secret);
  }

  private async judge(person: OpenedPerson, position: bigint): Promise<EpisodeAssessment[]> {
    const loader = new DossierLoader(this.reads.log, this.reads.index, position);
    const assessments = await Promise.all(
      readableEpisodes(person).map(async (episode) => assessEpisode(await loader.load(episode))),
    );
    return assessments.filter((assessment) => assessment !== undefined);
  }

  /** As it was right after it came in: also what is late goes by the policies that stood in the log by then. */
  private async shownEvent(event: OpenedEvent, after: OpenedPerson): Promise<TimelineEntry> {
    const status = entryStatuses(after.streams.get(event.stream) ?? []).get(event.id) ?? {
      status: 'VALID' as const,
      disputedBy: [],
    };
    const lateAfter = await lateLimits(after.streams, {
      read: (stream) => this.reads.log.readStream(stream, { upTo: event.position }),
    });
    return entryOf(event, status, isLate(event, lateAfter(event.stream, event.effectiveOn)));
  }
}

function readableEpisodes({ episodes, unreadable }: OpenedPerson): string[] {
  return episodes.filter((episode) => !unreadable.includes(`careEpisode-${episode}`));
}

function inLogOrder(person: OpenedPerson): OpenedEvent[] {
  return [...person.streams.values()].flat().sort((a, b) => (a.position < b.position ? -1 : 1));
}
