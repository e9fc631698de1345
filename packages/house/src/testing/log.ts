import { migrate } from '../sqlite/migrate.ts';
import { openSqlite } from '../sqlite/port.ts';
import { makeAccessLog, type AccessLog } from '../store/log/access-log.ts';
import { logMigrations } from '../store/log/migrations.ts';

/** An access log in a file of its own; errors are thrown. */
export function openTrialLog(path: string): AccessLog {
  const db = openSqlite(path, { durability: 'normal' });
  migrate(db, logMigrations);
  return makeAccessLog(db, Date.now, (error) => { throw error; });
}
