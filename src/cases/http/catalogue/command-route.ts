import type { Type as Class } from '@nestjs/common';
import { OmitType } from '@nestjs/swagger';
import { RecordInCase, type MergeCases, type UnmergeCases } from '../../commands/case-command.js';
import type { CaseCommand, DraftFact, RecordableType } from '../../domain/decide/commands.js';
import type { CommandEnvelope } from '../../../security/command-envelope.js';
import type { Role } from '../../../security/roles.js';
import { ownIdNameOf } from '../../domain/file/own-ids.js';
import { FACT_SHAPES } from '../dto/fact-shapes.js';
import { WithMadeIds } from '../fields/made-ids.js';
import { Shape } from '../fields/shape.js';

/** The ids in a path by their names; on every route but the one that opens a case, `caseId` is among them. */
export type PathIds = Readonly<Record<string, string>>;

/** The messages of commands to cases. */
type CaseMessage = RecordInCase | MergeCases | UnmergeCases;

/** Everything there is to say about one command of the API. */
export interface CommandRoute<Body extends object = object, Message extends object = CaseMessage> {
  /** What it records; unique. */
  name: string;
  /** As in the API document: `/v1/cases/{caseId}/arrests`. */
  path: string;
  summary: string;
  /** Absent: caseworkers alone. */
  roles?: readonly [Role, ...Role[]];
  /** Its rules are the whole check of a body. */
  body: Class<Body>;
  /** The message for the bus. `ids` and `body` have been held to their rules. */
  message(ids: PathIds, body: Body, envelope: CommandEnvelope): Message;
}

export interface CommandGroup<Message extends object = CaseMessage> {
  /** As the API document groups them. */
  title: string;
  routes: readonly CommandRoute<object, Message>[];
}

export const CASES_PATH = '/v1/cases';
export const ONE_CASE_PATH = `${CASES_PATH}/{caseId}`;

/** The names of the ids in a path. */
export const idsIn = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

interface RouteText {
  /** Below the case: `/arrests`. */
  path: string;
  summary: string;
  roles?: CommandRoute['roles'];
}

/** A command to one case, made of the body and the ids of the path besides the case's. */
export function toCase<Body extends object>(
  name: string,
  body: Class<Body>,
  { path, ...text }: RouteText,
  command: (data: Body & PathIds) => CaseCommand,
): CommandRoute<Body> {
  return {
    name,
    path: ONE_CASE_PATH + path,
    ...text,
    body,
    message: ({ caseId, ...ids }, data, envelope) =>
      new RecordInCase(caseId, command({ ...data, ...ids }), envelope),
  };
}

/** A command that records one fact. Its body is the whole fact, but for what the path says, and an id of its own may be left out. */
export function records(fact: RecordableType, text: RouteText): CommandRoute {
  return toCase(fact, requestFor(fact, idsIn(text.path)), text, (data) => ({
    name: 'RecordFact',
    fact: { type: fact, data } as unknown as DraftFact,
  }));
}

/** Any shape: which members it has is not known to the types here. */
type Shaped = Class<Record<string, unknown>>;

function requestFor(fact: RecordableType, inPath: readonly string[]): Class<object> {
  const whole = FACT_SHAPES[fact] as Shaped;
  const ownId = ownIdNameOf(fact);
  if (inPath.length === 0 && ownId === undefined) return whole;
  const rest = OmitType(whole, inPath) as Shaped;
  const request = ownId === undefined ? rest : WithMadeIds(rest, [ownId]);
  Shape({ name: `${fact}Request` })(request);
  return request;
}
