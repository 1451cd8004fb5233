import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { HealthController } from './health/health.controller.js';
import { Instance } from './health/instance.js';
import { Readiness } from './health/readiness.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { ApiDocument } from './openapi/api-document.js';
import { DocsController } from './openapi/docs.controller.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { ProblemFilter } from './problem-filter.js';
import { RequestJournal } from './request-journal.js';
import { RouteTable } from './route-table.js';
import { ServiceEnd } from './service-end.js';
import { ValidationPipe } from './validation.pipe.js';

/**
 * The edge that every feature shares. From elsewhere it needs `Config`, `Log`, `EventStore`, `Doorkeeper` and
 * `ReadModelLag`; it offers the metrics `Registry`, for gauges of one's own, and `ServiceEnd`, for answers without an end.
 */
@Global()
@Module({
  controllers: [HealthController, MetricsController, OpenApiController, DocsController],
  providers: [
    ApiDocument,
    Instance,
    Readiness,
    RequestJournal,
    RouteTable,
    ServiceEnd,
    { provide: Registry, useFactory: metricsRegistry },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: ValidationPipe },
  ],
  exports: [ApiDocument, Instance, Registry, RequestJournal, RouteTable, ServiceEnd],
})
export class HttpModule {}

/** One of its own per application: tests run several in one process. */
function metricsRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
