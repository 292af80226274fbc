import { randomUUID } from 'node:crypto';
import { type ServerWritableStream, status } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerEvent, ServerLog } from './server-log.js';
import { deletedFailure, eventResponse, failure, identifier, streamName } from './wire.js';

type Call = ServerWritableStream<ReadReq, ReadResp>;

/** So many events of others pass before a filtered subscription hears how far it has come. */
const CHECKPOINT_WINDOW = 32;

/** The Read call: streams and the log, both ways, and subscriptions. */
export function read(log: ServerLog, gate: () => Promise<void>) {
  return async (call: Call): Promise<void> => {
    await gate();
    const options = call.request.getOptions()!;
    if (options.hasSubscription()) await subscribe(log, call, gate);
    else if (options.hasAll()) await readAll(log, call);
    else await readStream(log, call);
  };
}

async function readStream(log: ServerLog, call: Call): Promise<void> {
  const options = call.request.getOptions()!;
  const wanted = options.getStream()!;
  const name = streamName(wanted.getStreamIdentifier());
  const events = log.visible(name);
  if (events === 'deleted') return fail(call, deletedFailure(name));
  if (events === undefined) {
    const missing = new streams.ReadResp.StreamNotFound();
    missing.setStreamIdentifier(identifier(name));
    const response = new streams.ReadResp();
    response.setStreamNotFound(missing);
    call.write(response);
    call.end();
    return;
  }
  const backwards = options.getReadDirection() === 1;
  const revision = wanted.hasRevision() ? BigInt(wanted.getRevision()) : wanted.hasEnd() ? 2n ** 62n : 0n;
  const chosen = backwards
    ? events.filter((event) => event.revision <= revision).reverse()
    : events.filter((event) => event.revision >= revision);
  await send(call, chosen.slice(0, Number(options.getCount())));
}

async function readAll(log: ServerLog, call: Call): Promise<void> {
  const options = call.request.getOptions()!;
  const all = options.getAll()!;
  const backwards = options.getReadDirection() === 1;
  let index = all.hasEnd() ? log.events.length : 0;
  if (all.hasPosition()) {
    const found = log.indexAt(BigInt(all.getPosition()!.getCommitPosition()));
    if (found === undefined)
      return fail(call, failure(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition', {}));
    index = found;
  }
  const count = Number(options.getCount());
  await send(call, backwards ? reversed(log.events, index, count) : forwards(log.events, index, count));
}

function* forwards(events: readonly ServerEvent[], from: number, count: number): Generator<ServerEvent> {
  const end = Math.min(events.length, from + count);
  for (let index = from; index < end; index++) yield events[index]!;
}

/** Backwards from a position leaves out the event that stands there. */
function* reversed(events: readonly ServerEvent[], before: number, count: number): Generator<ServerEvent> {
  for (let index = before - 1; index >= Math.max(0, before - count); index--) yield events[index]!;
}

async function send(call: Call, events: Iterable<ServerEvent>): Promise<void> {
  for (const event of events) {
    if (call.cancelled || !(await write(call, eventResponse(event)))) return;
  }
  call.end();
}

async function subscribe(log: ServerLog, call: Call, gate: () => Promise<void>): Promise<void> {
  const options = call.request.getOptions()!;
  const wanted = options.getStream();
  const name = wanted && streamName(wanted.getStreamIdentifier());
  const there = name === undefined ? [] : log.visible(name);
  if (name !== undefined && there === 'deleted') return fail(call, deletedFailure(name));
  const start = startOf(log, call.request);
  if (start === undefined) return fail(call, failure(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition', {}));

  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(randomUUID());
  const confirmed = new streams.ReadResp();
  confirmed.setConfirmation(confirmation);
  await write(call, confirmed);

  const wants = filterOf(call.request);
  // A stream that is not there yet is caught up with only after its first event.
  let caughtUp = false;
  let sent = there !== undefined;
  let passedBy = 0;
  for (let index = start; !call.cancelled;) {
    const change = nextChange(log, call);
    for (; index < log.events.length; index++) {
      const event = log.events[index]!;
      if (wants(event)) {
        if (!(await write(call, eventResponse(event)))) return;
        sent = true;
      } else if (options.hasFilter() && ++passedBy % CHECKPOINT_WINDOW === 0) {
        await write(call, checkpoint(event.position));
      }
    }
    if (!caughtUp && sent) {
      const response = new streams.ReadResp();
      response.setCaughtUp(new streams.ReadResp.CaughtUp());
      await write(call, response);
      caughtUp = true;
    }
    await change;
    await gate();
  }
}

/** Where in the log a subscription begins: after the given place. */
function startOf(log: ServerLog, request: ReadReq): number | undefined {
  const options = request.getOptions()!;
  const stream = options.getStream();
  if (stream) {
    if (stream.hasEnd()) return log.events.length;
    if (!stream.hasRevision()) return 0;
    const events = log.visible(streamName(stream.getStreamIdentifier()));
    const event = Array.isArray(events)
      ? events.find(({ revision }: ServerEvent) => revision === BigInt(stream.getRevision()))
      : undefined;
    return event ? log.indexAt(event.position)! + 1 : 0;
  }
  const all = options.getAll()!;
  if (all.hasEnd()) return log.events.length;
  if (!all.hasPosition()) return 0;
  const index = log.indexAt(BigInt(all.getPosition()!.getCommitPosition()));
  return index === undefined ? undefined : index + 1;
}

function filterOf(request: ReadReq): (event: ServerEvent) => boolean {
  const options = request.getOptions()!;
  const stream = options.getStream();
  if (stream) {
    const name = streamName(stream.getStreamIdentifier());
    return (event) => event.stream === name;
  }
  const filter = options.getFilter();
  if (!filter) return () => true;
  const expression = (filter.getStreamIdentifier() ?? filter.getEventType())!;
  const text = (event: ServerEvent) => (filter.hasStreamIdentifier() ? event.stream : event.type);
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (event) => prefixes.some((prefix) => text(event).startsWith(prefix));
  const pattern = new RegExp(expression.getRegex());
  return (event) => pattern.test(text(event));
}

function checkpoint(position: bigint): ReadResp {
  const message = new streams.ReadResp.Checkpoint();
  message.setCommitPosition(position.toString());
  message.setPreparePosition(position.toString());
  const response = new streams.ReadResp();
  response.setCheckpoint(message);
  return response;
}

/** Resolves when the log has grown or the call is over. */
function nextChange(log: ServerLog, call: Call): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      forget();
      call.off('cancelled', done);
      resolve();
    };
    const forget = log.onChange(done);
    call.once('cancelled', done);
  });
}

/** Writes with back-pressure; false when the call is over. */
async function write(call: Call, response: ReadResp): Promise<boolean> {
  if (call.cancelled) return false;
  if (call.write(response)) return true;
  await new Promise<void>((resolve) => {
    const done = () => {
      call.off('drain', done);
      call.off('cancelled', done);
      resolve();
    };
    call.once('drain', done);
    call.once('cancelled', done);
  });
  return !call.cancelled;
}

function fail(call: Call, error: object): void {
  call.emit('error', error);
}
