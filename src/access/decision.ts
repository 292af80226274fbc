import type { Obligation, Role, Subject } from './model.js';
import type { Scope } from './caller-scope.js';

/** What was decided of a call, for whoever answers it and for the record of it. */
export interface Decision {
  /** The row of the table that allows it; `open` and `signed-in` for what needs none. */
  readonly by: string;
  readonly role?: Role;
  /** As whom she acts: a staff member, or where she is none who holds a grant. */
  readonly staff?: string;
  readonly grant?: string;
  readonly units: readonly string[];
  readonly obligations: readonly Obligation[];
  readonly scope: Scope;
  /** Ids of the recipients whom the call is about. */
  readonly persons: readonly string[];
  /** It opens somebody whose data are protected. */
  readonly opensProtected: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What was decided; absent where nobody signs in, and of what was refused. */
    decision?: Decision;
    /** Who has signed in, and which roles she holds today: of what was refused too. */
    subject?: Subject;
  }
}
