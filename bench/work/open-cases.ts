import { type Service } from '../harness/service.js';
import { ordinaryCase } from '../rebuild-facts.js';

const CALLERS = 32;

/** Opens cases over HTTP and gives their ids. */
export async function openCases(service: Service, count: number): Promise<string[]> {
  const caseIds: string[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      const caller = service.caseworker();
      while (next < count) {
        const [opened] = ordinaryCase(next++);
        const { caseId } = await caller.post<{ caseId: string }>('/v1/cases', opened?.data);
        caseIds.push(caseId);
      }
      caller.close();
    }),
  );
  return caseIds;
}
