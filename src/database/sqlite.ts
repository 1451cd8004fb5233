import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, SqliteAdapter, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import { NotDurable } from '../not-durable.js';
import { tablesMissing } from './tables-missing.js';

const CACHED_STATEMENTS = 256;
/** SQLite has no code of its own for it. */
const NO_SUCH_TABLE = /^Error: no such table: /;
/** Readers go through whole tables. */
const READER_CACHE_KIB = 2 * 1024;
const BUSY_TIMEOUT_MS = 10_000;

interface Durability {
  /** 2 is FULL: a commit is on disk when it returns. 1 is NORMAL: a power cut takes the last commits back, whole and in order. */
  synchronous: 1 | 2;
  /** SQLite's own 2 MiB make an index of any size go to the file for every row. */
  cacheKib: number;
  /** Pages; an index that is filled at random places is written less often the longer its changes are gathered. */
  checkpointAfter: number;
  /** What is deleted is overwritten, and no log keeps what was there before. */
  forgets?: true;
}

const DURABILITIES = {
  full: { synchronous: 2, cacheKib: 12 * 1024, checkpointAfter: 1_000 },
  /** For rows that are made again from what is kept elsewhere, together with how far they have been made. */
  derived: { synchronous: 1, cacheKib: 16 * 1024, checkpointAfter: 8_000 },
  /** For secrets, which are to be gone when they are deleted. */
  secret: { synchronous: 2, cacheKib: 2 * 1024, checkpointAfter: 0, forgets: true },
} as const satisfies Record<string, Durability>;

export interface DatabaseOptions {
  readOnly?: boolean;
  /** `full` if nothing is said. */
  durability?: keyof typeof DURABILITIES;
}

/**
 * A SQLite file under Kysely. The file is opened at the first query (and that is tried again at the next one if it
 * fails), so a reader may be made before the writer has created the file. `destroy()` closes it.
 *
 * Transactions take the write lock when they begin, so that two processes wait for each other instead of failing half-way.
 * One connection: for reads that must not wait for a transaction, open a second one with `readOnly`.
 */
export function openDatabase<T>(
  file: string,
  { readOnly = false, durability = 'full' }: DatabaseOptions = {},
): Kysely<T> {
  const dialect = new SqliteDialect({
    database: async () => connect(file, readOnly, DURABILITIES[durability]),
  });
  return new Kysely<T>({
    dialect: {
      createAdapter: () => new TransactionalSchema(),
      createDriver: () => dialect.createDriver(),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createIntrospector: (database) => dialect.createIntrospector(database),
    },
  });
}

/** SQLite rolls `create table` back like any other write; Kysely's own adapter does not use it, so a migration could stop half-way. */
class TransactionalSchema extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function connect(file: string, readOnly: boolean, durability: Durability): SqliteDatabase {
  const database = new DatabaseSync(file, {
    readOnly,
    timeout: BUSY_TIMEOUT_MS,
    enableForeignKeyConstraints: true,
  });
  try {
    database.exec(`PRAGMA cache_size = -${readOnly ? READER_CACHE_KIB : durability.cacheKib}`);
    if (!readOnly) {
      if (durability.forgets) database.exec('PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON');
      else database.exec('PRAGMA journal_mode = WAL');
      database.exec(`PRAGMA wal_autocheckpoint = ${durability.checkpointAfter}`);
      database.exec(`PRAGMA synchronous = ${durability.synchronous}`);
      checkDurable(database, durability);
    }
    return new PreparedStatements(database, readOnly);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite ignores a pragma it cannot honour, so what was asked for is read back. */
function checkDurable(database: DatabaseSync, { synchronous: wanted, forgets }: Durability): void {
  const { synchronous } = database.prepare('PRAGMA synchronous').get() as { synchronous: number };
  if (synchronous !== wanted)
    throw new NotDurable(`the database runs with synchronous=${synchronous} instead of ${wanted}`);
  if (!forgets) return;
  const { journal_mode: journal } = database.prepare('PRAGMA journal_mode').get() as { journal_mode: string };
  const { secure_delete: overwrites } = database.prepare('PRAGMA secure_delete').get() as {
    secure_delete: number;
  };
  if (journal !== 'delete' || overwrites !== 1)
    throw new NotDurable(`the database runs with journal_mode=${journal} and secure_delete=${overwrites}`);
}

/** What Kysely expects of a driver, on top of `node:sqlite`, with each statement prepared once. */
class PreparedStatements implements SqliteDatabase {
  readonly #prepared = new Map<string, SqliteStatement>();

  constructor(
    private readonly database: DatabaseSync,
    private readonly readOnly: boolean,
  ) {}

  prepare(sql: string): SqliteStatement {
    const known = this.#prepared.get(sql);
    if (known) {
      // The map keeps insertion order: the first key is then the one unused for longest.
      this.#prepared.delete(sql);
      this.#prepared.set(sql, known);
      return known;
    }
    const text = sql === 'begin' && !this.readOnly ? 'begin immediate' : sql;
    const statement = adapt(this.#prepare(text));
    this.#prepared.set(sql, statement);
    const oldest = this.#prepared.keys().next();
    if (this.#prepared.size > CACHED_STATEMENTS && !oldest.done) this.#prepared.delete(oldest.value);
    return statement;
  }

  #prepare(text: string): StatementSync {
    try {
      return this.database.prepare(text);
    } catch (error) {
      throw this.readOnly && NO_SUCH_TABLE.test(String(error)) ? tablesMissing(error) : error;
    }
  }

  close(): void {
    this.#prepared.clear();
    this.database.close();
  }
}

/** Kysely asks `reader` whether a statement gives rows; `node:sqlite` has no such thing, and without it no row comes back. */
function adapt(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bound(parameters)),
    run: (parameters) => statement.run(...bound(parameters)),
    iterate: (parameters) => statement.iterate(...bound(parameters)),
  };
}

const bound = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
