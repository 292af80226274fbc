import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { factsOf, type StateSources } from '../../recording/step.js';
import type { EmployedMember, StaffMember } from './domain/decide-staff.js';

/** The employee as the deciders see them, before the step. */
export function memberOf(sources: StateSources): StaffMember {
  return { id: sources.id, facts: factsOf(sources) };
}

/** The same, with what the controller who employs her is called. */
export async function employedOf(sources: StateSources): Promise<EmployedMember> {
  const member = memberOf(sources);
  const controller = member.facts.of('StaffRegistered')[0]?.data.controller;
  if (controller === undefined) return member;
  const [registered] = new Facts(resolveEntries(await sources.read(`controller-${controller}`))).of(
    'ControllerRegistered',
  );
  return registered ? { ...member, controllerName: registered.data.name } : member;
}

/** The same, with who has the assignment that the step names: it stands in the episode's stream. */
export async function assigneeOf(sources: StateSources): Promise<StaffMember> {
  const assignment = sources.data['assignment'];
  const stream = await sources.definedIn('assignment', String(assignment));
  const episode = new Facts(resolveEntries(stream === undefined ? [] : await sources.read(stream)));
  const appointment = episode
    .of('ContactAssigned', 'ContactReplaced')
    .find(({ data }) => data.assignment === assignment);
  return { ...memberOf(sources), ...(appointment ? { assignee: appointment.data.staff } : {}) };
}
