import { HttpException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../cases/domain/refusal.js';
import { HabeasError, type ErrorKind } from '../errors.js';
import { PROBLEMS } from './problem.js';
import { problemOf } from './problem-of.js';

const ID = 'correlation-1';

describe('a failure', () => {
  it.each(Object.keys(PROBLEMS) as ErrorKind[])(
    'of the kind %s has a status of its own and says what happened',
    (kind) => {
      const { problem, unknown } = problemOf(new HabeasError(kind, 'some-code', 'what happened'), ID, true);
      expect(problem).toEqual({
        type: 'urn:habeas:problem:some-code',
        title: PROBLEMS[kind].title,
        status: PROBLEMS[kind].status,
        detail: 'what happened',
        instance: ID,
        code: 'some-code',
      });
      expect(unknown).toBeUndefined();
    },
  );

  it('brings its pointers, its further members and when to try again', () => {
    const errors = [{ pointer: '/query/minPosition', message: 'is none' }];
    const error = new HabeasError('unavailable', 'c', 'd', {
      errors,
      extra: { survivor: 'x', status: 200 },
      retryAfterSeconds: 2,
    });
    const { problem, retryAfterSeconds } = problemOf(error, ID, false);
    expect(problem).toMatchObject({ errors, survivor: 'x', status: 503 });
    expect(retryAfterSeconds).toBe(2);
  });
});

describe("the domain's refusal", () => {
  it('becomes a problem with its pointer and its further members', () => {
    const refusal = new Refusal('refused', 'case-merged', 'the case was merged', '/body/caseId', {
      caseId: 'x',
    });
    expect(problemOf(refusal, ID, true).problem).toMatchObject({
      status: 409,
      code: 'case-merged',
      caseId: 'x',
      errors: [{ pointer: '/body/caseId', message: 'the case was merged' }],
    });
  });

  it('is not mistaken for anything that merely looks like one', () => {
    const other = Object.assign(new Error('secret'), { kind: 'refused', code: 'x' });
    expect(problemOf(other, ID, true).problem.status).toBe(500);
  });
});

describe('what Fastify and Nest throw', () => {
  const thrown = (code: string, statusCode: number): Error =>
    Object.assign(new Error('quotes /v1/Kazlou'), { code, statusCode });

  it.each([
    ['FST_ERR_CTP_BODY_TOO_LARGE', 413, 'body-too-large'],
    ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 415, 'not-json'],
    ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 400, 'wrong-content-length'],
    ['FST_ERR_BAD_URL', 400, 'malformed-url'],
    ['FST_ERR_MAX_PARAM_LENGTH', 414, 'path-too-long'],
    ['FST_ERR_SOMETHING_NEW', 400, 'malformed'],
  ])('%s is answered %i without its message', (fastifyCode, status, code) => {
    const error = thrown(fastifyCode, status);
    for (const given of [error, new HttpException(error.message, status, { cause: error })]) {
      const { problem } = problemOf(given, ID, true);
      expect(problem).toMatchObject({ status, code });
      expect(JSON.stringify(problem)).not.toContain('Kazlou');
    }
  });

  it('a time-out leaves the outcome of a command open, and that of a question not', () => {
    const timeout = thrown('FST_ERR_HANDLER_TIMEOUT', 503);
    expect(problemOf(timeout, ID, true)).toMatchObject({
      problem: { status: 503, code: 'outcome-unknown' },
      retryAfterSeconds: 1,
    });
    expect(problemOf(timeout, ID, false)).toMatchObject({ problem: { status: 503, code: 'timed-out' } });
  });

  it("Nest's own not-found is a plain 404", () => {
    const { problem } = problemOf(new NotFoundException('Cannot GET /Kazlou'), ID, false);
    expect(problem).toMatchObject({ status: 404, code: 'absent' });
    expect(JSON.stringify(problem)).not.toContain('Kazlou');
  });
});

it.each([
  new TypeError('Kazlou of undefined'),
  'Kazlou',
  null,
  undefined,
  { statusCode: 502 },
  new HttpException('Kazlou', 500),
])('an unknown error says nothing but the correlation id: %p', (error) => {
  const { problem, unknown } = problemOf(error, ID, true);
  expect(problem).toMatchObject({ status: 500, code: 'internal-error', instance: ID });
  expect(JSON.stringify(problem)).not.toContain('Kazlou');
  expect(unknown).toBe(true);
});
