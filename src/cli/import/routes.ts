import { idsIn, type CommandRoute } from '../../cases/http/catalogue/command-route.js';
import { commandAt } from '../../cases/http/check-command.js';
import { COMMAND_ROUTES } from '../../cases/http/command-catalogue.js';

export const OPENING = 'CaseOpened';

/** To restrict or to erase a case is somebody's decision about what is in the register: no line of a file does it. */
const isForFiles = ({ roles }: CommandRoute): boolean => roles === undefined;

const BY_NAME: ReadonlyMap<string, CommandRoute> = new Map(
  COMMAND_ROUTES.filter(isForFiles).map((route) => [route.name, route]),
);

export const routeNamed = (name: string): CommandRoute | undefined => BY_NAME.get(name);

/** The ids of a route's path besides the case's. */
export const pathIdsOf = ({ path }: CommandRoute): string[] =>
  idsIn(path).filter((name) => name !== 'caseId');

/** The command of a path like `/v1/cases/:case/penalties/$s1/annulments`, and the ids in it besides the case's. */
export function commandOf(path: string): { route: CommandRoute; ids: Record<string, string> } | undefined {
  const found = commandAt(path);
  if (!found || !isForFiles(found.route)) return undefined;
  const { caseId, ...ids } = found.ids;
  return caseId === undefined || caseId === ':case' ? { route: found.route, ids } : undefined;
}

export function pathFor({ path }: CommandRoute, ids: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? ''));
}
