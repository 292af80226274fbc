import { Inject, Injectable, type PipeTransform } from '@nestjs/common';
import { Asked } from '../asked.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';

/** Ids are UUIDs and compare without regard to case; the register keeps them in lower case. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    return id.toLowerCase();
  }
}

/** {@link Asked} by the register's own clock. */
@Injectable()
export class Question extends Asked {
  constructor(@Inject(READ_SIDE) reads: ReadSide) {
    super(reads.clock);
  }
}
