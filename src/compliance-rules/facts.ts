import type { FactData, FactName } from '../facts/event-catalogue.js';
import type { Day } from '../kernel/time/day.js';

/**
 * An entry that counts, with the day and data that count: those of the correction that holds, where one does.
 * `Fact<'OfferDeclined'>` has the data of its type; of several types the `type` tells which.
 */
export type Fact<N extends FactName = FactName> = {
  [Name in N]: {
    readonly id: string;
    readonly type: Name;
    /** Place of the entry (of the original, where it is corrected) within its stream; orders facts of one day. */
    readonly order: number;
    readonly day: Day;
    readonly data: FactData[Name];
  };
}[N];

/** The facts of one stream in the order of entries: by day, then by place in the stream. */
export class Facts {
  private readonly byType = new Map<FactName, Fact[]>();

  /**
   * @param list in the order of entries
   * @param before what was known of the same stream at another time: where it has the same facts of a type, its list of
   * them is taken over,
   *   so that who looks at that type alone can tell by the list that nothing has changed
   */
  constructor(
    readonly list: readonly Fact[],
    before?: Facts,
  ) {
    for (const fact of list) {
      const same = this.byType.get(fact.type);
      if (same) same.push(fact);
      else this.byType.set(fact.type, [fact]);
    }
    if (!before) return;
    for (const [type, facts] of this.byType) {
      const known = before.byType.get(type);
      if (known?.length === facts.length && known.every((fact, index) => fact === facts[index]))
        this.byType.set(type, known);
    }
  }

  /** The same facts; `asked` hears of every type that is asked for. Nobody may read past it, by the list. */
  heard(asked: (types: readonly FactName[]) => void): Facts {
    const heard = Object.create(this, { list: { get: readPast } }) as Facts;
    heard.of = (...types) => {
      asked(types);
      return this.of(...types);
    };
    return heard;
  }

  /** The facts of the given types, in the order of entries. */
  of<N extends FactName>(...types: readonly N[]): readonly Fact<N>[] {
    const asked: readonly FactName[] = types;
    const found =
      asked.length === 1 ? this.byType.get(asked[0]!) : this.list.filter(({ type }) => asked.includes(type));
    return (found ?? NONE) as readonly Fact[] as readonly Fact<N>[];
  }
}

const NONE: readonly Fact[] = [];

export const NO_FACTS = new Facts(NONE);

/** Orders facts of one stream as the rules do. */
export function inOrder(a: Pick<Fact, 'day' | 'order'>, b: Pick<Fact, 'day' | 'order'>): number {
  return a.day - b.day || a.order - b.order;
}

/** The earliest day among the facts, or undefined when there are none. `facts` stand in the order of entries. */
export function firstDay(facts: readonly Fact[]): Day | undefined {
  return facts[0]?.day;
}

function readPast(): never {
  throw new Error('whoever is heard asks for facts by their type');
}
