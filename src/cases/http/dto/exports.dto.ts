import { Shape } from '../fields/shape.js';
import { TextField } from '../fields/text-fields.js';

/** A checkpoint has a few lines. */
const LONGEST_NOTE = 4_096;

@Shape({ name: 'ExportRequest' })
export class ExportRequestDto {
  @TextField({
    optional: true,
    max: LONGEST_NOTE,
    description:
      'a checkpoint that you have kept, a signed note: the file then proves that the log has only grown since',
  })
  known?: string;
}
