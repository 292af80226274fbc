import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { mustExist } from '../../judgement/answer-problems.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { etagOf } from '../../kernel/http/etag.js';
import { type Day, dayOf } from '../../kernel/time/day.js';
import { type AnswerBasis, shown } from '../answer.js';
import { type PageRequest, pageOf } from '../cursor.js';
import { type Grant, grantOn, type Inspection, inspectionOn } from './decided-access.js';

export interface GrantsAnswer extends AnswerBasis {
  readonly controller: string;
  readonly on: string;
  readonly grants: readonly Grant[];
  readonly next?: string;
}

export interface InspectionsAnswer extends AnswerBasis {
  readonly controller: string;
  readonly on: string;
  readonly inspections: readonly Inspection[];
  readonly next?: string;
}

/** The grants of a controller that hold on a day, in order of id. */
export class ListGrants extends Query<GrantsAnswer> {
  /** @param on `YYYY-MM-DD` */
  constructor(
    readonly controller: string,
    readonly on: string,
    readonly page: PageRequest,
    readonly knownAt?: string,
  ) {
    super();
  }
}

/** The inspections of a controller that go on on a day, in order of id. */
export class ListInspections extends Query<InspectionsAnswer> {
  /** @param on `YYYY-MM-DD` */
  constructor(
    readonly controller: string,
    readonly on: string,
    readonly page: PageRequest,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(ListGrants)
export class ListGrantsHandler implements IQueryHandler<ListGrants> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_CONTROLLER, CURSOR_MALFORMED */
  async execute({ controller, on, page, knownAt }: ListGrants): Promise<GrantsAnswer> {
    await mustExist(this.reads, 'controller', controller);
    const known = await this.reads.knowledge.at(knownAt);
    const all = await decided(this.reads, 'grant', { controller, on, upTo: known.position }, grantOn);
    const { items, ...rest } = pageOf(all, page, { key: ({ grant }) => [grant], parts: 1 });
    return { controller, on, ...shown(known), grants: items, ...rest };
  }
}

@QueryHandler(ListInspections)
export class ListInspectionsHandler implements IQueryHandler<ListInspections> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_CONTROLLER, CURSOR_MALFORMED */
  async execute({ controller, on, page, knownAt }: ListInspections): Promise<InspectionsAnswer> {
    await mustExist(this.reads, 'controller', controller);
    const known = await this.reads.knowledge.at(knownAt);
    const all = await decided(this.reads, 'inspection', { controller, on, upTo: known.position }, inspectionOn);
    const { items, ...rest } = pageOf(all, page, { key: ({ inspection }) => [inspection], parts: 1 });
    return { controller, on, ...shown(known), inspections: items, ...rest };
  }
}

/** So many streams are looked up at once. */
const STREAMS_AT_ONCE = 500;

/** Those of a controller's streams of a category that hold on a day, by what was known then. */
export async function decided<T extends object>(
  { index, streams }: Pick<ReadSide, 'index' | 'streams'>,
  category: 'grant' | 'inspection',
  { controller, on, upTo }: { readonly controller?: string; readonly on: string; readonly upTo?: bigint },
  told: (id: string, facts: Facts, on: Day) => T | undefined,
): Promise<(T & { readonly etag: string })[]> {
  const found: (T & { readonly etag: string })[] = [];
  for (let after: string | undefined; ;) {
    const ids = await index.streams(category, { ...(after === undefined ? {} : { after }), limit: STREAMS_AT_ONCE });
    const contexts = await index.contextsOf(ids.map((id) => `${category}-${id}`));
    for (const id of ids) {
      if (controller !== undefined && contexts.get(`${category}-${id}`)?.controller !== controller) continue;
      const history = await streams.read(`${category}-${id}`, upTo);
      const last = history.at(-1);
      const one = told(id, new Facts(resolveEntries(history)), dayOf(on));
      if (one && last) found.push({ ...one, etag: etagOf(last.revision) });
    }
    after = ids.at(-1);
    if (ids.length < STREAMS_AT_ONCE) return found;
  }
}
