import { type ServerDuplexStream, type ServerReadableStream, type sendUnaryData, status as grpc } from '@grpc/grpc-js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import code from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Demand, Node } from './node.js';
import type { AppendOutcome, Expected, ProposedEvent } from './server-log.js';
import { deletedFailure, expectedRevision, identifier, proposedEvent, streamName, tooLargeFailure } from './wire.js';

function demandOf(stream: string): Demand {
  return { verb: 'append', right: 'write', stream };
}

/** The Append call: a header, then an event a message, one answer. */
export function append(node: Node) {
  return (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void => {
    let stream = '';
    let expected: Expected = 'any';
    const proposed: ProposedEvent[] = [];
    call.on('data', (request: AppendReq) => {
      const options = request.getOptions();
      if (options) {
        stream = streamName(options.getStreamIdentifier());
        expected = expectedRevision(options, () => options.getRevision());
      } else {
        proposed.push(proposedEvent(request.getProposedMessage()!));
      }
    });
    call.on('error', () => undefined);
    call.on('end', async () => {
      const refusal = await node.enter(call.metadata, demandOf(stream));
      if (refusal) return answer(refusal);
      const outcome = await node.append(stream, expected, proposed);
      if (!outcome) return;
      if (outcome.kind === 'deleted') answer(deletedFailure(stream));
      else if (outcome.kind === 'tooLarge') answer(tooLargeFailure(node.conduct.maxAppendBytes));
      else answer(null, outcome.kind === 'written' ? success(outcome) : wrong(outcome.actual, expected));
    });
  };
}

function success(outcome: { revision: bigint; position: bigint }): AppendResp {
  const position = new streams.AppendResp.Position();
  position.setCommitPosition(outcome.position.toString());
  position.setPreparePosition(outcome.position.toString());
  const message = new streams.AppendResp.Success();
  message.setCurrentRevision(outcome.revision.toString());
  message.setPosition(position);
  const response = new streams.AppendResp();
  response.setSuccess(message);
  return response;
}

function wrong(actual: bigint | undefined, expected: Expected): AppendResp {
  const message = new streams.AppendResp.WrongExpectedVersion();
  if (actual === undefined) message.setCurrentNoStream(new shared.Empty());
  else message.setCurrentRevision(actual.toString());
  if (expected === 'any') message.setExpectedAny(new shared.Empty());
  else if (expected === 'no_stream') message.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') message.setExpectedStreamExists(new shared.Empty());
  else message.setExpectedRevision(expected.toString());
  const response = new streams.AppendResp();
  response.setWrongExpectedVersion(message);
  return response;
}

/** The BatchAppend call: many appends on one stream of messages, each with a correlation id. Our adapter keeps clear of it; the scenario does not. */
export function batchAppend(node: Node) {
  return (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    const open = new Map<string, { stream: string; expected: Expected; deadline: number; proposed: ProposedEvent[] }>();
    call.on('data', async (request: BatchAppendReq) => {
      const correlation = request.getCorrelationId()!;
      const options = request.getOptions();
      if (options) {
        const expected = expectedRevision(options, () => options.getStreamPosition());
        const deadline = options.getDeadline()?.toDate().getTime() ?? Infinity;
        open.set(correlation.getString(), {
          stream: streamName(options.getStreamIdentifier()),
          expected,
          deadline,
          proposed: [],
        });
      }
      const batch = open.get(correlation.getString())!;
      batch.proposed.push(...request.getProposedMessagesList().map(proposedEvent));
      if (!request.getIsFinal()) return;
      open.delete(correlation.getString());
      const response = new streams.BatchAppendResp();
      response.setCorrelationId(correlation);
      response.setStreamIdentifier(identifier(batch.stream));
      const refusal = await node.enter(call.metadata, demandOf(batch.stream));
      if (refusal && refusal.code !== grpc.PERMISSION_DENIED) return void call.emit('error', refusal);
      const outcome = refusal ? 'denied' : await node.append(batch.stream, batch.expected, batch.proposed);
      if (!outcome) return;
      if (outcome === 'denied') response.setError(notAllowed());
      else if (Date.now() > batch.deadline) response.setError(late());
      else if (outcome.kind === 'written') response.setSuccess(batchSuccess(outcome));
      else response.setError(batchFailure(outcome, batch.stream, batch.expected, node.conduct.maxAppendBytes));
      call.write(response);
    });
    call.on('error', () => undefined);
    call.on('end', () => call.end());
  };
}

function batchSuccess(outcome: { revision: bigint; position: bigint }) {
  const position = new shared.AllStreamPosition();
  position.setCommitPosition(outcome.position.toString());
  position.setPreparePosition(outcome.position.toString());
  const message = new streams.BatchAppendResp.Success();
  message.setCurrentRevision(outcome.revision.toString());
  message.setPosition(position);
  return message;
}

/** A batch carries its deadline with it, because the call it comes on has none. */
function late() {
  const details = new any.Any();
  details.pack(new shared.Timeout().serializeBinary(), 'event_store.client.Timeout');
  const failed = new status.Status();
  failed.setDetails(details);
  return failed;
}

/** A batch goes on after it: what is denied is one append of it. */
function notAllowed() {
  const details = new any.Any();
  details.pack(new shared.AccessDenied().serializeBinary(), 'event_store.client.AccessDenied');
  const failed = new status.Status();
  failed.setCode(code.Code.PERMISSION_DENIED);
  failed.setMessage('AccessDenied');
  failed.setDetails(details);
  return failed;
}

function batchFailure(
  outcome: Exclude<AppendOutcome, { kind: 'written' }>,
  stream: string,
  expected: Expected,
  maxBytes: number,
) {
  const details = new any.Any();
  if (outcome.kind === 'wrong') {
    const message = new shared.WrongExpectedVersion();
    if (outcome.actual === undefined) message.setCurrentNoStream(new empty.Empty());
    else message.setCurrentStreamRevision(outcome.actual.toString());
    if (expected === 'any') message.setExpectedAny(new empty.Empty());
    else if (expected === 'no_stream') message.setExpectedNoStream(new empty.Empty());
    else if (expected === 'stream_exists') message.setExpectedStreamExists(new empty.Empty());
    else message.setExpectedStreamPosition(expected.toString());
    details.pack(message.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  } else if (outcome.kind === 'deleted') {
    const message = new shared.StreamDeleted();
    message.setStreamIdentifier(identifier(stream));
    details.pack(message.serializeBinary(), 'event_store.client.StreamDeleted');
  } else {
    const message = new shared.MaximumAppendSizeExceeded();
    message.setMaxappendsize(maxBytes);
    details.pack(message.serializeBinary(), 'event_store.client.MaximumAppendSizeExceeded');
  }
  const failed = new status.Status();
  failed.setDetails(details);
  return failed;
}
