import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE } from '../problem.js';
import type { Route } from '../route-table.js';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
type Parameter = Extract<NonNullable<Operation['parameters']>[number], { name: string }>;

const header = (name: string, description: string): Parameter => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});

const CORRELATION = header('X-Correlation-Id', 'Kept on the events and in every log line; made if absent.');
const COMMAND_HEADERS: readonly Parameter[] = [
  header('Idempotency-Key', 'Repeating a command with the same key and body gives the first answer again.'),
  header('If-Match', 'The revision the caller has seen, in quotes: 412 if the case has moved on.'),
];

const PURPOSE: Parameter = {
  ...header('X-Purpose', 'Why you ask, for the access log: UTF-8, percent-encoded where it is not ASCII.'),
  example: 'visit%20of%20the%20lawyer',
};

const PROBLEM_SCHEMA = {
  type: 'object' as const,
  description: 'RFC 9457 problem details.',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'Stable per code.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'The correlation id.' },
    code: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: { pointer: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

/** Adds to each operation what its route's rules say, so that the document cannot disagree with the door. */
export function describeRoutes(document: OpenAPIObject, routes: readonly Route[]): void {
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, Problem: PROBLEM_SCHEMA };
  for (const route of routes) {
    const operation = operationOf(document, route);
    if (operation) describe(operation, route);
  }
}

function operationOf({ paths }: OpenAPIObject, { method, path }: Route): Operation | undefined {
  const item = paths[path.replaceAll(/:([A-Za-z]+)/g, '{$1}')] as Record<string, Operation> | undefined;
  return item?.[method.toLowerCase()];
}

function describe(operation: Operation & { 'x-roles'?: readonly string[] }, { rules }: Route): void {
  operation.parameters = [
    ...(operation.parameters ?? []),
    CORRELATION,
    ...(rules.command ? COMMAND_HEADERS : []),
    ...(typeof rules.logs === 'object' ? [PURPOSE] : []),
  ];
  operation.responses['default'] = {
    description: 'The request failed: the problem says why.',
    content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  if (rules.policy?.access === 'roles') {
    operation.security = [{ apiKey: [] }];
    operation['x-roles'] = rules.policy.roles;
  } else {
    operation.security = [];
  }
}
