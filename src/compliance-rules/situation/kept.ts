import type { FactName } from '../../facts/event-catalogue.js';
import type { Fact, Facts } from '../facts.js';

/**
 * A value together with what it was made from: it is made anew only where one of these is another thing than the last
 * time. A dossier is laid out at many knowledge times, and from one to the next most of what it says is the same.
 */
export class Kept<T> {
  private from: readonly unknown[] = [];
  private read: ReadonlyMap<FactName, readonly Fact[]> = new Map();
  private made: { readonly value: T } | undefined;

  /**
   * @param from everything that `make` looks at, compared by identity, always in the same order
   * @returns what was made from the same things before, or what `make` makes of them now
   */
  of(from: readonly unknown[], make: () => T): T {
    if (this.made && isSame(from, this.from)) return this.made.value;
    this.from = from;
    this.made = { value: make() };
    return this.made.value;
  }

  /**
   * As {@link of}, for what is made from some facts too. Which types `make` asks them for is observed: it is made anew
   * where the facts of one of those that it asked for the last time are others now. It must look at nothing else.
   */
  ofFacts(facts: Facts, from: readonly unknown[], make: (facts: Facts) => T): T {
    if (this.made && isSame(from, this.from) && this.hasRead(facts)) return this.made.value;
    const read = new Map<FactName, readonly Fact[]>();
    const heard = facts.heard((types) => {
      for (const type of types) read.set(type, facts.of(type));
    });
    this.from = from;
    this.made = { value: make(heard) };
    this.read = read;
    return this.made.value;
  }

  private hasRead(facts: Facts): boolean {
    for (const [type, list] of this.read) if (facts.of(type) !== list) return false;
    return true;
  }
}

function isSame(these: readonly unknown[], those: readonly unknown[]): boolean {
  if (these.length !== those.length) return false;
  for (let index = 0; index < these.length; index += 1) if (these[index] !== those[index]) return false;
  return true;
}
