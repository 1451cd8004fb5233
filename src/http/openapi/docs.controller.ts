import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../public.js';

const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** No script in the page itself: the security headers forbid it. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Habeas API</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
  <div id="api"></div>
  <script src="/docs/swagger-ui-bundle.js"></script>
  <script src="/docs/start.js"></script>
</body>
</html>
`;

const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
  showExtensions: true,
  validatorUrl: null,
});
`;

/** A page to read and try the API. Everything it needs comes from here. */
@ApiExcludeController()
@Controller('/docs')
export class DocsController {
  readonly #files = new Map<string, string>();

  @Get()
  @Public()
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(): string {
    return PAGE;
  }

  @Get('start.js')
  @Public()
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  start(): string {
    return START;
  }

  @Get('swagger-ui-bundle.js')
  @Public()
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  script(): string {
    return this.#file('swagger-ui-bundle.js');
  }

  @Get('swagger-ui.css')
  @Public()
  @Header('Content-Type', 'text/css; charset=utf-8')
  style(): string {
    return this.#file('swagger-ui.css');
  }

  /** Read when first asked for: most processes never are. */
  #file(name: string): string {
    const text = this.#files.get(name) ?? readFileSync(join(swaggerUi, name), 'utf8');
    this.#files.set(name, text);
    return text;
  }
}
