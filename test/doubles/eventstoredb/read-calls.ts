import { randomUUID } from 'node:crypto';
import { type ServerWritableStream, status } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Demand, Node } from './node.js';
import type { ServerEvent, ServerLog } from './server-log.js';
import { deletedFailure, eventResponse, failure, identifier, streamName } from './wire.js';

type Call = ServerWritableStream<ReadReq, ReadResp>;

/** So many events a filtered subscription looks through at a time when it says nothing else. */
const SEARCH_WINDOW = 32;

/** The Read call: streams and the log, both ways, and subscriptions. */
export function read(node: Node) {
  return async (call: Call): Promise<void> => {
    const refusal = await node.enter(call.metadata, demandOf(call.request));
    const options = call.request.getOptions()!;
    if (refusal) fail(call, refusal);
    else if (options.hasSubscription()) await new ServedSubscription(node, call).serve();
    else if (options.hasAll()) await readAll(node, call);
    else await readStream(node, call);
  };
}

function demandOf(request: ReadReq): Demand {
  const options = request.getOptions()!;
  const stream = options.hasStream() ? streamName(options.getStream()!.getStreamIdentifier()) : '$all';
  return { verb: options.hasSubscription() ? 'subscribe' : 'read', right: 'read', stream };
}

async function readStream(node: Node, call: Call): Promise<void> {
  const options = call.request.getOptions()!;
  const wanted = options.getStream()!;
  const name = streamName(wanted.getStreamIdentifier());
  const events = node.log.visible(name);
  if (events === 'deleted') return fail(call, deletedFailure(name));
  if (events === undefined) {
    const missing = new streams.ReadResp.StreamNotFound();
    missing.setStreamIdentifier(identifier(name));
    const response = new streams.ReadResp();
    response.setStreamNotFound(missing);
    await write(node, call, response);
    call.end();
    return;
  }
  const backwards = options.getReadDirection() === 1;
  const revision = wanted.hasRevision() ? BigInt(wanted.getRevision()) : wanted.hasEnd() ? 2n ** 62n : 0n;
  const chosen = backwards
    ? events.filter((event) => event.revision <= revision).reverse()
    : events.filter((event) => event.revision >= revision);
  await send(node, call, chosen.slice(0, Number(options.getCount())));
}

async function readAll(node: Node, call: Call): Promise<void> {
  const { log } = node;
  const options = call.request.getOptions()!;
  const all = options.getAll()!;
  const backwards = options.getReadDirection() === 1;
  let index = all.hasEnd() ? log.events.length : 0;
  if (all.hasPosition()) {
    const position = BigInt(all.getPosition()!.getCommitPosition());
    const found = log.indexAt(position);
    if (found === undefined) return fail(call, failure(status.UNKNOWN, node.conduct.noEventAt(position), {}));
    index = found;
  }
  const count = Number(options.getCount());
  // Backwards from a position leaves out the event that stands there.
  const events = backwards
    ? log.events.slice(Math.max(0, index - count), index).reverse()
    : log.events.slice(index, index + count);
  await send(node, call, events);
}

async function send(node: Node, call: Call, events: Iterable<ServerEvent>): Promise<void> {
  for (const event of events) {
    if (call.cancelled || !(await write(node, call, eventResponse(event)))) return;
  }
  call.end();
}

/** A subscription to a stream or to the log, until the call is over. */
class ServedSubscription {
  private readonly log: ServerLog;
  private readonly options: ReadReq.Options;
  /** How many events were looked through since the last window ended, and whether one of them passed; how many windows since a checkpoint. */
  private searched = 0;
  private passed = false;
  private windows = 0;

  constructor(
    private readonly node: Node,
    private readonly call: Call,
  ) {
    this.log = node.log;
    this.options = call.request.getOptions()!;
  }

  async serve(): Promise<void> {
    const { log, call, node } = this;
    const wanted = this.options.getStream();
    const name = wanted && streamName(wanted.getStreamIdentifier());
    const there = name === undefined ? [] : log.visible(name);
    if (name !== undefined && there === 'deleted') return fail(call, deletedFailure(name));
    const start = startOf(log, call.request);
    if (start === undefined) {
      const position = BigInt(this.options.getAll()!.getPosition()!.getCommitPosition());
      return fail(call, failure(status.UNKNOWN, node.conduct.noEventAt(position), {}));
    }
    await write(node, call, confirmation());
    await this.follow(start, there !== undefined || node.conduct.caughtUpWithNothing);
  }

  /** @param there whether there is something to have caught up with before the first event */
  private async follow(start: number, there: boolean): Promise<void> {
    const { log, call, node } = this;
    const wants = filterOf(call.request);
    let caughtUp = false;
    let sent = there;
    let { generation } = log;
    let last = log.events[start - 1]?.position ?? -1n;
    for (let index = start; !call.cancelled;) {
      const change = nextChange(log, call);
      for (; ; index++) {
        // A scavenge moves places.
        if (generation !== log.generation) index = log.firstFrom(last + 1n);
        ({ generation } = log);
        const event = log.events[index];
        if (!event) break;
        last = event.position;
        const wanted = wants(event);
        if (wanted && !(await write(node, call, eventResponse(event)))) return;
        sent ||= wanted;
        if (this.options.hasFilter()) await this.lookedAt(event, log.events[index + 1], wanted);
      }
      if (!caughtUp && sent) {
        const response = new streams.ReadResp();
        response.setCaughtUp(new streams.ReadResp.CaughtUp());
        await write(node, call, response);
        caughtUp = true;
      }
      await change;
      await node.faults.frozen;
      const refusal = node.faults.refusalOf(`following ${demandOf(call.request).stream}`);
      if (refusal) return fail(call, refusal);
    }
  }

  /** Says how far it has come whenever it has looked through so many windows of events. */
  private async lookedAt(event: ServerEvent, next: ServerEvent | undefined, wanted: boolean): Promise<void> {
    const filter = this.options.getFilter()!;
    this.passed ||= wanted;
    if (++this.searched < (filter.getMax() || SEARCH_WINDOW)) return;
    const ahead = this.node.conduct.checkpointsAhead && !this.passed && next;
    this.searched = 0;
    this.passed = false;
    if (++this.windows < filter.getCheckpointintervalmultiplier()) return;
    this.windows = 0;
    await write(this.node, this.call, checkpoint(ahead ? next.position : event.position, event.position));
  }
}

function confirmation(): ReadResp {
  const message = new streams.ReadResp.SubscriptionConfirmation();
  message.setSubscriptionId(randomUUID());
  const response = new streams.ReadResp();
  response.setConfirmation(message);
  return response;
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

function checkpoint(commit: bigint, prepare: bigint): ReadResp {
  const message = new streams.ReadResp.Checkpoint();
  message.setCommitPosition(commit.toString());
  message.setPreparePosition(prepare.toString());
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
async function write(node: Node, call: Call, response: ReadResp): Promise<boolean> {
  await node.sending();
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
