import { OF_A_UNIT, subjectOfOpening } from '../facts/opened-about.js';
import { categoryOf, type RecordedEvent, streamIdOf } from '../kernel/event-sourcing/envelope.js';
import { thingIdOf } from '../kernel/event-sourcing/ids.js';
import type { EventStore } from '../kernel/event-store/event-store.js';
import { Problem } from '../kernel/http/problem.js';
import { type Named, unknown } from '../judgement/answer-problems.js';
import { recordingProblems } from './recording-problems.js';
import type { StepRequest } from './step-command.js';
import type { Step } from './step.js';

/**
 * The stream that a step is for: the one that its path names, that of the entry that it names, or a new one.
 * @throws Problem UNKNOWN_EVENT when the path names no entry
 */
export async function streamOf(
  step: Step,
  { params, body }: StepRequest,
  commandId: string,
  store: EventStore,
): Promise<string> {
  const category = step.records.categories?.[0];
  if (category === undefined) {
    const event = params['event'] ?? '';
    const place = (await store.find([event])).get(event);
    if (!place) throw new Problem(recordingProblems.UNKNOWN_EVENT, { members: { event } });
    return place.stream;
  }
  if (!step.records.opens) return `${category}-${params['id']}`;
  const given = 'id' in body && typeof body.id === 'string' ? body.id.toLowerCase() : undefined;
  return `${category}-${given ?? thingIdOf(commandId, category)}`;
}

/** The error for a stream that is not there. A policy stream is there as soon as its controller is. */
export function unknownStream(stream: string): Problem {
  const category = categoryOf(stream);
  return unknown((category === 'policy' ? 'controller' : category) as Named, streamIdOf(stream));
}

/** Whose key seals a step, and whose register it is about. */
export interface StreamOwner {
  readonly subject: string;
  readonly controller: string;
}

/**
 * Whom a stream is about, as its first entry said or, for a new stream, as the step says that opens it.
 * @param read another stream's entries
 * @throws Problem for a policy of a controller that is not there
 */
export async function ownerOf(
  stream: string,
  data: Readonly<Record<string, unknown>>,
  history: readonly RecordedEvent[],
  read: (stream: string) => Promise<readonly RecordedEvent[]>,
): Promise<StreamOwner> {
  const own = streamIdOf(stream);
  const [first] = history;
  if (first) return { subject: first.subject ?? own, controller: first.controller ?? own };
  const category = categoryOf(stream);
  if (category === 'policy') {
    if ((await read(`controller-${own}`)).length === 0) throw unknownStream(stream);
    return { subject: own, controller: own };
  }
  const subject = subjectOfOpening(stream, data);
  if (OF_A_UNIT.has(category)) {
    const [unit] = await read(`unit-${String(data['unit'])}`);
    return { subject, controller: unit?.controller ?? own };
  }
  return { subject, controller: category === 'controller' ? own : String(data['controller']) };
}
