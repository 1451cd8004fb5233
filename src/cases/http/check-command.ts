import { HabeasError, type FieldError } from '../../errors.js';
import { findFault } from '../../http/json-faults.js';
import { ValidationPipe } from '../../http/validation.pipe.js';
import { idsIn, type CommandRoute, type PathIds } from './catalogue/command-route.js';
import { COMMAND_ROUTES } from './command-catalogue.js';
import { pathShape } from './path-ids.js';

/** A command as a path names it. */
export interface NamedCommand {
  route: CommandRoute;
  ids: PathIds;
}

/** The command that a `POST` to this path sends; undefined where there is none. */
export function commandAt(path: string): NamedCommand | undefined {
  for (const route of COMMAND_ROUTES) {
    const ids = matching(route.path, path);
    if (ids) return { route, ids };
  }
  return undefined;
}

/** What the API would find wrong with a command before it looks at the case; nothing if it would be handed on. */
export function faultsOf(
  { route, ids }: { route: Pick<CommandRoute, 'path' | 'body'>; ids: PathIds },
  body: unknown,
): readonly FieldError[] {
  const fault = findFault(body);
  if (fault) return [{ pointer: `/body${fault.pointer}`, message: fault.message }];
  const names = idsIn(route.path);
  return [
    ...(names.length > 0
      ? told(() => pipe.transform(ids, { type: 'param', metatype: pathShape(names) }))
      : []),
    ...told(() => pipe.transform(body, { type: 'body', metatype: route.body })),
  ];
}

const pipe = new ValidationPipe();

function told(check: () => unknown): readonly FieldError[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof HabeasError && error.details.errors) return error.details.errors;
    throw error;
  }
}

function matching(template: string, path: string): PathIds | undefined {
  const parts = template.split('/');
  const given = path.split('/');
  if (parts.length !== given.length) return undefined;
  const ids: Record<string, string> = {};
  for (const [place, part] of parts.entries()) {
    const [name] = idsIn(part);
    if (name !== undefined) ids[name] = given[place]!;
    else if (part !== given[place]) return undefined;
  }
  return ids;
}
