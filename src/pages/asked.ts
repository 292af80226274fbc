import type { FastifyRequest } from 'fastify';
import { firstText } from '../kernel/http/first-text.js';
import { httpProblems } from '../kernel/http/http-problems.js';
import { Problem } from '../kernel/http/problem.js';
import { parseDay } from '../kernel/time/day.js';
import { isInstant } from '../kernel/time/instant-form.js';

/** The query of a page's address, read field by field: what a page does not know in it is left alone. */
export class AddressQuery {
  private readonly fields: Readonly<Record<string, unknown>>;

  constructor(request: Pick<FastifyRequest, 'query'>) {
    this.fields = request.query as Readonly<Record<string, unknown>>;
  }

  /** A field's text, trimmed; undefined where it is missing or blank. */
  text(name: string): string | undefined {
    return firstText(this.fields[name])?.slice(0, 500);
  }

  /** @throws Problem VALIDATION_FAILED for what is no calendar day */
  day(name: string): string | undefined {
    const given = this.text(name);
    if (given !== undefined && parseDay(given) === undefined) throw wrong(name, 'ska vara en kalenderdag, ÅÅÅÅ-MM-DD');
    return given;
  }

  /** @throws Problem VALIDATION_FAILED for what is no instant in UTC */
  instant(name: string): string | undefined {
    const given = this.text(name);
    if (given !== undefined && !isInstant(given))
      throw wrong(name, 'ska vara en tidpunkt i UTC, till exempel 2026-03-01T12:00:00Z');
    return given;
  }
}

/** Says that a field of an address or a form is wrong. */
export function wrong(path: string, message: string): Problem {
  return new Problem(httpProblems.VALIDATION_FAILED, {
    detail: `${path} ${message}.`,
    errors: [{ path, message }],
  });
}

/** An address with a query; fields that are undefined are left out. */
export function address(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter((field): field is [string, string] => field[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
