import { Body, Controller, Param, Post, Res, type Type as Class } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { etagOf } from '../../http/conditional-headers.js';
import { routeRules } from '../../http/route-rules.js';
import { Allow } from '../../security/allow.js';
import { Envelope, type CommandEnvelope } from '../../security/command-envelope.js';
import type { CommandAnswer } from '../commands/case-command.js';
import { CommandAnswerDto } from './answers/command-answer.dto.js';
import {
  CASES_PATH,
  idsIn,
  type CommandGroup,
  type CommandRoute,
  type PathIds,
} from './catalogue/command-route.js';
import { pathShape } from './path-ids.js';

/** What a command came to, as whoever carried it out says it. */
interface Outcome {
  revision: number;
  /** It had been carried out before, and nothing was written now. */
  replayed: boolean;
}

/** How the commands of a feature are answered. */
export interface Answering<Came extends Outcome> {
  type: Class;
  answer(came: Came): object;
  /** The path of what the command was about. */
  location(came: Came): string;
}

const OF_CASES: Answering<CommandAnswer> = {
  type: CommandAnswerDto,
  answer: ({ replayed: _, ...answer }) => answer,
  location: ({ caseId }) => `${CASES_PATH}/${caseId}`,
};

export const commandController = (group: CommandGroup): Class => controllerOf(group, OF_CASES);

/** A controller with one method for every route of the group. All of them do the same: body to message, answer to headers. */
export function controllerOf<Message extends object, Came extends Outcome>(
  { title, routes }: CommandGroup<Message>,
  answering: Answering<Came>,
): Class {
  @ApiTags(title)
  @Controller()
  class CommandController {
    constructor(readonly commands: CommandBus) {}
  }
  for (const route of routes) addRoute(CommandController, route, answering);
  return CommandController;
}

interface WithBus {
  commands: CommandBus;
}

async function send<Came extends Outcome>(
  bus: CommandBus,
  message: object,
  reply: FastifyReply,
  { answer, location }: Answering<Came>,
): Promise<object> {
  const came = await bus.execute<object, Came>(message);
  reply.headers({ ETag: etagOf(came.revision), Location: location(came) });
  if (came.replayed) reply.header('Idempotency-Replayed', 'true');
  return answer(came);
}

/** Does what the decorators of a written method would do; those of the parameters come first there too. */
function addRoute<Message extends object, Came extends Outcome>(
  { prototype }: Class<WithBus>,
  route: CommandRoute<object, Message>,
  answering: Answering<Came>,
): void {
  const method = route.name;
  const handler = {
    value(this: WithBus, ids: PathIds, body: object, envelope: CommandEnvelope, reply: FastifyReply) {
      return send(this.commands, route.message(ids, body, envelope), reply, answering);
    },
  };
  Object.defineProperty(prototype, method, handler);

  const ids = idsIn(route.path);
  const types = [ids.length > 0 ? pathShape(ids) : Object, route.body, Object, Object];
  Reflect.defineMetadata('design:paramtypes', types, prototype, method);
  const parameters = [Param(), Body(), Envelope(), Res({ passthrough: true })];
  parameters.forEach((decorate, place) => decorate(prototype, method, place));

  const decorators = [
    Post(route.path.replaceAll(/\{(\w+)\}/g, ':$1')),
    Allow(...(route.roles ?? (['caseworker'] as const))),
    routeRules({ command: true }),
    ApiOperation({ operationId: `record${method}`, summary: route.summary }),
    ...ids.map((name) => ApiParam({ name, schema: { type: 'string', format: 'uuid' } })),
    ApiBody({ type: route.body }),
    ApiCreatedResponse({ type: answering.type }),
  ];
  for (const decorate of decorators) decorate(prototype, method, handler);
}
