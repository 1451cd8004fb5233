/** Of a name, an estimator, an addressee: what a report prints on a line. */
export const LONGEST_NAME = 500;
/** `about a hundred`. */
export const LONGEST_WORD = 100;
/** More than there are people. */
export const MOST_COUNTED = 10_000_000_000;
export const MOST_ORDINAL = 1_000;
