/** What somebody wants to record: an event that has not happened yet. */
export interface Step<Type extends string = string, Data = Readonly<Record<string, unknown>>> {
  readonly type: Type;
  /** Civil date `YYYY-MM-DD` in Stockholm on which it became, or becomes, true. */
  readonly effectiveOn: string;
  readonly data: Data;
}

/**
 * Why something cannot be true. `NOT_FOUND`: what it is about is not there. `CONFLICT`: not as things stand.
 * `IMPOSSIBLE`: never. `FORBIDDEN`: not by whoever puts it.
 */
export type RefusalKind = 'NOT_FOUND' | 'CONFLICT' | 'IMPOSSIBLE' | 'FORBIDDEN';

/** A reason for refusing, known by its code. The texts are Swedish and say what to do. */
export interface RefusalType {
  readonly code: string;
  readonly kind: RefusalKind;
  readonly title: string;
  readonly detail: string;
}

export interface Refusal {
  readonly refused: RefusalType;
  /** What stands in the way: ids and dates, never personal data. */
  readonly about: Readonly<Record<string, string>>;
  /** Swedish: the cause in this case and the way out, where the refusal's own text has to cover several. */
  readonly detail?: string;
}

/**
 * Something that may be recorded but breaks a rule. The rule's id is that of the compliance catalogue where it has one.
 */
export interface Warning {
  readonly rule: string;
  /** Swedish: what is wrong and how it is put right. */
  readonly message: string;
}

export interface Acceptance {
  readonly accepted: Step;
  readonly warnings: readonly Warning[];
}

export type Decision = Acceptance | Refusal;

/**
 * Decides whether a step can be true, given the state that the valid entries of its stream (and where it must look
 * there, of others) add up to. Pure: what day it is, and every id, is in what it is given.
 */
export type Decide<State, S extends Step = Step> = (step: S, state: State) => Decision;

export function accept(step: Step, ...warnings: readonly Warning[]): Acceptance {
  return { accepted: step, warnings };
}

/** The decider of a step that can always be true. */
export const acceptAny: Decide<unknown> = (step) => accept(step);

export function refuse(refused: RefusalType, about: Readonly<Record<string, string>> = {}, detail?: string): Refusal {
  return { refused, about, ...(detail === undefined ? {} : { detail }) };
}

export function isRefusal(decision: Decision): decision is Refusal {
  return 'refused' in decision;
}

/** Declares reasons for refusing by their codes; the object's keys are the codes. */
export function refusalTypes<C extends string>(
  types: Readonly<Record<C, readonly [kind: RefusalKind, title: string, detail: string]>>,
): Readonly<Record<C, RefusalType>> {
  const entries = Object.entries<readonly [RefusalKind, string, string]>(types).map(
    ([code, [kind, title, detail]]) => [code, { code, kind, title, detail }] as const,
  );
  return Object.fromEntries(entries) as Record<C, RefusalType>;
}
