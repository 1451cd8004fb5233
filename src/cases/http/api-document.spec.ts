import 'reflect-metadata';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import fc from 'fast-check';
import { bodySchema, resolved } from '../../../test/support/api-document.js';
import { valuesOf } from '../../../test/support/bodies-from-schema.js';
import { spoilt } from '../../../test/support/spoilt-bodies.js';
import { ServiceKey } from '../../keys/service-key.js';
import { idsIn } from './catalogue/command-route.js';
import { faultsOf } from './check-command.js';
import { COMMAND_GROUPS, COMMAND_ROUTES } from './command-catalogue.js';
import { commandController, controllerOf } from './command-controller.js';
import { OF_THE_REGISTER } from '../../register/http/register-answer.dto.js';
import { REGISTER_COMMAND_GROUPS, REGISTER_COMMAND_ROUTES } from '../../register/http/register-commands.js';

const ID = 'a0000000-0000-4000-8000-000000000001';
const RUNS_PER_ROUTE = 40;

let document: OpenAPIObject;

beforeAll(async () => {
  const module = await Test.createTestingModule({
    controllers: [
      ...COMMAND_GROUPS.map(commandController),
      ...REGISTER_COMMAND_GROUPS.map((group) => controllerOf(group, OF_THE_REGISTER)),
    ],
    providers: [
      { provide: CommandBus, useValue: {} },
      { provide: ServiceKey, useValue: new ServiceKey(Buffer.alloc(32)) },
    ],
  }).compile();
  const app = module.createNestApplication(new FastifyAdapter());
  document = SwaggerModule.createDocument(app, new DocumentBuilder().setOpenAPIVersion('3.1.0').build());
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

describe.each([...COMMAND_ROUTES, ...REGISTER_COMMAND_ROUTES])('the API document, of $path', (route) => {
  const schema = () => bodySchema(document, route.path);
  const ids = Object.fromEntries(idsIn(route.path).map((name) => [name, ID]));
  const pointersOf = (body: unknown): string[] =>
    faultsOf({ route, ids }, body).map(({ pointer }) => pointer);

  it('promises no body that is then refused', () => {
    fc.assert(
      fc.property(valuesOf(schema(), document), (body) => {
        expect(faultsOf({ route, ids }, body)).toEqual([]);
      }),
      { numRuns: RUNS_PER_ROUTE },
    );
  });

  it('says of every member whether it is required', () => {
    const { properties = {}, required = [] } = resolved(schema(), document);
    fc.assert(
      fc.property(valuesOf(schema(), document), fc.constantFrom(...Object.keys(properties)), (body, name) => {
        const { [name]: _left, ...rest } = body as Record<string, unknown>;
        const wanting = pointersOf(rest).includes(`/body/${name}`);
        if (required.includes(name)) expect(wanting).toBe(true);
        expect(pointersOf({ ...rest, [name]: null })).toContain(`/body/${name}`);
      }),
      { numRuns: RUNS_PER_ROUTE },
    );
  });

  it('closes every shape but the replaced data of a correction', () => {
    expect(resolved(schema(), document).additionalProperties).toBe(false);
    fc.assert(
      fc.property(valuesOf(schema(), document), (body) => {
        expect(pointersOf({ ...(body as object), surprise: 1 })).toContain('/body/surprise');
      }),
      { numRuns: 5 },
    );
  });

  it('is a rule that no spoilt body makes fall over', () => {
    fc.assert(
      fc.property(valuesOf(schema(), document).chain(spoilt), ({ text }) => {
        const body = parsed(text);
        if (body !== undefined)
          expect(pointersOf(body).every((pointer) => pointer.startsWith('/body'))).toBe(true);
      }),
      { numRuns: RUNS_PER_ROUTE },
    );
  });

  it('asks for the ids of the path as UUIDs', () => {
    for (const name of Object.keys(ids)) {
      const faults = faultsOf({ route, ids: { ...ids, [name]: 'K1' } }, {});
      expect(faults.map(({ pointer }) => pointer)).toContain(`/params/${name}`);
    }
  });
});

describe('the API document', () => {
  it('leaves no shape unnamed and no reference open', () => {
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]*)"/g)) {
      expect(Object.keys(document.components!.schemas!)).toContain(name);
    }
  });
});
