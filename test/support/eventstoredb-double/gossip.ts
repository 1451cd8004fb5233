import gossipPb from '@eventstore/db-client/generated/gossip_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import type { handleUnaryCall } from '@grpc/grpc-js';
import { injectedError, unavailable } from './call-errors.js';
import type { ServerNode } from './server-node.js';

export interface Member {
  instanceId: string;
  host: string;
  port: number;
  state: 'leader' | 'follower' | 'catching-up';
  alive: boolean;
}

const TICKS_PER_MILLISECOND = 10_000n;
const { VNodeState } = gossipPb.MemberInfo;
const STATES = {
  leader: VNodeState.LEADER,
  follower: VNodeState.FOLLOWER,
  'catching-up': VNodeState.CATCHINGUP,
} as const;

/** Who is in the cluster, as this node sees it. No credentials are asked for. */
export function gossipHandler(
  node: ServerNode,
  members: () => readonly Member[],
): handleUnaryCall<sharedPb.Empty, gossipPb.ClusterInfo> {
  return (_call, callback) => {
    const fault = node.faults.gossip.take();
    if (fault === 'never') return;
    if (node.faults.unavailable) return callback(unavailable());
    if (fault) return callback(injectedError(fault, node.leader));
    const reply = new gossipPb.ClusterInfo().setMembersList(members().map(memberInfo));
    node.faults.reply(() => callback(null, reply));
  };
}

function memberInfo(member: Member): gossipPb.MemberInfo {
  const endPoint = new gossipPb.EndPoint().setAddress(member.host).setPort(member.port);
  const info = new gossipPb.MemberInfo().setState(STATES[member.state]).setIsAlive(member.alive);
  info.setInstanceId(new sharedPb.UUID().setString(member.instanceId));
  info.setTimeStamp(String(BigInt(Date.now()) * TICKS_PER_MILLISECOND));
  return info.setHttpEndPoint(endPoint);
}
