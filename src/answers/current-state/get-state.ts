import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Fact } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { unknown } from '../../judgement/answer-problems.js';
import { type AnswerBasis, shown } from '../answer.js';
import { withoutSecrets } from '../../judgement/person/secret-identities.js';
import type { Known } from '../../judgement/read-model.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { secretsIn } from '../../judgement/person/opened-person.js';
import { episodeState } from './episode-state.js';
import type { State } from './fold.js';
import { recipientState } from './recipient-state.js';
import { staffState } from './staff-state.js';
import { controllerState, unitState } from './unit-state.js';

const FOLDS = {
  recipient: recipientState,
  careEpisode: episodeState,
  staff: staffState,
  unit: unitState,
  controller: controllerState,
} as const satisfies Record<string, (facts: readonly Fact[], asOf: string) => State>;

export type StateKind = keyof typeof FOLDS;

export interface StateAnswer extends AnswerBasis {
  readonly id: string;
  readonly on: string;
  /** Of the stream's last entry that is taken into account. */
  readonly revision: string;
  /** Shown when something cannot be read whole: the person's key was destroyed, or sealed fields are damaged. */
  readonly seal?: 'DESTROYED' | 'DAMAGED';
  readonly state: State;
}

/** What is true of one recipient, episode, employee, unit or controller on a day. */
export class GetState extends Query<StateAnswer> {
  /** @param on `YYYY-MM-DD` */
  constructor(
    readonly kind: StateKind,
    readonly id: string,
    readonly on: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetState)
export class GetStateHandler implements IQueryHandler<GetState> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_… when there is no such stream, or was none at the knowledge time */
  async execute({ kind, id, on, knownAt }: GetState): Promise<StateAnswer> {
    const { streams, log } = this.reads;
    const stream = `${kind}-${id}`;
    const known = await this.knownWith(stream, knownAt);
    const events = await log.open(await streams.read(stream, known.position));
    const last = events.at(-1);
    if (!last) throw unknown(kind, id);
    const secret = await secretsIn(stream, this.reads);
    const damage = events.find(({ seal }) => seal !== 'CLEAR')?.seal;
    return {
      id,
      on,
      ...shown(known),
      revision: String(last.revision),
      ...(damage === undefined || damage === 'CLEAR' ? {} : { seal: damage }),
      state: FOLDS[kind](resolveEntries(events.map((event) => withoutSecrets(event, secret))), on),
    };
  }

  /**
   * The stream itself says whether it is there: what a command has just opened can be read at once, whatever the views
   * know.
   */
  private async knownWith(stream: string, knownAt: string | undefined): Promise<Known> {
    const known = await this.reads.knowledge.at(knownAt);
    if (known.closed) return known;
    const events = await this.reads.streams.read(stream);
    const [first, last] = [events[0], events.at(-1)];
    if (!first || !last || first.position <= known.position) return known;
    return { ...known, ...(await this.reads.knowledge.through(last.position)) };
  }
}
