import { CallerRoles } from '../access/roles/caller-roles.js';
import type { Register } from '../app/register.js';
import type { Caller } from '../kernel/http/caller.js';
import { today } from '../kernel/time/clock.js';
import { dayOf } from '../kernel/time/day.js';
import type { HeldRole } from '../sign-in/demo/demo-persons.js';

/** Says which roles somebody would hold today who signs in so. */
export function rolesIn(register: Register): (caller: Caller) => Promise<readonly HeldRole[]> {
  const roles = new CallerRoles(register);
  return async (caller) => (await roles.subjectOf(caller, { day: dayOf(today(register.clock)) })).roles;
}
