import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { textType } from '../database/dialect.js';

/**
 * `requested`: asked for, nothing done yet; `building`: filled beside the live one; `live`: answered from;
 * `retired`: replaced, its tables are about to be dropped.
 */
export type GenerationState = 'requested' | 'building' | 'live' | 'retired';

export interface GenerationRow {
  projection: string;
  generation: number;
  version: number;
  state: GenerationState;
  /** Goes up with every commit: whoever commits must have seen the last one. */
  step: number;
  /** Everything up to here is in the rows; null: nothing yet. */
  position: string | null;
  /** The head when the build began. Up to here a key is derived once, at the first event of its stream. */
  first_pass_to: string | null;
  /** Read so far. */
  events: number;
  /** To be read in the first pass, if that is known. */
  events_expected: number | null;
  events_per_second: number | null;
  /** RFC 3339. */
  started_at: string;
  updated_at: string;
}

export interface ParkedRow {
  id: string;
  projection: string;
  generation: number;
  /** What could not be derived: for cases, the case's id. */
  key: string;
  /** Of the event that could not be applied first. */
  position: string;
  code: string;
  /** Names no person and quotes no data. */
  message: string;
  attempts: number;
  first_seen: string;
  last_seen: string;
  retry_at: string;
}

export interface ProjectionTables {
  projection_generations: GenerationRow;
  parked: ParkedRow;
}

/** How far each read model is, and what it could not apply. The read models' own tables are made by generation, not here. */
export const PROJECTION_MIGRATIONS: Record<string, Migration> = {
  '001-generations': {
    async up(database: Kysely<ProjectionTables>) {
      const text = textType(database);
      await database.schema
        .createTable('projection_generations')
        .addColumn('projection', text, (column) => column.notNull())
        .addColumn('generation', 'integer', (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('state', text, (column) => column.notNull())
        .addColumn('step', 'integer', (column) => column.notNull())
        .addColumn('position', text)
        .addColumn('first_pass_to', text)
        .addColumn('events', 'bigint', (column) => column.notNull())
        .addColumn('events_expected', 'bigint')
        .addColumn('events_per_second', 'double precision')
        .addColumn('started_at', text, (column) => column.notNull())
        .addColumn('updated_at', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('projection_generations_key', ['projection', 'generation'])
        .execute();
      // Two processes that start at once must not both make a live generation, nor both begin a rebuild.
      await database.schema
        .createIndex('one_live_generation')
        .unique()
        .on('projection_generations')
        .column('projection')
        .where(sql.ref('state'), '=', 'live')
        .execute();
      await database.schema
        .createIndex('one_coming_generation')
        .unique()
        .on('projection_generations')
        .column('projection')
        .where(sql.ref('state'), 'in', ['requested', 'building'])
        .execute();
    },
  },
  '002-parked': {
    async up(database: Kysely<ProjectionTables>) {
      const text = textType(database);
      await database.schema
        .createTable('parked')
        .addColumn('id', text, (column) => column.primaryKey())
        .addColumn('projection', text, (column) => column.notNull())
        .addColumn('generation', 'integer', (column) => column.notNull())
        .addColumn('key', text, (column) => column.notNull())
        .addColumn('position', text, (column) => column.notNull())
        .addColumn('code', text, (column) => column.notNull())
        .addColumn('message', text, (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('first_seen', text, (column) => column.notNull())
        .addColumn('last_seen', text, (column) => column.notNull())
        .addColumn('retry_at', text, (column) => column.notNull())
        .addUniqueConstraint('parked_once', ['projection', 'generation', 'key'])
        .execute();
    },
  },
};
