import type { FastifyInstance } from 'fastify';
import { HabeasError } from '../errors.js';
import { parseJsonBody } from './json-body.js';

/** JSON for every route that reads a body, and a form, unread, for those that take a file; nothing for the others. */
export function takeBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, ({ routeOptions }, body, done) => {
    try {
      if (routeOptions.config.takesFile) throw notAForm();
      done(null, parseJsonBody(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addContentTypeParser('multipart/form-data', ({ routeOptions }, _payload, done) => {
    done(routeOptions.config.takesFile ? null : notJson());
  });
  fastify.addHook('preHandler', async ({ body, headers, routeOptions: { config } }) => {
    if (config.takesFile && headers['content-type'] === undefined) throw notAForm();
    if (isSomething(body) && config.readsBody !== true) {
      throw new HabeasError('malformed', 'invalid-body', 'this route takes no body', {
        errors: [{ pointer: '/body', message: 'must be empty' }],
      });
    }
  });
}

const notAForm = (): HabeasError =>
  new HabeasError('unsupported_media_type', 'not-a-form', 'send the file as multipart/form-data');

const notJson = (): HabeasError =>
  new HabeasError('unsupported_media_type', 'not-json', 'send the body as application/json');

const isSomething = (body: unknown): boolean =>
  body !== undefined && !(typeof body === 'object' && body !== null && Object.keys(body).length === 0);
