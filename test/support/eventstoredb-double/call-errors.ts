import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import type { CallError } from './faults.js';

/** What a call is ended with: `call.emit('error', …)` or the callback of a unary one. */
export function callError(
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): ServiceError {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export interface LeaderEndpoint {
  host: string;
  port: number;
}

export const unavailable = (details = 'Server Is Not Ready'): ServiceError =>
  callError(status.UNAVAILABLE, details);

export const accessDenied = (): ServiceError =>
  callError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const notLeader = ({ host, port }: LeaderEndpoint): ServiceError =>
  callError(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const streamDeleted = (stream: string): ServiceError =>
  callError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const maximumAppendSizeExceeded = (limit: number): ServiceError =>
  callError(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });

export const wrongExpectedVersion = (stream: string, expected: bigint, actual: bigint): ServiceError =>
  callError(status.FAILED_PRECONDITION, 'Delete failed due to WrongExpectedVersion.', {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': String(expected),
    'actual-version': String(actual),
  });

export const invalidPosition = (): ServiceError =>
  callError(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');

export function injectedError(error: CallError, leader: LeaderEndpoint): ServiceError {
  switch (error) {
    case 'unavailable':
      return unavailable();
    case 'cancelled':
      return callError(status.CANCELLED, 'The server has cancelled the call.');
    case 'internal':
      return callError(status.INTERNAL, 'Exception was thrown by handler.');
    case 'access-denied':
      return accessDenied();
    case 'not-leader':
      return notLeader(leader);
  }
}
