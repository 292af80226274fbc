import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { callScope } from '../../access/call-scope.js';
import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import type { FactData } from '../../facts/event-catalogue.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import type { RecordedEvent } from '../../kernel/event-sourcing/envelope.js';

/** A personuppgiftsansvarig; nothing but the id where its registration was annulled. */
export type ControllerTold = { readonly id: string } & Partial<FactData['ControllerRegistered']>;

/** All controllers that the call may show, in order of id. */
export class ListControllers extends Query<readonly ControllerTold[]> {}

const PAGE = 500;

@QueryHandler(ListControllers)
export class ListControllersHandler implements IQueryHandler<ListControllers> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  async execute(_query: ListControllers): Promise<readonly ControllerTold[]> {
    const controllers: ControllerTold[] = [];
    for (let after: string | undefined; ;) {
      const ids = await this.reads.index.streams('controller', {
        ...(after === undefined ? {} : { after }),
        limit: PAGE,
      });
      for (const id of ids.filter(mayBeListed))
        controllers.push(controllerTold(id, await this.reads.log.readStream(`controller-${id}`)));
      if (ids.length < PAGE) return controllers;
      after = ids.at(-1);
    }
  }
}

/** Who a controller is, by its stream. */
export function controllerTold(id: string, history: readonly RecordedEvent[]): ControllerTold {
  return { id, ...new Facts(resolveEntries(history)).of('ControllerRegistered')[0]?.data };
}

function mayBeListed(id: string): boolean {
  const nothing: ReadonlySet<string> = new Set();
  return callScope().unit({ kind: 'list', controllers: new Set([id]), units: nothing, commissionedBy: nothing });
}
