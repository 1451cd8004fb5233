import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { PROBLEM_MEDIA_TYPE, PROBLEMS, problem, type Problem } from './problem.js';
import { edge, problemOf } from './problem-of.js';

/** Where Nest's own security headers do not reach. */
const BARE_HEADERS = {
  'Content-Type': PROBLEM_MEDIA_TYPE,
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'",
  'X-Content-Type-Options': 'nosniff',
} as const;

/** Answers what Node could not even read as a request. Fastify knows nothing of it, so the bytes are written here. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const found = problemOfClientError(error.code, uuidv7());
  const body = JSON.stringify(found);
  socket.end(
    [
      `HTTP/1.1 ${found.status} ${STATUS_CODES[found.status] ?? ''}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Correlation-Id: ${found.instance}`,
      ...Object.entries(BARE_HEADERS).map(([name, value]) => `${name}: ${value}`),
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

/** Answers a path that the router could not read: no hook and no filter has been reached by then. */
export function answerUnroutable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { problem: found } = problemOf(error, request.id, false);
  void reply
    .status(found.status)
    .headers({ ...BARE_HEADERS, 'X-Correlation-Id': request.id })
    .send(Buffer.from(JSON.stringify(found)));
}

function problemOfClientError(code: string | undefined, correlationId: string): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return edge('headers-too-large', 'the headers are larger than 16 KiB', correlationId).problem;
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return edge('request-timeout', 'the request did not arrive in time', correlationId).problem;
  }
  return problem(PROBLEMS.malformed, 'not-http', 'this could not be read as an HTTP request', correlationId);
}
