import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { entryStatuses } from '../../compliance-rules/resolve-entries.js';
import { secretsIn } from '../../judgement/person/opened-person.js';
import { withoutSecrets } from '../../judgement/person/secret-identities.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { Problem } from '../../kernel/http/problem.js';
import { isId } from '../../kernel/id-form.js';
import { recordingProblems } from '../../recording/recording-problems.js';
import type { EntryDto } from './entry.dto.js';

export interface EntryAnswer {
  readonly entry: EntryDto;
  /** Of the stream's last entry: corrections are appended there. */
  readonly streamRevision: bigint;
}

/** One entry, as whoever wants to correct it has to see it. */
export class ReadEntry extends Query<EntryAnswer> {
  /** @param event in lower case */
  constructor(readonly event: string) {
    super();
  }
}

@QueryHandler(ReadEntry)
export class ReadEntryHandler implements IQueryHandler<ReadEntry> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_EVENT */
  async execute({ event }: ReadEntry): Promise<EntryAnswer> {
    const place = isId(event) ? (await this.reads.store.find([event])).get(event) : undefined;
    if (!place) throw new Problem(recordingProblems.UNKNOWN_EVENT);
    const history = await this.reads.log.readStream(place.stream);
    const [opened] = await this.reads.log.open(history.filter(({ id }) => id === event));
    const last = history.at(-1);
    if (!opened || !last) throw new Problem(recordingProblems.UNKNOWN_EVENT);
    const status = entryStatuses(history).get(event);
    const { data } = withoutSecrets(opened, await secretsIn(opened.stream, this.reads));
    const entry = {
      eventId: event,
      type: opened.type,
      stream: opened.stream,
      revision: String(opened.revision),
      position: String(opened.position),
      effectiveOn: opened.effectiveOn,
      recordedAt: opened.recordedAt,
      status: status?.status ?? 'VALID',
      ...(status?.correctedBy === undefined ? {} : { correctedBy: status.correctedBy }),
      data,
    };
    return { entry, streamRevision: last.revision };
  }
}
