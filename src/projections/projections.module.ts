import { Module } from '@nestjs/common';
import { ParkedController } from './http/parked.controller.js';
import { ProjectionsController } from './http/projections.controller.js';

/** How far the read models are, over HTTP. Needs `Projections` from elsewhere. */
@Module({ controllers: [ProjectionsController, ParkedController] })
export class ProjectionsModule {}
