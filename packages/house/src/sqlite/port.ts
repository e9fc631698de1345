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
  /** Prepares once, when it is first used; keep the result. */
  prepare<R = SqlRow>(sql: string): Statement<R>;
  /** The same, with rows as tuples in the order of their columns: a third less work for answers of many rows. */
  prepareTuples<T extends readonly SqlValue[]>(sql: string): Statement<T>;
  /** All rows of a question that is asked once. */
  ask<R = SqlRow>(sql: string, ...values: SqlValue[]): R[];
  /** All or nothing, and durable as the file's durability says; nested calls join the outer transaction. */
  transaction<T>(work: () => T): T;
  /** True inside `transaction`. */
  readonly inTransaction: boolean;
  /** Gives back the memory of statements and pages until they are used again; nothing inside a transaction. */
  rest(): void;
  /** Copies the write-ahead log back and closes; safe to call twice. */
  close(): void;
}

/** full: acknowledged means on disk (fsync at each commit); normal: may lose the last commits at a power cut, never breaks. */
export interface SqliteOptions { durability: 'full' | 'normal' }

/**
 * Opens (and makes, mode 0600) a database file in WAL mode, over Node's own SQLite.
 * Errors of SQLite pass through; foreign keys are on. What SQLite needs on the way stays in memory: the folder for such files may be
 * read-only, as in a container, and is no place for what people wrote.
 */
export function openSqlite(path: string, options: SqliteOptions): Sqlite {
  if (path !== ':memory:') makePrivate(path);
  const db = new DatabaseSync(path);
  try {
    db.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=${options.durability === 'full' ? 'FULL' : 'NORMAL'};
      PRAGMA foreign_keys=ON; PRAGMA busy_timeout=2000; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;`);
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
  const plain = (sql: string) => db.prepare(sql);
  const tuples = (sql: string) => {
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  };
  const lazy: Lazy<unknown>[] = [];
  const keep = <R>(make: (sql: string) => StatementSync, sql: string): Lazy<R> => {
    const statement = new Lazy<R>(make, sql);
    lazy.push(statement);
    return statement;
  };
  const begin = keep(plain, 'BEGIN IMMEDIATE');
  const commit = keep(plain, 'COMMIT');
  return {
    exec: (sql) => db.exec(sql),
    prepare: <R>(sql: string) => keep<R>(plain, sql),
    prepareTuples: <T extends readonly SqlValue[]>(sql: string) => keep<T>(tuples, sql),
    ask: <R>(sql: string, ...values: SqlValue[]) => db.prepare(sql).all(...values) as R[],
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
    rest() {
      if (!open || depth > 0) return;
      for (const statement of lazy) statement.forget();
      db.exec('PRAGMA shrink_memory');
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

// Prepared at its first use: a statement takes some 10 kB, and most of a quiet pod's are never asked. A class, since
// 300 pods have 15,000 of them.
class Lazy<R> implements Statement<R> {
  readonly #make: (sql: string) => StatementSync;
  readonly #sql: string;
  #made: StatementSync | undefined;

  constructor(make: (sql: string) => StatementSync, sql: string) {
    this.#make = make;
    this.#sql = sql;
  }

  get #statement(): StatementSync {
    return (this.#made ??= this.#make(this.#sql));
  }

  forget(): void { this.#made = undefined; }
  get(...values: SqlValue[]): R | undefined { return this.#statement.get(...values) as R | undefined; }
  all(...values: SqlValue[]): R[] { return this.#statement.all(...values) as R[]; }
  iterate(...values: SqlValue[]): Iterable<R> { return this.#statement.iterate(...values) as Iterable<R>; }
  run(...values: SqlValue[]): { changes: number; lastInsertRowid: number } {
    const { changes, lastInsertRowid } = this.#statement.run(...values);
    return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) };
  }
}
