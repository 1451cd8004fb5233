import { Injectable, type INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { RouteTable } from '../route-table.js';
import { describeRoutes } from './describe-routes.js';

/** The API as OpenAPI 3.1, made once from the controllers and the rules of their routes. */
@Injectable()
export class ApiDocument {
  #document: OpenAPIObject | undefined;
  #text: string | undefined;

  constructor(private readonly table: RouteTable) {}

  /** Once every route is registered. */
  buildFrom(app: INestApplication): void {
    const frame = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Habeas')
      .setDescription('A register of detentions: facts in, status and totals out.')
      .setVersion('1')
      .addBearerAuth(
        {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'hb_<id>_<43 characters>, or a JWT',
          description: 'An API key or an access token',
        },
        'apiKey',
      )
      .build();
    const document = SwaggerModule.createDocument(app, frame);
    describeRoutes(document, this.table.routes);
    this.#document = document;
    this.#text = JSON.stringify(document);
  }

  get document(): OpenAPIObject {
    if (!this.#document) throw new Error('the API document has not been built');
    return this.#document;
  }

  get text(): string {
    return (this.#text ??= JSON.stringify(this.document));
  }
}
