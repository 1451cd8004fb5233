import { CASE_STREAMS } from '../../cases/case-stream.js';
import { FACT_TYPES } from '../../cases/domain/facts/personal-fields.js';

/** Whose events leave by the feed, and so by consumers and webhooks: the one list of them. */
export const FEED_STREAMS = { prefixes: [CASE_STREAMS] };

/** The types of these events, by which all three can be narrowed. */
export const FEED_TYPES: readonly string[] = FACT_TYPES;
