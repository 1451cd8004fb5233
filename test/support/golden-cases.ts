import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId, type Caseworker } from './caseworker.js';

interface GoldenCommand {
  post: string;
  body: unknown;
  as?: string;
}

interface Expectation {
  asOf: string;
  custody?: object;
  totals?: object;
  findings?: { has?: string[]; not?: string[] };
}

export interface GoldenCase {
  id: string;
  title: string;
  commands: GoldenCommand[];
  expect: Expectation[];
}

export const goldenCases = (file: string): GoldenCase[] =>
  (JSON.parse(readFileSync(join(import.meta.dirname, '../cases', file), 'utf8')) as { cases: GoldenCase[] })
    .cases;

/**
 * Runs the commands of a case in order, as the file says it is read: `:case` is the new case, `$label` an id of ours,
 * `@label` the event of the command that carries it.
 */
export async function runGolden(
  caseworker: Caseworker,
  commands: readonly GoldenCommand[],
): Promise<{ caseId: string; position: string }> {
  const labels = new Map<string, string>([[':case', newId()]]);
  const idOf = (label: string): string => {
    const id = labels.get(label) ?? newId();
    labels.set(label, id);
    return id;
  };
  let position = '';
  for (const { post, body, as } of commands) {
    const path = post.replace('/v1/cases', '').replace(/:case|\$\w+/g, idOf);
    const sent = withIds(path === '' ? { ...(body as object), caseId: ':case' } : body, idOf);
    const recorded = await caseworker.record(path, sent);
    // Of a decision with a penalty, the penalty's event is meant, and it comes last.
    if (as) labels.set(as, recorded.events.at(-1)!.eventId);
    position = recorded.position;
  }
  return { caseId: idOf(':case'), position };
}

function withIds(value: unknown, idOf: (label: string) => string): unknown {
  if (typeof value === 'string') return /^(\$|@|:case$)/.test(value) ? idOf(value) : value;
  if (Array.isArray(value)) return value.map((item) => withIds(item, idOf));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withIds(member, idOf)]));
}
