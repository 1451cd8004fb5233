import type { Subject } from '../domain/kinds.js';

export const pathOf = (subject: Subject): string => `/v1/${subject}s`;

/** What the id is called, in paths, bodies and answers. */
export const idNameOf = (subject: Subject): string => `${subject}Id`;
