import { status, type Metadata, type ServiceError } from '@grpc/grpc-js';
import { accessDenied, callError, notLeader, unavailable, type LeaderEndpoint } from './call-errors.js';
import type { DoubleData } from './double-data.js';
import type { Faults } from './faults.js';
import type { Outlet } from './outlet.js';
import type { Traffic } from './traffic.js';

export interface Credentials {
  username: string;
  password: string;
}

/** What the handlers of a server's calls see of it. */
export interface ServerNode {
  readonly data: DoubleData;
  readonly faults: Faults;
  readonly traffic: Traffic;
  /** The subscriptions that are open now. */
  readonly subscriptions: Set<Outlet>;
  readonly maxAppendSize: number;
  readonly isLeader: boolean;
  readonly leader: LeaderEndpoint;
  readonly credentials: Credentials | undefined;
}

/** What keeps a call with these headers out, if anything does. */
export function refusalOf(node: ServerNode, headers: Metadata): ServiceError | undefined {
  if (node.faults.unavailable) return unavailable();
  return credentialsRefused(node.credentials, headers) ?? leaderMissed(node, headers);
}

function credentialsRefused(wanted: Credentials | undefined, headers: Metadata): ServiceError | undefined {
  if (!wanted) return undefined;
  const [given] = headers.get('authorization');
  if (given === undefined) return accessDenied();
  const pair = Buffer.from(`${wanted.username}:${wanted.password}`).toString('base64');
  return given === `Basic ${pair}` ? undefined : callError(status.UNAUTHENTICATED, 'Bad credentials');
}

/** A follower reads for itself and passes writes on, but for who insists on the leader. */
function leaderMissed(node: ServerNode, headers: Metadata): ServiceError | undefined {
  const insists = headers.get('requires-leader').includes('true');
  return insists && !node.isLeader ? notLeader(node.leader) : undefined;
}
