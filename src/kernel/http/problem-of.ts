import { HttpException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UnreadableEvent } from '../event-sourcing/unreadable-event.js';
import {
  AppendTooLarge,
  ClockOff,
  EventStoreUnavailable,
  EventStoreUnusable,
  StreamNotWhole,
} from '../event-store/event-store.js';
import { KeyStoreError } from '../privacy/key-store-error.js';
import { ViewsOfAnotherRegister } from '../projections/view-origin.js';
import { ViewStoreUnavailable, ViewStoreUnusable } from '../view-store/view-store.js';
import { httpProblems } from './http-problems.js';
import { Problem, type ProblemType } from './problem.js';

/** Says which problem an error is, for errors that are no {@link Problem} themselves. */
export type ProblemMapping = (thrown: unknown, request: FastifyRequest) => Problem;

const byStatus: Readonly<Record<number, ProblemType>> = {
  400: httpProblems.MALFORMED_REQUEST,
  // Of what we use only the check of forms answers so.
  403: httpProblems.CROSS_SITE_REQUEST,
  404: httpProblems.NOT_FOUND,
  405: httpProblems.METHOD_NOT_ALLOWED,
  406: httpProblems.NOT_ACCEPTABLE,
  413: httpProblems.BODY_TOO_LARGE,
  414: httpProblems.URI_TOO_LONG,
  415: httpProblems.UNSUPPORTED_MEDIA_TYPE,
  431: httpProblems.HEADERS_TOO_LARGE,
  503: httpProblems.STORE_UNAVAILABLE,
};

const RETRY = { headers: { 'retry-after': '2' } };
/** A full or read-only disk, or keys that cannot be had: somebody has to see to it first. Nothing was recorded. */
const RETRY_LATER = { headers: { 'retry-after': '60' } };

/**
 * The problem behind an error of the framework, the server or a store. Their own texts are never passed on.
 * @param allowedMethods the methods that a path knows, empty when it is no path of ours
 */
export function problemMapping(allowedMethods: (path: string) => readonly string[]): ProblemMapping {
  return (thrown, request) => {
    if (thrown instanceof EventStoreUnavailable || thrown instanceof ViewStoreUnavailable || isBusy(thrown))
      return new Problem(httpProblems.STORE_UNAVAILABLE, RETRY);
    if (
      thrown instanceof EventStoreUnusable ||
      thrown instanceof ViewStoreUnusable ||
      thrown instanceof ViewsOfAnotherRegister ||
      thrown instanceof KeyStoreError
    )
      return new Problem(httpProblems.STORE_UNAVAILABLE, RETRY_LATER);
    if (thrown instanceof ClockOff) return new Problem(httpProblems.CLOCK_OFF, RETRY_LATER);
    if (thrown instanceof AppendTooLarge)
      return new Problem(httpProblems.BODY_TOO_LARGE, {
        detail: 'Händelsen är större än vad registrets databas tar emot på en gång. Korta texterna.',
      });
    if (thrown instanceof StreamNotWhole)
      return new Problem(httpProblems[thrown.code], { members: { stream: thrown.stream }, ...RETRY_LATER });
    if (thrown instanceof UnreadableEvent)
      return new Problem(httpProblems.ENTRY_UNREADABLE, {
        members: { event: thrown.id, stream: thrown.stream, position: String(thrown.position) },
      });
    const status = statusOf(thrown);
    if (status === 404) {
      const allowed = allowedMethods(request.url.split('?', 1)[0] ?? '');
      if (allowed.length > 0)
        return new Problem(httpProblems.METHOD_NOT_ALLOWED, { headers: { allow: allowed.join(', ') } });
    }
    const known =
      status === undefined
        ? undefined
        : (byStatus[status] ?? (status < 500 ? httpProblems.MALFORMED_REQUEST : undefined));
    return new Problem(known ?? httpProblems.INTERNAL_ERROR);
  };
}

function isBusy(thrown: unknown): boolean {
  return (
    thrown instanceof KeyStoreError && (thrown.code === 'KEY_STORE_BUSY' || thrown.code === 'KEY_STORE_UNAVAILABLE')
  );
}

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  // Fastify marks its own errors with the status they are to be answered with.
  if (thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number')
    return thrown.statusCode;
  return undefined;
}
