import { type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { DeleteReq, DeleteResp, TombstoneReq, TombstoneResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerLog } from './server-log.js';
import { asNumber, deletedFailure, expectedRevision, failure, streamName } from './wire.js';

type RemoveRequest = DeleteReq | TombstoneReq;

export function remove(log: ServerLog) {
  return (call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>): void => {
    const outcome = removeFrom(log, call.request, false);
    if (!('position' in outcome)) return answer(outcome);
    const position = new streams.DeleteResp.Position();
    position.setCommitPosition(outcome.position.toString());
    position.setPreparePosition(outcome.position.toString());
    const response = new streams.DeleteResp();
    response.setPosition(position);
    answer(null, response);
  };
}

export function tombstone(log: ServerLog) {
  return (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>): void => {
    const outcome = removeFrom(log, call.request, true);
    if (!('position' in outcome)) return answer(outcome);
    const position = new streams.TombstoneResp.Position();
    position.setCommitPosition(outcome.position.toString());
    position.setPreparePosition(outcome.position.toString());
    const response = new streams.TombstoneResp();
    response.setPosition(position);
    answer(null, response);
  };
}

function removeFrom(log: ServerLog, request: RemoveRequest, forGood: boolean) {
  const options = request.getOptions()!;
  const stream = streamName(options.getStreamIdentifier());
  const expected = expectedRevision(options, () => options.getRevision());
  const outcome = log.remove(stream, expected, forGood);
  if (outcome === 'deleted') return deletedFailure(stream);
  if ('position' in outcome) return outcome;
  const [wanted, actual] = [String(asNumber(expected)), String(outcome.actual ?? -1n)];
  return failure(
    status.FAILED_PRECONDITION,
    `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${wanted}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': wanted,
      'actual-version': actual,
    },
  );
}

/** What the client asks to find out whether it may use BatchAppend. */
export function supportedMethods(_: unknown, answer: sendUnaryData<SupportedMethods>): void {
  const response = new features.SupportedMethods();
  response.setEventStoreServerVersion('23.10.8');
  for (const name of ['read', 'append', 'batchappend', 'delete', 'tombstone']) {
    const method = new features.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams');
    method.setMethodName(name);
    response.addMethods(method);
  }
  answer(null, response);
}

/** A cluster of one, which is its leader. */
export function clusterInfo(port: () => number) {
  return (_: unknown, answer: sendUnaryData<ClusterInfo>): void => {
    const endpoint = new gossip.EndPoint();
    endpoint.setAddress('127.0.0.1');
    endpoint.setPort(port());
    const member = new gossip.MemberInfo();
    member.setIsAlive(true);
    member.setState(gossip.MemberInfo.VNodeState.LEADER);
    member.setHttpEndPoint(endpoint);
    const response = new gossip.ClusterInfo();
    response.addMembers(member);
    answer(null, response);
  };
}
