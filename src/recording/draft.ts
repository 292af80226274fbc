import type { EventCatalogue } from '../kernel/event-sourcing/event-catalogue.js';
import { type RecordedEvent, streamIdOf } from '../kernel/event-sourcing/envelope.js';
import { eventIdOf, thingIdOf } from '../kernel/event-sourcing/ids.js';
import { MAX_DEPTH } from '../kernel/json-text.js';
import { checkDay, checkDocumentedAt, checkedData } from './fact-check.js';
import type { StepRequest } from './step-command.js';
import type { Step } from './step.js';

/** A step worked out as the event that it would be, before anybody decided on it. */
export interface Draft {
  readonly id: string;
  readonly stream: string;
  readonly effectiveOn: string;
  readonly documentedAt?: string;
  readonly lateReason?: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** For a correction: the type of the entry it corrects, then of the one that one corrects, and so on. */
  readonly correctedTypes: readonly string[];
  /** What it brings into being, where it does. */
  readonly thing?: string;
  /** The caller chose the id of what it brings into being. */
  readonly named: boolean;
}

/** When and as which command a step is worked out. */
export interface DraftContext {
  readonly commandId: string;
  readonly stream: string;
  /** Civil date in Stockholm. */
  readonly today: string;
  /** The day of the step when the body says none. */
  readonly defaultDay: string;
  readonly history: readonly RecordedEvent[];
}

/**
 * Works out a step: the body and the path become data, ids that were not given follow from the command, and the event's
 * schema has the last word.
 * @throws Problem VALIDATION_FAILED or IMPOSSIBLE_DATE
 */
export function draftOf(
  step: Step,
  request: StepRequest,
  catalogue: EventCatalogue,
  { commandId, stream, today, defaultDay, history }: DraftContext,
): Draft {
  const { documentedAt, lateReason, ...rest } = plain(request.body);
  const { records: type } = step;
  const effectiveOn = (step.dayIsData ? undefined : take(rest, 'effectiveOn')) ?? defaultDay;
  if (type.opens) take(rest, 'id');
  const raw: Record<string, unknown> = { ...step.defaults, ...rest, ...pathFields(step, request.params) };
  const named = type.defines !== undefined && type.defines.path in raw;
  if (type.defines) raw[type.defines.path] ??= thingIdOf(commandId, type.defines.kind);
  checkDay(type, effectiveOn, today);
  if (documentedAt !== undefined) checkDocumentedAt(documentedAt, today);
  const corrected = type.corrects !== undefined ? correctedBy(raw['corrects'], history) : [];
  const correctedTypes = corrected.map((entry) => entry.type);
  const effective = [effectiveOn, ...corrected.map((entry) => entry.effectiveOn)];
  const data = checkedData(catalogue, type, raw, { effective, recorded: today }, correctedTypes);
  const thing = type.opens ? streamIdOf(stream) : type.defines && String(data[type.defines.path]);
  return {
    id: eventIdOf(commandId),
    stream,
    effectiveOn,
    documentedAt,
    lateReason,
    data,
    correctedTypes,
    named,
    ...(thing === undefined ? {} : { thing }),
  };
}

function take(fields: Record<string, unknown>, name: string): string | undefined {
  const value = fields[name];
  delete fields[name];
  return typeof value === 'string' ? value : undefined;
}

interface PlainBody {
  documentedAt?: string;
  lateReason?: string;
  [field: string]: unknown;
}

// DTO classes become plain objects without the fields that were left out.
function plain(body: object): PlainBody {
  return JSON.parse(JSON.stringify(body)) as PlainBody;
}

function pathFields({ path, fields = {} }: Step, params: Readonly<Record<string, string>>): Record<string, string> {
  const named = [...path.matchAll(/:(\w+)/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'id' || 'id' in fields);
  return Object.fromEntries(named.map((name) => [fields[name] ?? name, params[name] ?? '']));
}

/** The entries down the chain that a correction is about. */
export function correctedBy(corrects: unknown, history: readonly RecordedEvent[]): RecordedEvent[] {
  const byId = new Map(history.map((entry) => [entry.id, entry]));
  const chain: RecordedEvent[] = [];
  // No body is nested deeper, so nothing in it is about what lies further down the chain.
  for (
    let target = byId.get(String(corrects));
    target && chain.length < MAX_DEPTH;
    target = byId.get(String(target.data['corrects']))
  )
    chain.push(target);
  return chain;
}
