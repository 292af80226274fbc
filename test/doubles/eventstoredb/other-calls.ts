import { type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { DeleteReq, DeleteResp, TombstoneReq, TombstoneResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Node } from './node.js';
import { asNumber, deletedFailure, expectedRevision, failure, streamName } from './wire.js';

type RemoveCall = ServerUnaryCall<DeleteReq, DeleteResp> | ServerUnaryCall<TombstoneReq, TombstoneResp>;

export function remove(node: Node) {
  return async (call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>): Promise<void> => {
    const outcome = await removeFrom(node, call, false);
    if (!('position' in outcome)) return answer(outcome);
    const position = new streams.DeleteResp.Position();
    position.setCommitPosition(outcome.position.toString());
    position.setPreparePosition(outcome.position.toString());
    const response = new streams.DeleteResp();
    response.setPosition(position);
    answer(null, response);
  };
}

export function tombstone(node: Node) {
  return async (
    call: ServerUnaryCall<TombstoneReq, TombstoneResp>,
    answer: sendUnaryData<TombstoneResp>,
  ): Promise<void> => {
    const outcome = await removeFrom(node, call, true);
    if (!('position' in outcome)) return answer(outcome);
    const position = new streams.TombstoneResp.Position();
    position.setCommitPosition(outcome.position.toString());
    position.setPreparePosition(outcome.position.toString());
    const response = new streams.TombstoneResp();
    response.setPosition(position);
    answer(null, response);
  };
}

async function removeFrom(node: Node, { request, metadata }: RemoveCall, forGood: boolean) {
  const options = request.getOptions()!;
  const stream = streamName(options.getStreamIdentifier());
  const refusal = await node.enter(metadata, { verb: forGood ? 'tombstone' : 'delete', right: 'delete', stream });
  if (refusal) return refusal;
  const expected = expectedRevision(options, () => options.getRevision());
  const outcome = node.log.remove(stream, expected, forGood);
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
export function supportedMethods({ conduct }: Node) {
  return (_: unknown, answer: sendUnaryData<SupportedMethods>): void => {
    const response = new features.SupportedMethods();
    response.setEventStoreServerVersion(conduct.release);
    for (const name of ['read', 'append', 'batchappend', 'delete', 'tombstone']) {
      const method = new features.SupportedMethod();
      method.setServiceName('event_store.client.streams.streams');
      method.setMethodName(name);
      response.addMethods(method);
    }
    answer(null, response);
  };
}

/** A node of the cluster, as gossip tells of it. */
export interface Member {
  readonly port: number;
  readonly alive: boolean;
  readonly leads: boolean;
}

/** Who the nodes are, and which of them leads. */
export function clusterInfo(members: () => readonly Member[]) {
  return (_: unknown, answer: sendUnaryData<ClusterInfo>): void => {
    const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
    const response = new gossip.ClusterInfo();
    for (const { port, alive, leads } of members()) {
      const endpoint = new gossip.EndPoint();
      endpoint.setAddress('127.0.0.1');
      endpoint.setPort(port);
      const member = new gossip.MemberInfo();
      member.setIsAlive(alive);
      member.setState(leads ? LEADER : FOLLOWER);
      member.setHttpEndPoint(endpoint);
      response.addMembers(member);
    }
    answer(null, response);
  };
}
