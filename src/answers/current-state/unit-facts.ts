import { callScope } from '../../access/call-scope.js';
import type { PlaceResource } from '../../access/model.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import type { CareForm } from '../../compliance-rules/model.js';
import type { Streams } from '../../judgement/read-model.js';
import { unitState } from './unit-state.js';

/** Whose a unit is and what it is called, as its opening says. */
export interface UnitFacts {
  readonly unit: string;
  readonly name: string;
  readonly controller: string;
  readonly commissionedBy?: string;
  readonly careForms: readonly CareForm[];
  readonly manager?: string;
  readonly openedOn: string;
  readonly closedOn?: string;
}

/** The unit as known at a time, or undefined when its opening is not known, or was annulled, by then. */
export async function unitFacts(
  streams: Pick<Streams, 'read'>,
  unit: string,
  asOf: string,
  upTo?: bigint,
): Promise<UnitFacts | undefined> {
  const facts = resolveEntries(await streams.read(`unit-${unit}`, upTo));
  // What a unit is and whose it is does not wait for the day on which it opens; who leads it and whether it is closed
  // does.
  const opening = facts.filter((fact) => fact.type === 'UnitOpened');
  const [opened] = opening;
  if (!opened) return undefined;
  const state = { ...unitState(opening, '9999-12-31'), ...unitState(facts, asOf) };
  return { unit, ...(state as Omit<UnitFacts, 'unit'>) };
}

const SWEDISH = new Intl.Collator('sv-SE');

/** The order in which units are listed: by name as Swedes sort them, then by id. */
export function byUnitName(
  a: { readonly name: string; readonly unit: string },
  b: { readonly name: string; readonly unit: string },
): number {
  return SWEDISH.compare(a.name, b.name) || (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0);
}

/**
 * The units that a controller has, or that work on its commission, as known at a time, in order of name; those of them
 * that the call may show.
 */
export async function unitsOfController(
  {
    index,
    streams,
  }: { readonly index: { unitsOf(controller: string): Promise<string[]> }; readonly streams: Pick<Streams, 'read'> },
  controller: string,
  asOf: string,
  upTo?: bigint,
): Promise<UnitFacts[]> {
  const candidates = await Promise.all(
    (await index.unitsOf(controller)).map((unit) => unitFacts(streams, unit, asOf, upTo)),
  );
  return candidates
    .filter((unit) => unit !== undefined)
    .filter((unit) => unit.controller === controller || unit.commissionedBy === controller)
    .filter((unit) => callScope().unit(asPlace(unit)))
    .sort(byUnitName);
}

function asPlace({ unit, controller, commissionedBy }: UnitFacts): PlaceResource {
  return {
    kind: 'unit',
    controllers: new Set([controller]),
    units: new Set([unit]),
    commissionedBy: new Set(commissionedBy === undefined ? [] : [commissionedBy]),
  };
}
