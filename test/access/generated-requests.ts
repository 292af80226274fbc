import fc from 'fast-check';
import type { Level } from '../../src/kernel/http/caller.js';
import { PURPOSES } from '../../src/kernel/http/caller.js';
import {
  type Assigned,
  type DecisionContext,
  type PersonResource,
  type PlaceResource,
  type PolicyRow,
  type Resource,
  ROLES,
  type Subject,
} from '../../src/access/model.js';
import { accessPolicy } from '../../src/access/policy-table.js';

/** A request as it could come; nobody says whether it should be allowed. */
export interface Generated {
  readonly subject: Subject;
  readonly action: string;
  readonly resource: Resource;
  readonly context: DecisionContext;
}

const CONTROLLERS = ['town', 'company'];
const UNITS = ['north', 'south', 'hired'];
const PEOPLE = ['tolvan', 'bo', 'eva'];
const STAFF = ['mia', 'kim'];
const INSPECTIONS = ['inspection-1', 'inspection-2'];
const NOW = '2026-03-10T09:00:00.000Z';

const some = (of: readonly string[], least = 0) => fc.subarray([...of], { minLength: least });
const setOf = (of: readonly string[], least = 0) => some(of, least).map((values) => new Set(values));
const DERIVED: Readonly<Record<string, Assigned['rule']>> = {
  UNIT_MANAGER: 'MANAGES_UNIT',
  CONTACT: 'IS_CONTACT',
  CARE_STAFF: 'EMPLOYED_IN_UNIT',
};

const assigned = (roles: readonly Assigned['role'][]): fc.Arbitrary<Assigned> =>
  fc
    .record({
      role: fc.constantFrom(...roles),
      controller: fc.constantFrom(...CONTROLLERS),
      units: fc.option(some(UNITS, 1), { nil: undefined, freq: 3 }),
      recipients: fc.option(some(PEOPLE, 1), { nil: undefined, freq: 2 }),
      staff: fc.option(fc.constantFrom(...STAFF), { nil: undefined, freq: 4 }),
      inspection: fc.constantFrom(...INSPECTIONS),
    })
    .map(({ role, controller, units, recipients, staff, inspection }): Assigned => {
      const granted = DERIVED[role] === undefined;
      return {
        role,
        rule: DERIVED[role] ?? 'GRANT',
        controller,
        ...(role !== 'CONTACT' && units ? { units } : {}),
        ...((role === 'CONTACT' || role === 'AUDITOR') && recipients ? { recipients } : {}),
        ...(role === 'AUDITOR' ? { inspection } : {}),
        ...(staff === undefined ? {} : { staff }),
        ...(granted || staff === undefined ? { grant: 'grant-1' } : {}),
        from: '2026-01-01',
      };
    });

const person: fc.Arbitrary<PersonResource> = fc
  .record({
    recipients: setOf(PEOPLE, 1),
    controllers: setOf(CONTROLLERS, 1),
    units: setOf(UNITS),
    former: setOf(UNITS),
    commissionedBy: setOf(CONTROLLERS),
    registeredBy: fc.option(fc.constantFrom(...STAFF, 'grant-1'), { nil: undefined, freq: 3 }),
    protection: fc.constantFrom('NONE', 'NONE', 'NONE', 'CONFIDENTIALITY_MARKED', 'PROTECTED_REGISTRATION' as const),
    formerSecret: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    named: fc.option(setOf(STAFF), { nil: undefined, freq: 3 }),
    glass: fc.array(
      fc.record({
        by: fc.constantFrom(...STAFF, 'grant-1'),
        on: fc.constant(0),
        until: fc.constantFrom('2026-03-10T08:59:59.999Z', NOW, '2026-03-10T12:00:00.000Z'),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ former, registeredBy, protection, formerSecret, named, ...more }) => ({
    ...more,
    kind: 'person',
    everUnits: new Set([...more.units, ...former]),
    ...(registeredBy === undefined ? {} : { registeredBy }),
    protected: {
      protection: protection as PersonResource['protected']['protection'],
      formerSecret,
      ...(named ? { named } : {}),
    },
  }));

const place: fc.Arbitrary<PlaceResource> = fc
  .record({
    kind: fc.constantFrom('unit', 'staff', 'controller', 'list' as const),
    controllers: setOf(CONTROLLERS),
    units: setOf(UNITS),
    commissionedBy: setOf(CONTROLLERS),
    inspection: fc.constantFrom(...INSPECTIONS, undefined),
  })
  .map(({ inspection, ...more }) => ({
    ...more,
    ...(more.kind === 'controller' && inspection !== undefined ? { inspection } : {}),
  }));

const narrowing = (row: PolicyRow) =>
  fc.record({
    withdrawn: fc.constantFrom(new Set<string>(), new Set<string>(), new Set<string>(), new Set([row.id])),
    noGlassForProtectedRegistration: fc.boolean(),
  });

/** Requests near a row of the table: so that each of its cells decides some of them. */
const near = (row: PolicyRow): fc.Arbitrary<Generated> =>
  fc.record({
    subject: fc.record({
      level: fc.constantFrom<Level>(1, 2, 3, 3, 3, 4),
      staff: some(STAFF),
      roles: fc
        .tuple(assigned(row.roles), fc.array(assigned(ROLES), { maxLength: 2 }))
        .map(([first, others]) => [first, ...others]),
    }),
    action: fc.constantFrom(...row.actions),
    resource: fc.oneof({ weight: 3, arbitrary: person }, { weight: 2, arbitrary: place }),
    context: fc.record({
      now: fc.constant(NOW),
      purpose: fc.constantFrom(...(row.purposes ?? []), ...PURPOSES),
      narrowings: fc
        .option(fc.tuple(fc.constantFrom(...CONTROLLERS), narrowing(row)), { nil: undefined, freq: 2 })
        .map((one) => new Map(one ? [one] : [])),
    }),
  });

/** So many requests, the same for the same seed. */
export function generatedRequests(count: number, seed: number): Generated[] {
  return fc.sample(fc.oneof(...accessPolicy.rows.map(near)), { numRuns: count, seed });
}

/** Requests near one row. */
export function requestsNear(row: PolicyRow, count: number, seed: number): Generated[] {
  return fc.sample(near(row), { numRuns: count, seed });
}
