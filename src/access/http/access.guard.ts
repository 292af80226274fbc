import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../../kernel/http/caller.js';
import { httpProblems } from '../../kernel/http/http-problems.js';
import { Problem } from '../../kernel/http/problem.js';
import { accessOf } from '../../kernel/http/route-access.js';
import { accessProblems } from '../access-problems.js';
import { CARE_ROLES } from '../reach.js';
import { AccessDecisions } from './access-decisions.js';

/**
 * Decides on every call before its body, its If-Match and what it refers to are looked at. Where nobody signs in every
 * call is let through as it is.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly decisions: AccessDecisions) {}

  /** @throws Problem UNAUTHENTICATED, NOT_ALLOWED, LEVEL_TOO_LOW, or that what is asked for is not there */
  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (!this.decisions.enforced) return true;
    const access = accessOf(execution.getHandler());
    if (!access) throw new Problem(accessProblems.NOT_ALLOWED);
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const caller = callerOf(request);
    if (!caller && !this.decisions.isOpen(access)) throw new Problem(httpProblems.UNAUTHENTICATED);
    const { params, query, body } = request;
    // Before a form is filled in, its address says what will be asked for.
    const opensForm = body === undefined && access.row.startsWith('step.');
    const called = {
      params: dataOf(params),
      query: dataOf(query),
      body: opensForm ? query : bodyOf(body),
      isForm: opensForm || body instanceof URLSearchParams,
    };
    const { decision, actor } = await this.decisions.decide(access, called, caller, (who) => {
      request.subject = who;
      request.actingStaff = who.staff;
      request.careAt = who.roles.filter(({ role }) => CARE_ROLES.includes(role)).map(({ controller }) => controller);
    });
    request.decision = decision;
    if (actor) request.actor = actor;
    if (caller) request.seesRecipient = (recipient) => this.decisions.seesRecipient(caller, recipient);
    return true;
  }
}

/**
 * What a form of a page says stands in fields of the same names. Of a field that is sent twice the first counts, as it
 * does where it is recorded: else one could be decided on and the other recorded.
 */
function bodyOf(body: unknown): unknown {
  if (!(body instanceof URLSearchParams)) return body;
  return Object.fromEntries([...new Set(body.keys())].map((name) => [name, body.get(name)]));
}

function dataOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
