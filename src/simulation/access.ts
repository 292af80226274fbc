import { formatDay, type Day } from '../kernel/time/day.js';
import { DEMO_ISSUER } from '../kernel/http/caller.js';
import type { LineActor } from './history-line.js';
import { Stream, type Entry } from './ledger.js';
import { Random } from './random.js';
import { ACCESS } from './access-rates.js';
import {
  managerActor,
  managerOn,
  worksOn,
  type CareUnit,
  type Cohort,
  type Municipality,
  type Scene,
  type Worker,
} from './world.js';

/** Who is let in by a decision and is not employed in a unit: what the sign-in calls them, and why. */
const OFFICES = [
  { role: 'ADMIN', subject: 'Mikael Lind', reason: 'Förvaltar registret' },
  { role: 'SAS', subject: 'Karin Wallin', reason: 'Följer upp rutinen i hela kommunen' },
  { role: 'CASE_OFFICER', subject: 'Sara Hassan', reason: 'Handlägger insatser enligt socialtjänstlagen' },
  { role: 'RECIPIENT_DESK', subject: 'Lena Ekström', reason: 'Lämnar ut handlingar till den som begär det' },
  { role: 'INTEGRATION', subject: 'Planeringssystemet', reason: 'Lämnar över det som har dokumenterats där' },
] as const;

/** The day from which sign-ins are told apart: the last year of the period, or all of it. */
export function accessDay({ from, to }: Scene): Day {
  return Math.max(from, to - ACCESS.daysBeforeEnd);
}

/** Writes who is let in to the whole municipality, two inspections and what the municipality decides about access. */
export function grantAccess(scene: Scene, municipality: Municipality): void {
  const { municipal } = municipality;
  const writing = new AccessWriting(scene, new Random(`${scene.seed}/access`), municipal.actor);
  const since = accessDay(scene);
  const after = [municipal.opened];
  const controller = municipal.id;
  for (const { role, subject, reason } of OFFICES)
    writing.grant(since, { holder: { issuer: DEMO_ISSUER, subject }, role, controller, reason }, after);
  const former = { issuer: DEMO_ISSUER, subject: 'Bo Nyström' };
  writing
    .grant(since, { holder: former, role: 'CASE_OFFICER', controller, reason: 'Handlägger insatser' }, after)
    .end('RoleRevoked', since + ACCESS.formerDays, 'Har slutat');
  writing
    .inspect(since, { authority: 'MUNICIPAL_AUDITOR', caseNumber: 'KS 2025/114', controller }, after)
    .end('InspectionClosed', since + ACCESS.formerDays, 'Granskningen är klar');
  const opened = Math.max(since, scene.to - ACCESS.inspectionOpenDays);
  const inspection = writing.inspect(opened, { authority: 'IVO', caseNumber: '3.5.1-00417/2026', controller }, after);
  const auditor = { issuer: DEMO_ISSUER, subject: 'Johan Berg' };
  writing.grant(
    opened,
    {
      holder: auditor,
      role: 'AUDITOR',
      controller,
      inspection: inspection.id,
      validTo: inspection.validTo,
      reason: 'Granskar hur fast omsorgskontakt erbjuds',
    },
    [...after, inspection.opened],
  );
  writing.adopt(since, controller, after);
}

/** Writes who of a cohort's employees can sign in, and who stands in for the manager of its first unit. */
export function linkStaff({ scene, units }: Cohort): void {
  const since = accessDay(scene);
  for (const unit of units) {
    for (const worker of [...unit.managers, ...unit.workers]) {
      if (worker.until > since) link(scene, unit, worker, Math.max(since, worker.from));
    }
  }
  const [first] = units;
  if (first) deputise(scene, first);
}

function link({ to }: Scene, unit: CareUnit, worker: Worker, on: Day): void {
  const stream = worker.stream.aside('access');
  const by = { actor: managerActor(unit, on) };
  const subject = `medarbetare-${worker.id.slice(0, 8)}`;
  const linked = stream.record(
    'IdentityLinked',
    on,
    { issuer: DEMO_ISSUER, subject },
    {
      after: [worker.registered],
      known: on,
      actor: unit.controller.actor,
    },
  );
  if (worker.until <= to)
    stream.record('IdentityUnlinked', worker.until, { reason: 'Har slutat i enheten' }, { after: [linked], ...by });
  if (stream.random.chance(ACCESS.protectedStaff))
    stream.record(
      'StaffProtectionChanged',
      on,
      { protection: 'CONFIDENTIALITY_MARKED' },
      { after: [worker.registered], ...by },
    );
}

function deputise(scene: Scene, unit: CareUnit): void {
  const on = Math.max(accessDay(scene), scene.to - ACCESS.deputyDays[0]);
  const manager = managerOn(unit, on);
  const deputy = unit.workers.find((worker) => worksOn(worker, on) && worksOn(worker, scene.to));
  if (!deputy) return;
  new AccessWriting(scene, new Random(`${scene.seed}/deputy/${unit.id}`), unit.controller.actor).grant(
    on,
    {
      holder: { staff: deputy.id },
      role: 'UNIT_DEPUTY',
      controller: unit.controller.id,
      units: [unit.id],
      validTo: formatDay(scene.to + ACCESS.deputyDays[1]),
      decidedBy: manager.id,
      reason: 'Ersätter enhetschefen under ledighet',
    },
    [unit.opened, deputy.registered, manager.registered],
  );
}

/** Writes that only some of the unit see somebody whose registration is protected, and now and then that all do again. */
export function narrow(scene: Scene, unit: CareUnit, stream: Stream, registered: Entry, arrives: Day): void {
  const writing = stream.aside('access');
  const on = Math.max(arrives, accessDay(scene));
  const named = [managerOn(unit, on), ...unit.workers.filter((worker) => worksOn(worker, on)).slice(0, 3)];
  const data = { staff: named.map(({ id }) => id), reason: 'Skyddad folkbokföring' };
  const narrowed = writing.record('AccessNarrowed', on, data, {
    after: [registered, ...named.map(({ registered: entry }) => entry)],
    known: on,
  });
  if (writing.random.chance(ACCESS.widened))
    writing.record(
      'AccessWidened',
      on + ACCESS.widenedAfterDays,
      { reason: 'Skyddet har upphört' },
      { after: [narrowed] },
    );
}

interface Opened {
  readonly id: string;
  readonly opened: Entry;
  readonly validTo: string;
  /** Writes that it ended. */
  end(type: string, on: Day, reason: string): void;
}

/** Opens streams of grants and inspections, each written down on its own day by the same person. */
class AccessWriting {
  constructor(
    private readonly scene: Scene,
    private readonly random: Random,
    private readonly actor: LineActor,
  ) {}

  grant(on: Day, data: Readonly<Record<string, unknown>>, after: readonly Entry[]): Opened {
    return this.open('grant', 'RoleGranted', on, data, after);
  }

  inspect(on: Day, data: Readonly<Record<string, unknown>>, after: readonly Entry[]): Opened {
    const validTo = formatDay(on + ACCESS.inspectionDays);
    return this.open('inspection', 'InspectionOpened', on, { ...data, validTo }, after);
  }

  adopt(on: Day, controller: string, after: readonly Entry[]): void {
    const stream = new Stream(this.scene.ledger, this.random, 'policy', controller, 'access', this.actor);
    const values = { accessLogYears: 5, ordinaryHours: { from: '06:00', to: '22:00' } };
    stream.record('AccessPolicyAdopted', on, { values }, { after, known: on });
  }

  private open(
    category: string,
    type: string,
    on: Day,
    data: Readonly<Record<string, unknown>>,
    after: readonly Entry[],
  ): Opened {
    const id = this.random.uuid();
    const label = `${category}-${id.slice(0, 8)}`;
    const stream = new Stream(this.scene.ledger, this.random, category, id, label, this.actor);
    const opened = stream.record(type, on, data, { after, known: on });
    return {
      id,
      opened,
      validTo: String(data['validTo']),
      end: (ending, last, reason) => void stream.record(ending, last, { reason }, { after: [opened] }),
    };
  }
}
