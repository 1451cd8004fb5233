import type { FastifyRequest } from 'fastify';
import { isThisMachine } from '../../loopback-address.js';

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const;

/** A request that a proxy on this machine hands on comes from somewhere else, though its connection does not. */
export function comesFromThisMachine({
  socket,
  headers,
}: Pick<FastifyRequest, 'socket' | 'headers'>): boolean {
  return isThisMachine(socket.remoteAddress ?? '') && FORWARDED.every((name) => headers[name] === undefined);
}
