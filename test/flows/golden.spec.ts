import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caseworker } from '../support/caseworker.js';
import { goldenCases, runGolden } from '../support/golden-cases.js';
import { startService, type Service } from '../support/service.js';

interface CaseAnswer {
  custody: unknown;
  totals: unknown;
  findings: { code: string }[];
}

let service: Service;
let caseworker: Caseworker;

beforeAll(async () => {
  service = await startService();
  caseworker = await Caseworker.of(service);
});

afterAll(() => service.close());

describe.each(['golden.json', 'statement-2020-02.json'])('over HTTP, the cases of %s', (file) => {
  it.each(goldenCases(file))('$id: $title', async ({ commands, expect: expectations }) => {
    const { caseId, position } = await runGolden(caseworker, commands);

    for (const { asOf, custody, totals, findings } of expectations) {
      const { status, body } = await caseworker.get<CaseAnswer>(
        `/v1/cases/${caseId}?asOf=${asOf}&minPosition=${encodeURIComponent(position)}`,
      );
      expect({ asOf, status, ...body }).toMatchObject({
        asOf,
        status: 200,
        caseId,
        ...(custody && { custody }),
        ...(totals && { totals }),
      });
      const codes = body.findings.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining(findings?.has ?? []));
      expect(codes.filter((code) => findings?.not?.includes(code))).toEqual([]);
    }
  });
});
