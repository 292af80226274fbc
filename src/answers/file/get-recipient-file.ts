import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { OBSERVED, type Observed } from '../../kernel/observability/observed.js';
import { type RecipientFile, recipientFile } from './recipient-file.js';

/** All that the register has about one person, to leave the register. */
export class GetRecipientFile extends Query<RecipientFile> {
  /** @param on `YYYY-MM-DD` */
  constructor(
    readonly recipient: string,
    readonly on: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetRecipientFile)
export class GetRecipientFileHandler implements IQueryHandler<GetRecipientFile> {
  constructor(
    @Inject(READ_SIDE) private readonly reads: ReadSide,
    @Inject(OBSERVED) private readonly observed: Pick<Observed, 'evidence'>,
  ) {}

  /** @throws Problem UNKNOWN_RECIPIENT */
  execute(asked: GetRecipientFile): Promise<RecipientFile> {
    return recipientFile(this.reads, this.observed.evidence, asked);
  }
}
