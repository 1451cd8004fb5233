import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** Tells one run of the service from every other: who reads it from the data folder can see whether this is the one meant. */
@Injectable()
export class Instance {
  readonly id = randomUUID();
}
