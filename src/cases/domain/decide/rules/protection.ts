import { refused } from './refused.js';
import type { Rule } from './rule.js';

export const isRestricted: Rule<'CaseUnrestricted'> = (_, { file }) => {
  if (file.readers === undefined) throw refused('case-not-restricted', 'the case is not restricted');
};

export const noErasureIsRequested: Rule<'ErasureRequested'> = (_, { file }) => {
  if (file.of('ErasureRequested').length > 0) {
    throw refused('erasure-already-requested', 'an erasure is requested and waits to be approved');
  }
};
