import type { Day } from '../../kernel/time/day.js';
import type { Fact, Facts } from '../facts.js';
import { FOREVER, span, type Span, type Stretch } from '../intervals.js';
import { serviceSet, type Care, type ServicesSaid } from './care.js';

/** An assessment that a contact is obviously unnecessary, and how long the services it rests on stayed as they were. */
export interface Assessment {
  readonly fact: Fact<'ObviousUnnecessityAssessed'>;
  /** From its day until the next assessment. */
  readonly last: Span;
  /** From its day until the next offer. */
  readonly untilOffer: Span;
  /** From its day until the next offer or assessment. */
  readonly untilNext: Span;
  /**
   * The first later day at whose end the set of services differs from that at the end of its own day; FOREVER if none
   * is known.
   */
  readonly lapsesOn: Day;
  /** The entry that changed the services then. */
  readonly lapsedBy?: ServicesSaid;
}

/** The types of facts that say what was assessed, and how long it counts. */
const ASSESSMENT_TYPES = ['ObviousUnnecessityAssessed', 'ContactOffered'] as const;

/** All assessments in the order of entries. */
export function assessmentsOf(facts: Facts, care: Care): readonly Assessment[] {
  const entries = facts.of(...ASSESSMENT_TYPES);
  return entries.flatMap((fact, index) => {
    if (fact.type !== 'ObviousUnnecessityAssessed') return [];
    const after = entries.slice(index + 1);
    const nextDay = (type: string): Day => after.find((entry) => entry.type === type)?.day ?? FOREVER;
    const lapse = lapseAfter(fact.day, care.services);
    return [
      {
        fact,
        last: { from: fact.day, to: nextDay('ObviousUnnecessityAssessed') },
        untilOffer: { from: fact.day, to: nextDay('ContactOffered') },
        untilNext: { from: fact.day, to: after[0]?.day ?? FOREVER },
        lapsesOn: lapse?.from ?? FOREVER,
        lapsedBy: lapse?.value,
      },
    ];
  });
}

function lapseAfter(day: Day, services: Care['services']): Stretch<ServicesSaid> | undefined {
  const set = serviceSet(services.findLast((stretch) => stretch.from <= day)!.value);
  return services.find((stretch) => stretch.from > day && serviceSet(stretch.value) !== set);
}

/** Days on which an assessment is valid: it is the last one, and the services are unchanged since. */
export function validDays(assessments: readonly Assessment[]): Span[] {
  return assessments.flatMap(({ last, lapsesOn }) => span(last.from, Math.min(last.to, lapsesOn)));
}
