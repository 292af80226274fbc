import type { Day } from '../kernel/time/day.js';
import { EPISODES } from './recipient-rates.js';
import { FAR, Stream } from './ledger.js';
import { PLACES, UNIT_WORDS } from './phrases.js';
import { Random } from './random.js';
import { UNITS, UNIT_CYCLE } from './rates.js';
import { hireManagers, hireWorkers } from './staff.js';
import { loadedOn, type CareUnit, type Cohort, type Controller, type Municipality, type Scene } from './world.js';

/** A rest this small does not make a unit of its own. */
const SMALLEST_UNIT = 20;
/** How long before it happens a unit's closing is decided. */
const CLOSING_NOTICE_DAYS = 60;
const LOADING_DAYS: readonly [number, number] = [0, 1];

/** What one unit shall hold; found before anything of it is written. */
interface UnitPlan {
  readonly index: number;
  readonly recipientsAtOnce: number;
  readonly recipients: number;
  readonly firstRecipient: number;
}

/**
 * Divides `recipients` into units and hands them out in cohorts, one after the other, each with its staff.
 * Whoever takes the next cohort can let go of the one before.
 */
export function* cohorts(scene: Scene, municipality: Municipality, recipients: number): Generator<Cohort> {
  let plans: UnitPlan[] = [];
  for (const plan of unitPlans(scene, recipients)) {
    plans.push(plan);
    if (plans.length < UNITS.perCohort) continue;
    yield cohort(scene, municipality, plans);
    plans = [];
  }
  if (plans.length > 0) yield cohort(scene, municipality, plans);
}

function* unitPlans(scene: Scene, recipients: number): Generator<UnitPlan> {
  const random = new Random(`${scene.seed}/units`);
  const period = scene.to - scene.from + 1;
  let first = 0;
  for (let index = 0; first < recipients; index += 1) {
    const recipientsAtOnce = random.within(UNITS.recipientsAtOnce);
    const whole = Math.floor((recipientsAtOnce * (EPISODES.meanStayDays + period)) / EPISODES.meanStayDays);
    const left = recipients - first;
    const count = left - whole < SMALLEST_UNIT ? left : whole;
    yield { index, recipientsAtOnce: Math.min(recipientsAtOnce, count), recipients: count, firstRecipient: first };
    first += count;
  }
}

function cohort(scene: Scene, municipality: Municipality, plans: readonly UnitPlan[]): Cohort {
  const drafts = plans.map((plan) => ({ plan, ...draft(scene, municipality, plan) }));
  const units = drafts.map(({ plan, ...rest }) => {
    const canClose = drafts.some(
      (other) =>
        other.plan !== plan && other.controller === rest.controller && other.careForms[0] === rest.careForms[0],
    );
    return open(scene, municipality, plan, rest.controller, rest.careForms, canClose);
  });
  for (const unit of units) unit.workers.push(...hireWorkers(scene, units, unit));
  return { scene, municipality, units };
}

function draft(
  scene: Scene,
  municipality: Municipality,
  { index }: UnitPlan,
): { controller: Controller; careForms: readonly string[] } {
  const kind = UNIT_CYCLE[index % UNIT_CYCLE.length];
  if (!kind) throw new RangeError('the cycle of units is empty');
  const random = new Random(`${scene.seed}/unit-owner/${index}`);
  return {
    controller: kind.run === 'MUNICIPAL' ? municipality.municipal : random.pick(municipality.providers),
    careForms: kind.careForms,
  };
}

function open(
  scene: Scene,
  municipality: Municipality,
  plan: UnitPlan,
  controller: Controller,
  careForms: readonly string[],
  canClose: boolean,
): CareUnit {
  const random = new Random(`${scene.seed}/unit/${plan.index}`);
  const period = scene.to - scene.from + 1;
  const opens =
    plan.index > 0 && random.chance(UNITS.openedLater)
      ? scene.from + random.below(Math.floor(period / 3) + 1)
      : scene.from;
  const closes =
    canClose && opens === scene.from && random.chance(UNITS.closed)
      ? scene.to - random.below(Math.floor(period / 2) + 1)
      : FAR;
  const id = random.uuid();
  const stream = new Stream(scene.ledger, random, 'unit', id, `u${plan.index}`, controller.actor);
  const word = careForms.map((form) => UNIT_WORDS[form] ?? form).join(' och ');
  const data = {
    controller: controller.id,
    name: `${word} ${random.pick(PLACES)} ${plan.index + 1}`,
    careForms,
    ...(controller.kind === 'PRIVATE' ? { commissionedBy: municipality.municipal.id } : {}),
  };
  const known =
    opens === scene.from
      ? loadedOn(scene, random, LOADING_DAYS)
      : opens - random.below(Math.min(30, opens - scene.from) + 1);
  const opened = stream.record('UnitOpened', opens, data, {
    after: [controller.opened, municipality.municipal.opened],
    known,
  });
  const unit: CareUnit = { id, careForms, controller, opened, opens, closes, ...plan, workers: [], managers: [] };
  unit.managers.push(...hireManagers(scene, unit, stream, plan.index));
  if (closes < FAR) stream.record('UnitClosed', closes, {}, { known: noticeOf(closes, scene.from) });
  return unit;
}

function noticeOf(closes: Day, from: Day): Day {
  return Math.max(from, closes - CLOSING_NOTICE_DAYS);
}
