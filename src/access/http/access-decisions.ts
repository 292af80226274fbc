import type { Actor } from '../../kernel/event-sourcing/envelope.js';
import type { Caller } from '../../kernel/http/caller.js';
import { httpProblems } from '../../kernel/http/http-problems.js';
import { Problem } from '../../kernel/http/problem.js';
import type { RouteAccess } from '../../kernel/http/route-access.js';
import { accessProblems } from '../access-problems.js';
import { NOTHING, scopeOf } from '../caller-scope.js';
import { decide } from '../decide.js';
import type { Decision } from '../decision.js';
import { type AccessReads, FollowedAccess } from '../followed-access.js';
import type { AccessPolicy, DecisionContext, Narrowing, Subject, Verdict } from '../model.js';
import { type AskedFor, AskedForFinder, type Called, personsIn } from './asked-for.js';

/** A call that may be made, and as whom. */
export interface Allowed {
  readonly decision: Decision;
  readonly subject?: Subject;
  /** As whom what it records stands. */
  readonly actor?: Actor;
}

/** Decides on calls: who calls, what it is about, what the table says. */
export class AccessDecisions {
  private readonly followed: FollowedAccess;
  private readonly finder: AskedForFinder;

  /**
   * @param enforced false where nobody signs in
   * @param actionOf the action by which an entry of a type is recorded
   */
  constructor(
    readonly enforced: boolean,
    private readonly policy: AccessPolicy,
    private readonly reads: AccessReads,
    actionOf: () => ReadonlyMap<string, string>,
  ) {
    this.followed = new FollowedAccess(reads);
    this.finder = new AskedForFinder(reads, this.followed, actionOf);
  }

  /** Whether everybody may, signed in or not. */
  isOpen({ row }: RouteAccess): boolean {
    return this.policy.open.has(row);
  }

  /** Who has signed in, and which roles she holds today. @throws what {@link FollowedAccess.follow} does */
  async subjectOf(caller: Caller): Promise<Subject> {
    await this.followed.follow();
    return this.followed.subjectOf(caller);
  }

  /**
   * @param onSubject told who calls before it is decided on: a refusal is written down too
   * @throws Problem NOT_ALLOWED, LEVEL_TOO_LOW, or that what is asked for is not there
   */
  async decide(
    access: RouteAccess,
    called: Called,
    caller: Caller | undefined,
    onSubject: (subject: Subject) => void = () => {},
  ): Promise<Allowed> {
    if (!caller || this.isOpen(access)) return { decision: withoutRow('open') };
    const subject = await this.subjectOf(caller);
    onSubject(subject);
    const asked = await this.finder.find(access, called);
    const context = await this.contextOf(caller, subject, asked);
    const verdict = decide(this.policy, subject, asked, context);
    if (!verdict.allow) throw this.refusal(verdict.why, subject, asked, context);
    for (const row of access.also ?? []) await this.decide({ ...access, row, also: [] }, called, caller);
    return {
      subject,
      decision: this.decisionOf(verdict, subject, asked, context),
      ...actorIn(verdict, subject),
    };
  }

  /** Whether a caller may know that a recipient is there. */
  async seesRecipient(caller: Caller, recipient: string): Promise<boolean> {
    const access: RouteAccess = { row: 'recipient.state', about: 'recipient', act: 'NONE', shows: [] };
    try {
      await this.decide(access, { params: { id: recipient }, query: {}, body: undefined }, caller);
      return true;
    } catch (error) {
      if (error instanceof Problem && error.type.status < 500) return false;
      throw error;
    }
  }

  private async contextOf({ purpose }: Caller, { roles }: Subject, asked: AskedFor): Promise<DecisionContext> {
    const controllers = new Set([
      ...roles.map(({ controller }) => controller),
      ...asked.resources.flatMap((one) => [...one.controllers]),
    ]);
    const narrowings = new Map<string, Narrowing>();
    for (const controller of controllers) {
      const narrowing = await this.followed.narrowing(controller);
      if (narrowing) narrowings.set(controller, narrowing);
    }
    return { now: this.reads.clock.now(), purpose, narrowings };
  }

  private refusal(
    why: Extract<Verdict, { allow: false }>['why'],
    subject: Subject,
    asked: AskedFor,
    context: DecisionContext,
  ): Problem {
    if (why === 'NOT_ALLOWED') return new Problem(accessProblems.NOT_ALLOWED);
    if (why === 'LEVEL_TOO_LOW') return new Problem(httpProblems.LEVEL_TOO_LOW);
    const outside = asked.parts.find(({ resource }) => {
      const alone = { ...asked, resources: resource ? [resource] : [], found: resource !== undefined };
      return !decide(this.policy, subject, alone, context).allow;
    });
    return (outside ?? asked.parts[0])?.notThere ?? new Problem(httpProblems.NOT_FOUND);
  }

  private decisionOf(
    verdict: Extract<Verdict, { allow: true }>,
    subject: Subject,
    { resources }: AskedFor,
    context: DecisionContext,
  ): Decision {
    const { by, role, assigned, obligations, grounds, opensProtected } = verdict;
    return {
      by,
      ...(role === undefined ? {} : { role }),
      ...(assigned?.staff === undefined ? {} : { staff: assigned.staff }),
      ...(assigned?.grant === undefined ? {} : { grant: assigned.grant }),
      units: assigned?.units ?? [],
      obligations,
      scope: grounds.length === 0 ? NOTHING : scopeOf(this.policy, subject, grounds, context),
      persons: personsIn(resources),
      opensProtected,
    };
  }
}

function withoutRow(by: string): Decision {
  return { by, units: [], obligations: [], scope: NOTHING, persons: [], opensProtected: false };
}

/** As whom she acts: the staff member that she is in that role, else the grant by which she has it. */
function actorIn({ role, assigned }: Extract<Verdict, { allow: true }>, { staff }: Subject): { actor?: Actor } {
  const id = assigned?.staff ?? assigned?.grant ?? staff[0];
  if (id === undefined || role === undefined) return {};
  const [unit, ...more] = assigned?.units ?? [];
  return { actor: { id, role, ...(unit === undefined || more.length > 0 ? {} : { unit }) } };
}
