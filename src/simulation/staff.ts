import type { Day } from '../kernel/time/day.js';
import { FAR, Stream, type Entry } from './ledger.js';
import { COURSE, MEN, OTHER_COURSES, SURNAMES, WOMEN } from './phrases.js';
import { Random } from './random.js';
import { STAFF, UNITS } from './rates.js';
import { COURSES } from './routine-rates.js';
import { proveTitle } from './titles.js';
import { loadedOn, perYear, type CareUnit, type Controller, type Scene, type Span, type Worker } from './world.js';

const LOADING_DAYS: readonly [number, number] = [1, 3];
const NOTICE_DAYS: readonly [number, number] = [14, 60];
const FEWEST_POSTS = 5;

/** Someone newly employed: their stream and what follows from the terms. */
interface Hire {
  readonly id: string;
  readonly stream: Stream;
  readonly registered: Entry;
  readonly form: string;
  readonly from: Day;
  readonly until: Day;
  readonly noticeOn: Day;
}

/**
 * Everyone who fills the unit's posts from its opening to the last day, each post by one person after another.
 * @param colleagues the units they can move to
 */
export function hireWorkers(scene: Scene, colleagues: readonly CareUnit[], unit: CareUnit): Worker[] {
  const workers: Worker[] = [];
  const posts = Math.max(FEWEST_POSTS, Math.floor((unit.recipientsAtOnce * STAFF.postsPerThousand) / 1000));
  for (let post = 0; post < posts; post += 1) {
    const random = new Random(`${scene.seed}/post/${unit.id}/${post}`);
    let from = unit.opens;
    while (from <= scene.to && from < unit.closes) {
      const worker = hireWorker(
        scene,
        colleagues,
        unit,
        random,
        from,
        `s${unit.firstRecipient}.${post}.${workers.length}`,
      );
      workers.push(worker);
      from = worker.until + 1 + random.within(STAFF.vacancyDays);
    }
  }
  return workers;
}

/** The unit's managers, one after another, each appointed on the unit's stream. */
export function hireManagers(scene: Scene, unit: CareUnit, unitStream: Stream, index: number): Worker[] {
  const random = new Random(`${scene.seed}/managers/${index}`);
  const managers: Worker[] = [];
  for (let from = unit.opens; from <= scene.to && from < unit.closes;) {
    const until = from + random.spread(UNITS.managerTenureDays);
    const hire = employ(scene, unit, random, { from, until, form: 'PERMANENT', label: `m${index}.${managers.length}` });
    unitStream.record(
      'UnitManagerAppointed',
      from,
      { staff: hire.id },
      { after: [hire.registered], known: registeredOn(scene, random, from) },
    );
    hire.stream.record('EmploymentEnded', until, {}, { known: hire.noticeOn });
    managers.push({ ...hire, assistantNurse: false, movesUnit: false, provenFrom: FAR, trainedOn: from, leaves: [] });
    from = until;
  }
  return managers;
}

function hireWorker(
  scene: Scene,
  colleagues: readonly CareUnit[],
  unit: CareUnit,
  random: Random,
  from: Day,
  label: string,
): Worker {
  const form = random.weighted(STAFF.forms);
  const until = from + random.spread(form === 'PERMANENT' ? STAFF.permanentTenureDays : STAFF.otherTenureDays);
  const hire = employ(scene, unit, random, { from, until, form, label });
  const assistantNurse = random.chance(STAFF.assistantNurses);
  const trainedOn = random.chance(STAFF.training) ? from + random.spread(STAFF.trainingDays) : FAR;
  const last = Math.min(until, scene.to + 1);
  if (trainedOn < last) hire.stream.record('TrainingCompleted', trainedOn, { course: COURSE });
  takeAnotherCourse(hire, last);
  const provenFrom = proveTitle(
    { ...hire, assistantNurse, homeCare: unit.careForms[0] === 'HOME_CARE', last, employer: unit.controller },
    random,
  );
  yearly(hire, random, last);
  const leaves = takeLeaves(hire, random, last);
  return { ...hire, assistantNurse, provenFrom, trainedOn, leaves, movesUnit: leave(colleagues, unit, hire, random) };
}

function employ(
  scene: Scene,
  unit: CareUnit,
  random: Random,
  terms: { readonly from: Day; readonly until: Day; readonly form: string; readonly label: string },
): Hire {
  const id = random.uuid();
  const actor = unit.managers[0] ? { id: unit.managers[0].id, role: 'UNIT_MANAGER' as const } : unit.controller.actor;
  const stream = new Stream(scene.ledger, random, 'staff', id, terms.label, actor);
  const name = `${random.pick(random.chance(850) ? WOMEN : MEN)} ${random.pick(SURNAMES)}`;
  const known = registeredOn(scene, random, terms.from);
  const data = { controller: unit.controller.id, unit: unit.id, name, ...hsaId(unit.controller, random) };
  const registered = stream.record('StaffRegistered', terms.from, data, { after: [unit.opened], known });
  stream.record('EmploymentStarted', terms.from, { form: terms.form }, { after: [registered], known });
  return { id, stream, registered, ...terms, noticeOn: Math.max(terms.from, terms.until - random.within(NOTICE_DAYS)) };
}

function hsaId(controller: Controller, random: Random): { hsaId?: string } {
  if (!random.chance(STAFF.hsaId)) return {};
  return {
    hsaId: `SE${controller.orgNumber.replace('-', '')}-${(random.next() >>> 8).toString(16).toUpperCase().padStart(6, '0')}`,
  };
}

/** On the first day everyone is there already and is registered within some days; later ones on their first day. */
function registeredOn(scene: Scene, random: Random, from: Day): Day {
  return from === scene.from ? loadedOn(scene, random, LOADING_DAYS) : from;
}

function takeAnotherCourse({ stream, from }: Hire, last: Day): void {
  const courses = stream.aside('course');
  const on = from + courses.random.within(COURSES.afterDays);
  if (courses.random.chance(COURSES.other) && on < last)
    courses.record('TrainingCompleted', on, { course: courses.random.pick(OTHER_COURSES) });
}

function yearly(hire: Hire, random: Random, last: Day): void {
  for (let on = hire.from + random.within(STAFF.yearlyDays); on < last; on += random.within(STAFF.yearlyDays)) {
    if (random.chance(STAFF.yearlyHeld)) hire.stream.record('YearlyFollowUpHeld', on, {});
  }
}

function takeLeaves(hire: Hire, random: Random, last: Day): Span[] {
  const leaves: Span[] = [];
  for (const day of perYear(random, STAFF.leavePerYear, hire.from, last)) {
    const from = Math.max(day, leaves.at(-1)?.to ?? 0);
    const to = Math.min(from + random.spread(STAFF.leaveDays), hire.until);
    if (from >= last || to <= from) continue;
    const kind = random.weighted(STAFF.leaveKinds);
    const started = hire.stream.record('LeaveStarted', from, { kind });
    if (to < hire.until) hire.stream.record('LeaveEnded', to, { kind }, { after: [started] });
    leaves.push({ from, to });
  }
  return leaves;
}

/** Writes down how someone leaves the unit, known some time ahead; says whether it is for another unit. */
function leave(colleagues: readonly CareUnit[], unit: CareUnit, hire: Hire, random: Random): boolean {
  const others = colleagues.filter(
    (other) =>
      other !== unit && other.controller === unit.controller && other.opens <= hire.until && hire.until < other.closes,
  );
  if (others.length > 0 && random.chance(STAFF.movesUnit)) {
    const other = random.pick(others);
    hire.stream.record(
      'StaffMovedUnit',
      hire.until,
      { unit: other.id },
      { after: [other.opened], known: hire.noticeOn },
    );
    return true;
  }
  hire.stream.record('EmploymentEnded', hire.until, {}, { known: hire.noticeOn });
  return false;
}
