import { Refusal } from '../../refusal.js';

/** The case as it stands forbids it. */
export const refused = (code: string, message: string, pointer?: string): Refusal =>
  new Refusal('refused', code, message, pointer);
