import type { QueryBus } from '@nestjs/cqrs';
import { ListControllers } from '../../answers/controllers/list-controllers.js';
import { GetReport } from '../../answers/reports/get-report.js';
import { callScope } from '../../access/call-scope.js';
import type { PlaceResource } from '../../access/model.js';
import type { ControllerUnits } from './units-page.js';

/**
 * How the units that the caller may see stand on a day, by controller. A controller all of whose units work for another is left out: they
 * stand under that one.
 */
export async function unitsByController(queries: QueryBus, on: string): Promise<ControllerUnits[]> {
  const scope = callScope();
  const controllers = await queries.execute(new ListControllers());
  const told: ControllerUnits[] = [];
  const seen = new Set<string>();
  const municipalFirst = [...controllers].sort((a, b) => rank(a.kind) - rank(b.kind));
  for (const { id, name } of municipalFirst) {
    const report = await queries.execute(new GetReport({ controller: id }, on));
    const rows = report.rows.filter(({ unit, provider }) => !seen.has(unit) && scope.unit(placeOf(unit, provider, id)));
    for (const { unit } of rows) seen.add(unit);
    if (rows.length > 0) told.push({ name: name ?? 'Personuppgiftsansvarig', report: { ...report, rows } });
  }
  return told;
}

function placeOf(unit: string, provider: string, controller: string): PlaceResource {
  return {
    kind: 'unit',
    units: new Set([unit]),
    controllers: new Set([provider]),
    commissionedBy: new Set(provider === controller ? [] : [controller]),
  };
}

function rank(kind: string | undefined): number {
  return kind === 'MUNICIPAL' ? 0 : 1;
}
