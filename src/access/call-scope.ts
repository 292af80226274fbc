import { AsyncLocalStorage } from 'node:async_hooks';
import { EVERYTHING, type Scope } from './caller-scope.js';

const scopes = new AsyncLocalStorage<Scope>();

/** Answers a call within what its caller may see: no question that is asked for it can forget whose it is. */
export function withinScope<T>(scope: Scope, answer: () => T): T {
  return scopes.run(scope, answer);
}

/** What the call that is being answered may show; everything where the question is asked in the process itself. */
export function callScope(): Scope {
  return scopes.getStore() ?? EVERYTHING;
}
