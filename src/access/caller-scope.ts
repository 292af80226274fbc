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
  unit(unit: PlaceResource): boolean;
  person(person: PersonResource): boolean;
  /** Of a person whom somebody looks for, by her number or by her name. */
  found(person: PersonResource, byNumber: boolean): ShownInList;
  /** Of a person who is in a list that the caller may see. */
  listed(recipients: readonly string[], protection: Protected): ShownInList;
}

/** The scope where nobody signs in. */
export const EVERYTHING: Scope = {
  all: true,
  unit: () => true,
  person: () => true,
  found: () => 'SHOWN',
  listed: () => 'SHOWN',
};

/** The scope of what is allowed to everybody: it shows nobody. */
export const NOTHING: Scope = {
  all: false,
  unit: () => false,
  person: () => false,
  found: () => 'HIDDEN',
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
  const identityOnly = grounds.every(({ row }) => row.obligations.includes('IDENTITY_ONLY'));
  const person = (one: PersonResource): boolean => grounds.some((ground) => visible(rules, ground, one));
  const listed = (recipients: readonly string[], protection: Protected): ShownInList => {
    if (!isProtected(protection)) return 'SHOWN';
    if (subject.staff.some((one) => protection.named?.has(one))) return 'SHOWN';
    const named = grounds.some(
      ({ assigned }) => assigned.role === 'AUDITOR' && recipients.some((one) => assigned.recipients?.includes(one)),
    );
    if (named) return 'SHOWN';
    return protection.protection === 'PROTECTED_REGISTRATION' || protection.formerSecret ? 'HIDDEN' : 'MASKED';
  };
  return {
    all: false,
    unit: (unit) => grounds.some(({ assigned, row }) => reaches(row.scope, assigned, unit)),
    person,
    listed,
    found: (one, byNumber) => {
      if (!byNumber && identityOnly) return 'HIDDEN';
      if (person(one)) return 'SHOWN';
      const inReach = grounds.some(({ assigned, row }) => reaches(row.scope, assigned, one));
      // Whose data are marked is found by her number alone, and shows nothing then but that she is there.
      return byNumber && inReach ? listed([...one.recipients], one.protected) : 'HIDDEN';
    },
  };
}
