import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';

/** What may be bound to a statement or come out of a row. */
export type SqlValue = string | number | bigint | Uint8Array | null;
/** One row, by column name. */
export type SqlRow = Record<string, SqlValue>;

/** A prepared statement; `R` is the row that its SQL selects. */
export interface Statement<R = SqlRow> {
  /** The first row, or undefined. */
  get(...values: SqlValue[]): R | undefined;
  /** All rows. */
  all(...values: SqlValue[]): R[];
  /** Rows one by one; finish or break the loop before the next use of this statement. */
  iterate(...values: SqlValue[]): Iterable<R>;
  /** Runs a write; how many rows changed and the last rowid. */
  run(...values: SqlValue[]): { changes: number; lastInsertRowid: number };
}

/** One open database: the whole of what the house asks of SQLite. */
export interface Sqlite {
  /** Runs statements without parameters. */
  exec(sql: string): void;
  /** Prepares once; keep the result. */
  prepare<R = SqlRow>(sql: string): Statement<R>;
  /** The same, with rows as tuples in the order of their columns: a third less work for answers of many rows. */
  prepareTuples<T extends readonly SqlValue[]>(sql: string): Statement<T>;
  /** All or nothing, and durable as the file's durability says; nested calls join the outer transaction. */
  transaction<T>(work: () => T): T;
  /** True inside `transaction`. */
  readonly inTransaction: boolean;
  /** Copies the write-ahead log back and closes; safe to call twice. */
  close(): void;
}

/** full: acknowledged means on disk (fsync at each commit); normal: may lose the last commits at a power cut, never breaks. */
export interface SqliteOptions { durability: 'full' | 'normal' }

/**
 * Opens (and makes, mode 0600) a database file in WAL mode, over Node's own SQLite.
 * Errors of SQLite pass through; foreign keys are on.
 */
export function openSqlite(path: string, options: SqliteOptions): Sqlite {
  if (path !== ':memory:') makePrivate(path);
  const db = new DatabaseSync(path);
  try {
    db.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=${options.durability === 'full' ? 'FULL' : 'NORMAL'};
      PRAGMA foreign_keys=ON; PRAGMA busy_timeout=2000; PRAGMA trusted_schema=OFF;`);
  } catch (error) {
    db.close();
    throw error;
  }
  return portOver(db);
}

/** The port over a connection, however it was opened. */
export function portOver(db: DatabaseSync): Sqlite {
  let open = true;
  let depth = 0;
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  return {
    exec: (sql) => db.exec(sql),
    prepare: <R>(sql: string) => wrap<R>(db.prepare(sql)),
    prepareTuples: <T extends readonly SqlValue[]>(sql: string) => {
      const statement = db.prepare(sql);
      statement.setReturnArrays(true);
      return wrap<T>(statement);
    },
    get inTransaction() { return depth > 0; },
    transaction<T>(work: () => T): T {
      if (depth > 0) return work();
      begin.run();
      depth++;
      try {
        const out = work();
        commit.run();
        return out;
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      } finally {
        depth--;
      }
    },
    close() {
      if (!open) return;
      open = false;
      db.close();
    },
  };
}

// SQLite would make the file with the umask's mode; the -wal and -shm files take the mode of the main one.
// One that is there is not opened: closing it again would end the locks that this process may hold on it.
function makePrivate(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  if (process.platform !== 'win32') chmodSync(path, 0o600);
}

function wrap<R>(statement: StatementSync): Statement<R> {
  return {
    get: (...values) => statement.get(...values) as R | undefined,
    all: (...values) => statement.all(...values) as R[],
    iterate: (...values) => statement.iterate(...values) as Iterable<R>,
    run: (...values) => {
      const { changes, lastInsertRowid } = statement.run(...values);
      return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) };
    },
  };
}
