import diff from 'microdiff';
import type { CaseAnswer } from './case-answer.js';

/** Something that an event has changed in what the case answers. */
export interface Change {
  /** A JSON pointer (RFC 6901) into the case. */
  pointer: string;
  /** Absent: it was not there. */
  before?: unknown;
  /** Absent: it is no longer there. */
  after?: unknown;
}

/** What is different with every event stands beside it, and is no change. */
const headless = ({ revision: _r, position: _p, knownAt: _k, ...rest }: CaseAnswer): object => rest;

/** Lists are compared place by place. Put in these places, from the last to the first where they take something away, the changes make one answer of the other. */
export const changesBetween = (before: CaseAnswer | undefined, after: CaseAnswer | undefined): Change[] =>
  diff(before ? headless(before) : {}, after ? headless(after) : {}, { cyclesFix: false }).map(
    (difference) => ({
      pointer: difference.path.map(pointerPart).join(''),
      ...(difference.type === 'CREATE' ? {} : { before: difference.oldValue as unknown }),
      ...(difference.type === 'REMOVE' ? {} : { after: difference.value as unknown }),
    }),
  );

const pointerPart = (part: string | number): string =>
  `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;
