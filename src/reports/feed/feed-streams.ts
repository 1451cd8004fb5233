import { CASE_STREAMS } from '../../cases/case-stream.js';
import { FACT_TYPES } from '../../cases/domain/facts/personal-fields.js';
import { REGISTER_FACT_TYPES } from '../../register/domain/readable-fields.js';
import { REGISTER_STREAMS } from '../../register/register-stream.js';
import { ISSUED, ISSUED_STREAM } from '../issued/report-issued.js';

/** Whose events leave by the feed, and so by consumers and webhooks: all that people record, and what was published. */
export const FEED_STREAMS = { prefixes: [CASE_STREAMS, ...REGISTER_STREAMS, ISSUED_STREAM] };

/** The types of these events, by which all three can be narrowed. */
export const FEED_TYPES: readonly string[] = [
  ...new Set<string>([...FACT_TYPES, ...REGISTER_FACT_TYPES, ISSUED]),
];
