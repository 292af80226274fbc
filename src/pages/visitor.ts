import type { FastifyRequest } from 'fastify';
import type { Role, Subject } from '../access/model.js';
import { callerOf } from '../kernel/http/caller.js';
import { homeOf, placesOf, type Place } from './places.js';

/** Who looks at a page, as far as the page has to know. */
export interface Visitor {
  readonly signedIn: boolean;
  /** False where nobody can sign in: then pages only read. */
  readonly canSignIn: boolean;
  /** Shown to herself in the head of each page. */
  readonly name?: string;
  /** In which roles she may act today; the one that she is known by first. */
  readonly roles: readonly Role[];
  /** The pages that her roles open. */
  readonly places: readonly Place[];
  /** Where she begins. */
  readonly home: string;
  /** What her forms send along, so that another site's form is told from them. */
  readonly csrf?: string;
}

/** The visitor of a call. */
export function visitorOf(request: FastifyRequest): Visitor {
  const caller = callerOf(request);
  const subject: Subject | undefined = request.subject;
  // Who lets people in gives each call a place for the token of its forms.
  const canSignIn = request.server.hasRequestDecorator('csrfToken');
  const common = { canSignIn, places: placesOf(subject), home: homeOf(subject), roles: rolesOf(subject) };
  if (!caller) return { signedIn: false, ...common };
  const csrf = request.csrfToken?.();
  return {
    signedIn: true,
    ...common,
    ...(caller.name === undefined ? {} : { name: caller.name }),
    ...(csrf === undefined ? {} : { csrf }),
  };
}

/** Who manages a unit works in it too: what tells most of her has the lowest number, and stands first. */
const RANKS: Readonly<Record<Role, number>> = {
  AUDITOR: 1,
  SAS: 2,
  UNIT_MANAGER: 3,
  UNIT_DEPUTY: 4,
  ADMIN: 5,
  CASE_OFFICER: 6,
  RECIPIENT_DESK: 7,
  CONTACT: 8,
  CARE_STAFF: 9,
  INTEGRATION: 10,
};

function rolesOf(subject: Subject | undefined): readonly Role[] {
  const held = new Set((subject?.roles ?? []).map(({ role }) => role));
  return [...held].sort((one, other) => RANKS[one] - RANKS[other]);
}
