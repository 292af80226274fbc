import { randomUUID } from 'node:crypto';
import type { Assigned } from '../../src/access/model.js';
import type { AccessRecord } from '../../src/access-log/access-record.js';
import type { ReviewKnowledge } from '../../src/access-log/reviews/mark-looks.js';
import { type Reader, type Seen, STAND_OUT_KINDS, type StandOutKind } from '../../src/access-log/reviews/stand-out.js';
import { read } from './samples.js';

/** A month of a municipality: units, who works in them, who has care from them, and what they are called. */
const UNITS = 30;
const STAFF_A_UNIT = 12;
const PERSONS_A_UNIT = 60;
const DAYS = 31;
const CONTROLLER = 'town';

/** Numbers that are the same on every run. */
export class Dice {
  constructor(private state: number) {}

  /** A whole number from 0 and below `n`. */
  below(n: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * n);
  }

  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!;
  }

  chance(share: number): boolean {
    return this.below(1_000_000) < share * 1_000_000;
  }

  /** A surname: as in Sweden one in two hundred pairs of strangers have the same, by a few names that many have. */
  surname(): string {
    return this.chance(0.15) ? `son-${this.below(5)}` : `name-${this.below(20_000)}`;
  }
}

interface Person extends Seen {
  readonly id: string;
}

interface Worker extends Reader {
  readonly id: string;
  readonly unit: string;
}

/** A planted look, with the other records that belong to it, and the reason that it must be marked with. */
export interface Planted {
  readonly kind: StandOutKind;
  readonly looks: readonly AccessRecord[];
}

export interface Month {
  readonly records: readonly AccessRecord[];
  readonly planted: readonly Planted[];
  readonly knowledge: ReviewKnowledge;
}

/**
 * So many ordinary looks, and among them the planted ones: each in its way improper.
 * @param ordinary how many looks are ordinary
 */
export function generatedMonth(ordinary: number, seed: number): Month {
  const dice = new Dice(seed);
  const world = new World(dice);
  const records: AccessRecord[] = [];
  for (let turn = 0; records.length < ordinary; turn += 1) {
    // Each worker on each day once: a step that shares nothing with their number meets them all before one comes again.
    const slot = (turn * 7_919) % (world.workers.length * DAYS);
    const worker = world.workers[slot % world.workers.length]!;
    const day = 1 + Math.floor(slot / world.workers.length);
    const looks = Math.min(6 + dice.below(9), ordinary - records.length);
    for (let n = 0; n < looks; n += 1)
      records.push(world.look(worker, [dice.of(world.personsOf(worker.unit))], day, 7 + dice.below(14)));
  }
  const planted = PLANTED.map((kind) => ({ kind, looks: world.plant(kind) }));
  const all = [...records, ...planted.flatMap(({ looks }) => looks)].sort((a, b) => (a.at < b.at ? -1 : 1));
  return { records: all, planted, knowledge: world.knowledge(all) };
}

/** Twenty: each kind once, and those that people ask about first once more. */
const PLANTED: readonly StandOutKind[] = [
  ...STAND_OUT_KINDS,
  'NO_CARE_RELATION',
  'NO_CARE_RELATION',
  'AFTER_CARE_ENDED',
  'ODD_HOURS',
  'SAME_SURNAME',
  'NOTED',
  'EXPORT',
];

class World {
  readonly workers: Worker[] = [];
  private readonly persons = new Map<string, Person>();
  private readonly byUnit = new Map<string, Person[]>();
  private readonly byWorker = new Map<string, Worker>();

  constructor(private readonly dice: Dice) {
    for (let n = 0; n < UNITS; n += 1) {
      const unit = `unit-${n}`;
      for (let worker = 0; worker < STAFF_A_UNIT; worker += 1) this.employ(unit);
      this.byUnit.set(
        unit,
        Array.from({ length: PERSONS_A_UNIT }, () => this.person({ units: new Set([unit]) })),
      );
    }
  }

  personsOf(unit: string): readonly Person[] {
    return this.byUnit.get(unit) ?? [];
  }

  look(worker: Worker, persons: readonly Person[], day: number, hour: number, said: Partial<AccessRecord> = {}) {
    const at = new Date(Date.UTC(2026, 0, day, hour - 1, this.dice.below(60))).toISOString();
    const access = read({
      who: { kind: 'STAFF', id: worker.id, role: 'CARE_STAFF' },
      persons: persons.map(({ id }) => id),
      ...said,
    });
    return { v: 1 as const, at, node: 'node', n: 1, ...access };
  }

  /** One improper look of a kind, by somebody and at somebody of her own unless the kind says otherwise. */
  plant(kind: StandOutKind): readonly AccessRecord[] {
    const { dice } = this;
    const worker = this.employ(dice.of([...this.byUnit.keys()]));
    const own = (more: Partial<Seen> = {}) => this.person({ units: new Set([worker.unit]), ...more });
    const gone = (more: Partial<Seen>) => this.person({ units: new Set(), everUnits: new Set([worker.unit]), ...more });
    const day = 1 + dice.below(DAYS);
    const at = (persons: readonly Person[], more: Partial<AccessRecord> = {}, hour = 10) => [
      this.look(worker, persons, day, hour, more),
    ];
    switch (kind) {
      case 'NO_CARE_RELATION':
        return at([this.person({ units: new Set(['elsewhere']) })]);
      case 'AFTER_CARE_ENDED':
        return at([gone({ daysSinceCare: 91 + dice.below(500) })]);
      case 'NOT_EMPLOYED':
      case 'ON_LEAVE': {
        const state = kind === 'ON_LEAVE' ? { onLeave: true } : { employed: false };
        const away = this.employ(worker.unit, state);
        return [this.look(away, [own()], day, 10)];
      }
      case 'ODD_HOURS':
        return at([own()], {}, 3);
      case 'SAME_SURNAME':
        return at([own({ surnames: worker.surnames })]);
      case 'PROTECTED':
        return at([own({ isProtected: true })]);
      case 'BREAK_GLASS':
        return at([own({ glassBrokenBy: new Set([worker.id]) })]);
      case 'NOTED':
        return at([own({ isNoted: true })]);
      case 'MANY':
        return at(Array.from({ length: 40 }, () => own()));
      case 'REPEATED_DENIED':
        return Array.from({ length: 6 }, () => at([own()], { act: 'DENIED', refused: 'NOT_ALLOWED' })).flat();
      case 'EXPORT':
        return at([own()], { act: 'EXPORT' });
      case 'ONLY_ONCE':
        return at([gone({ everUnits: new Set(['elsewhere']), daysSinceCare: 20 })]);
    }
  }

  knowledge(records: readonly AccessRecord[]): ReviewKnowledge {
    const times = new Map<string, number>();
    for (const { who, persons } of records)
      for (const person of persons) {
        const pair = `${who.id} ${person}`;
        times.set(pair, (times.get(pair) ?? 0) + 1);
      }
    return {
      reader: (id) => this.byWorker.get(id)!,
      seen: (id) => this.persons.get(id)!,
      timesInPeriod: (reader, person) => times.get(`${reader} ${person}`) ?? 0,
      ordinaryHours: { from: '06:00', to: '22:00' },
    };
  }

  private employ(unit: string, more: Partial<Reader> = {}): Worker {
    const role: Assigned = {
      role: 'CARE_STAFF',
      rule: 'EMPLOYED_IN_UNIT',
      controller: CONTROLLER,
      units: [unit],
      from: '2020-01-01',
    };
    const id = randomUUID();
    const surnames = new Set([this.dice.surname()]);
    const worker = { id, unit, employed: true, onLeave: false, roles: [role], surnames, ...more };
    this.byWorker.set(id, worker);
    if (more.employed === undefined && more.onLeave === undefined) this.workers.push(worker);
    return worker;
  }

  private person(more: Partial<Seen>): Person {
    const id = randomUUID();
    const person = {
      id,
      recipients: new Set([id]),
      controllers: new Set([CONTROLLER]),
      units: new Set<string>(),
      everUnits: new Set(more.units),
      surnames: new Set([this.dice.surname()]),
      isProtected: this.dice.chance(0.001),
      isNoted: false,
      glassBrokenBy: new Set<string>(),
      ...more,
    };
    this.persons.set(id, person);
    return person;
  }
}
