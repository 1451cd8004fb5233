import { FACT_TYPES } from '../../cases/domain/facts/personal-fields.js';
import { REGISTER_FACT_TYPES } from '../../register/domain/readable-fields.js';

/** Every type of event that the feed can have. */
export const FEED_TYPES: readonly string[] = [...new Set<string>([...FACT_TYPES, ...REGISTER_FACT_TYPES])];
