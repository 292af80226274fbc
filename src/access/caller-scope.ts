import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isProtected, reaches, visible } from './reach.js';
import type {
  AccessPolicy,
  DecisionContext,
  Ground,
  PersonResource,
  PlaceResource,
  Protected,
  Subject,
} from './model.js';

/** What of a person a list shows: all, that somebody is there, or nothing. */
export type ShownInList = 'SHOWN' | 'MASKED' | 'HIDDEN';

/** What lists and searches may show to a caller. They ask it once, of units, and of persons that they have found. */
export interface Scope {
  /** Everything: nobody has signed in, and everybody is believed. */
  readonly all: boolean;
  /** Only persons who are looked for by their number are found. */
  readonly identityOnly: boolean;
  unit(unit: PlaceResource): boolean;
  person(person: PersonResource): boolean;
  /** Of a person who is in a list that the caller may see. */
  listed(recipients: readonly string[], protection: Protected): ShownInList;
}

/** The scope where nobody signs in. */
export const EVERYTHING: Scope = {
  all: true,
  identityOnly: false,
  unit: () => true,
  person: () => true,
  listed: () => 'SHOWN',
};

/** The scope of what is allowed to everybody: it shows nobody. */
export const NOTHING: Scope = {
  all: false,
  identityOnly: false,
  unit: () => false,
  person: () => false,
  listed: () => 'HIDDEN',
};

/** What any of the grounds of a decision reaches. */
export function scopeOf(
  policy: AccessPolicy,
  subject: Subject,
  grounds: readonly Ground[],
  context: DecisionContext,
): Scope {
  const rules = { policy, subject, context };
  return {
    all: false,
    identityOnly: grounds.every(({ row }) => row.obligations.includes('IDENTITY_ONLY')),
    unit: (unit) => grounds.some(({ assigned, row }) => reaches(row.scope, assigned, unit)),
    person: (person) => grounds.some((ground) => visible(rules, ground, person)),
    listed: (recipients, protection) => {
      if (!isProtected(protection)) return 'SHOWN';
      if (subject.staff.some((one) => protection.named?.has(one))) return 'SHOWN';
      const ofInspection = grounds.some(
        ({ assigned }) => assigned.role === 'AUDITOR' && recipients.some((one) => assigned.recipients?.includes(one)),
      );
      if (ofInspection) return 'SHOWN';
      return protection.protection === 'PROTECTED_REGISTRATION' || protection.formerSecret ? 'HIDDEN' : 'MASKED';
    },
  };
}

/** Gives a handler the {@link Scope} of its call. */
export const CallerScope = createParamDecorator(
  (_: unknown, execution: ExecutionContext): Scope =>
    execution.switchToHttp().getRequest<FastifyRequest>().decision?.scope ?? EVERYTHING,
);
