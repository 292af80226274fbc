import { isProtected, reaches, visible } from './reach.js';
import type {
  AccessPolicy,
  Asked,
  Assigned,
  DecisionContext,
  Ground,
  PolicyRow,
  Resource,
  Subject,
  Verdict,
} from './model.js';

/** Rows by which somebody sees that a thing is there at all. */
const SEES: Readonly<Record<Resource['kind'], readonly string[]>> = {
  person: ['recipient.state', 'recipient.timeline', 'recipient.compliance'],
  unit: ['unit.state'],
  staff: ['staff.state'],
  controller: ['controller.read'],
  list: [],
};

/**
 * Whether somebody may do what she asks, and by which row of the table.
 *
 * In this order, so that nothing is told to who may not know it: without any row for the route it is `NOT_ALLOWED`;
 * a sign-in that is not sure enough is `LEVEL_TOO_LOW` whatever the call is about; what lies outside the reach of her
 * rows is `NOT_THERE`, as what nobody has heard of, unless she sees it by another row; the wrong purpose is
 * `NOT_ALLOWED`. That nobody gives access to herself is decided where it is recorded.
 */
export function decide(
  policy: AccessPolicy,
  subject: Subject | undefined,
  asked: Asked,
  context: DecisionContext,
): Verdict {
  if (asked.actions.some((action) => policy.open.has(action))) return withoutRow('open');
  if (!subject) return { allow: false, why: 'NOT_ALLOWED' };
  if (asked.actions.some((action) => policy.signedIn.has(action))) return withoutRow('signed-in');

  const mayOf = (actions: readonly string[]): Ground[] => grounds(policy, subject, actions, context);
  if (mayOf(asked.family).length === 0) return { allow: false, why: 'NOT_ALLOWED' };
  const sure = mayOf(asked.family).filter(({ row }) => row.level <= subject.level);
  if (sure.length === 0) return { allow: false, why: 'LEVEL_TOO_LOW' };
  const held = mayOf(asked.actions);
  const high = held.filter(({ row }) => row.level <= subject.level);
  const reached = asked.found
    ? high.filter((ground) => asked.resources.every((one) => covers(policy, subject, ground, one, context)))
    : [];
  if (reached.length === 0) {
    const seen = asked.found && asked.resources.every((one) => sees(policy, subject, one, context));
    if (!seen) return { allow: false, why: 'NOT_THERE' };
    return { allow: false, why: held.length > high.length ? 'LEVEL_TOO_LOW' : 'NOT_ALLOWED' };
  }
  const meant = reached.filter(({ row }) => row.purposes?.includes(context.purpose) ?? true);
  const [first] = [...meant].sort((a, b) => a.row.obligations.length - b.row.obligations.length);
  if (!first) return { allow: false, why: 'NOT_ALLOWED' };
  return {
    allow: true,
    by: first.row.id,
    role: first.assigned.role,
    assigned: first.assigned,
    obligations: first.row.obligations,
    grounds: meant,
    opensProtected: asked.resources.some((one) => one.kind === 'person' && isProtected(one.protected)),
  };
}

function withoutRow(by: 'open' | 'signed-in'): Verdict {
  return { allow: true, by, obligations: [], grounds: [], opensProtected: false };
}

/** The pairs of a role that she holds and a row that gives it one of the actions. */
function grounds(
  policy: AccessPolicy,
  { roles }: Subject,
  actions: readonly string[],
  { narrowings }: DecisionContext,
): Ground[] {
  const gives = (row: PolicyRow, { role, controller }: Assigned): boolean =>
    row.roles.includes(role) &&
    actions.some((action) => row.actions.has(action)) &&
    !narrowings.get(controller)?.withdrawn.has(row.id);
  return policy.rows.flatMap((row) =>
    roles.filter((assigned) => gives(row, assigned)).map((assigned) => ({ assigned, row })),
  );
}

function covers(
  policy: AccessPolicy,
  subject: Subject,
  { assigned, row }: Ground,
  resource: Resource,
  context: DecisionContext,
): boolean {
  if (resource.kind !== 'person') return reaches(row.scope, assigned, resource);
  const rules = { policy, subject, context };
  return visible(rules, { assigned, row }, resource);
}

function sees(policy: AccessPolicy, subject: Subject, resource: Resource, context: DecisionContext): boolean {
  return grounds(policy, subject, SEES[resource.kind], context).some(
    (ground) => ground.row.level <= subject.level && covers(policy, subject, ground, resource, context),
  );
}
