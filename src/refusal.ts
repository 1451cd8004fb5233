import { StartRefused } from './config.js';
import { NotDurable } from './not-durable.js';

/** Why the service must not run as it is, a line for each fault; undefined for any other failure. */
export function refusalIn(error: unknown): readonly string[] | undefined {
  if (error instanceof StartRefused) return error.faults;
  if (error instanceof NotDurable) return [`HABEAS_DATA: ${error.message}`];
  return error instanceof Error && error.cause !== undefined ? refusalIn(error.cause) : undefined;
}
