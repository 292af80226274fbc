import type { Day } from '../../kernel/time/day.js';
import type { Fact, Facts } from '../facts.js';
import { BEGINNING, intersect, type Stretch, valuesByDay } from '../intervals.js';

/** Reads the streams of units, as far as they are known. */
interface UnitSource {
  unit(id: string): Facts;
}

/** The facts that say who manages the units, unit by unit. */
export function managementFacts(units: readonly Stretch<string>[], known: UnitSource): (readonly Fact[])[] {
  return units.flatMap(({ value }) => {
    const facts = known.unit(value);
    return [facts.of('UnitOpened'), facts.of('UnitManagerAppointed')];
  });
}

/**
 * Who manages the unit of an episode, by day: whom the last UnitManagerAppointed names, before the first one whom the
 * unit's opening names, whatever the opening's day.
 * @param units the unit on each day, over all days
 */
export function managersByDay(units: readonly Stretch<string>[], known: UnitSource): Stretch<string | undefined>[] {
  return units.flatMap(({ from, to, value }) => {
    const facts = known.unit(value);
    const said: { readonly day: Day; readonly manager: string | undefined }[] = [
      { day: BEGINNING, manager: facts.of('UnitOpened')[0]?.data.manager },
      ...facts.of('UnitManagerAppointed').map(({ day, data }) => ({ day, manager: data.staff })),
    ];
    return valuesByDay(said, ({ manager }) => manager).flatMap((stretch) =>
      intersect([stretch], [{ from, to }]).map((days) => ({ from: days.from, to: days.to, value: stretch.value })),
    );
  });
}
