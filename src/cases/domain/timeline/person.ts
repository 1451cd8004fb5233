import type { Person } from '../facts/case-facts.js';
import type { Docket } from './docket.js';

/**
 * Who the file is about: everything recorded, of a merged file from both, nothing twice. Of facts that are read closed only what
 * is readable: their names are not there, whatever the types say.
 */
export function personIn({ facts }: Docket): Person & { summary?: string } {
  const names = new Map<string, Person['names'][number]>();
  const roles = new Set<Person['roles'][number]>();
  let born: string | undefined;
  let sex: Person['sex'];
  let summary: string | undefined;
  for (const { type, data } of facts) {
    if (type === 'NameRecorded' && data.name && !names.has(data.name.form))
      names.set(data.name.form, data.name);
    if (type === 'RoleRecorded') roles.add(data.role);
    if (type !== 'CaseOpened') continue;
    for (const name of data.person.names ?? []) if (!names.has(name.form)) names.set(name.form, name);
    for (const role of data.person.roles) roles.add(role);
    born ??= data.person.born;
    sex ??= data.person.sex;
    summary ??= data.summary;
  }
  return {
    names: [...names.values()],
    roles: [...roles],
    ...(born === undefined ? {} : { born }),
    ...(sex === undefined ? {} : { sex }),
    ...(summary === undefined ? {} : { summary }),
  };
}

/** Whether the file is closed: by its own closures and reopenings, not by those of a case merged into it. */
export function isClosed({ caseId, facts }: Docket): boolean {
  const last = facts.findLast(
    (fact) => fact.caseId === caseId && (fact.type === 'CaseClosed' || fact.type === 'CaseReopened'),
  );
  return last?.type === 'CaseClosed';
}
