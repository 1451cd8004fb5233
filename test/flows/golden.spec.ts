import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { CaseAnswerDto } from '../../src/cases/http/answers/case-answer.dto.js';
import { answerSchema } from '../support/api-document.js';
import { Caseworker, since } from '../support/caseworker.js';
import { goldenCases, runGolden } from '../support/golden-cases.js';
import { misfits } from '../support/misfits.js';
import { startService, type Service } from '../support/service.js';

let service: Service;
let caseworker: Caseworker;
let document: OpenAPIObject;

beforeAll(async () => {
  service = await startService();
  caseworker = await Caseworker.of(service);
  document = (await service.request<OpenAPIObject>('GET', '/openapi.json')).body;
});

afterAll(() => service.close());

describe.each(['golden.json', 'statement-2020-02.json'])('over HTTP, the cases of %s', (file) => {
  it.each(goldenCases(file))('$id: $title', async ({ commands, expect: expectations }) => {
    const { caseId, position } = await runGolden(caseworker, commands);

    for (const { asOf, custody, totals, findings } of expectations) {
      const { status, body } = await caseworker.get<CaseAnswerDto>(
        `/v1/cases/${caseId}?asOf=${asOf}&${since(position)}`,
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({
        asOf,
        caseId,
        ...(custody && { custody }),
        ...(totals && { totals }),
      });
      expect(misfits(body, answerSchema(document, 'get', '/v1/cases/{caseId}'), document)).toEqual([]);
      const codes = body.findings.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining(findings?.has ?? []));
      expect(codes.filter((code) => findings?.not?.includes(code))).toEqual([]);
    }
  });
});
