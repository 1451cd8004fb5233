import { expect } from '@jest/globals';
import type { Reply } from './service.js';

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  errors?: { pointer: string; message: string }[];
}

/** Checks that an answer is a problem document through and through, and gives it. */
export function problemIn({ status, headers, body }: Reply<unknown>): ProblemBody {
  expect(headers.get('content-type')).toBe('application/problem+json');
  const problem = body as ProblemBody;
  expect(problem).toMatchObject({
    status,
    type: `urn:habeas:problem:${problem.code}`,
    title: expect.any(String),
    detail: expect.any(String),
    instance: headers.get('x-correlation-id'),
  });
  for (const error of problem.errors ?? []) {
    expect(error).toEqual({
      pointer: expect.stringMatching(/^\/(body|query|params|headers)/),
      message: expect.any(String),
    });
  }
  return problem;
}
