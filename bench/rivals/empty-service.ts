import 'reflect-metadata';
import { Body, Controller, Get, Module, Param, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { COMMAND_ROUTES } from '../../src/cases/http/command-catalogue.js';

/** NestJS and Fastify with two routes that do nothing, the first once it has held the body to the rules of the real one. */
class EmptyController {
  record(_body: object): object {
    return {};
  }

  read(_caseId: string): object {
    return {};
  }
}

const { prototype } = EmptyController;
const body = COMMAND_ROUTES.find(({ path }) => path.endsWith('/arrests'))?.body;
const handlerOf = (name: keyof EmptyController): PropertyDescriptor =>
  Object.getOwnPropertyDescriptor(prototype, name) ?? {};

// What decorators would do: Node runs TypeScript as it stands, and does not know their syntax yet.
Body()(prototype, 'record', 0);
Reflect.defineMetadata('design:paramtypes', [body], prototype, 'record');
Post('v1/cases/:caseId/arrests')(prototype, 'record', handlerOf('record'));
Param('caseId')(prototype, 'read', 0);
Reflect.defineMetadata('design:paramtypes', [String], prototype, 'read');
Get('v1/cases/:caseId')(prototype, 'read', handlerOf('read'));
Controller()(EmptyController);

class EmptyModule {}

Module({ controllers: [EmptyController] })(EmptyModule);

const app = await NestFactory.create<NestFastifyApplication>(EmptyModule, new FastifyAdapter(), {
  logger: false,
});
app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
await app.listen(0, '127.0.0.1');
process.send?.(await app.getUrl());
