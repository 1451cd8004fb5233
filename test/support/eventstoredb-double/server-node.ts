import type { Metadata, ServiceError } from '@grpc/grpc-js';
import { callError, accessDenied, unavailable, type LeaderEndpoint } from './call-errors.js';
import type { DoubleData } from './double-data.js';
import type { Faults } from './faults.js';
import type { Traffic } from './traffic.js';
import { status } from '@grpc/grpc-js';

export interface Credentials {
  username: string;
  password: string;
}

/** What the handlers of a server's calls see of it. */
export interface ServerNode {
  readonly data: DoubleData;
  readonly faults: Faults;
  readonly traffic: Traffic;
  readonly maxAppendSize: number;
  readonly isLeader: boolean;
  readonly leader: LeaderEndpoint;
  readonly credentials: Credentials | undefined;
}

/** What keeps a call with these headers out, if anything does. */
export function refusalOf(node: ServerNode, headers: Metadata): ServiceError | undefined {
  if (node.faults.unavailable) return unavailable();
  if (!node.credentials) return undefined;
  const [given] = headers.get('authorization');
  if (given === undefined) return accessDenied();
  const { username, password } = node.credentials;
  const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return given === wanted ? undefined : callError(status.UNAUTHENTICATED, 'Bad credentials');
}
