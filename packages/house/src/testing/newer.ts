import { MIGRATIONS } from '../household/schema.ts';
import type { Migration } from '../sqlite/migrate.ts';
import { logMigrations } from '../store/log/migrations.ts';
import { podMigrations } from '../store/pod/migrations.ts';
import { viewMigrations } from '../views/schema.ts';

/*
 * Imported before anything else, it makes this program a version to come: each kind of file has a step more. How well that was made
 * stands behind the `?` of its address.
 */
const table: Migration = (db) => db.exec('CREATE TABLE to_come (x INTEGER NOT NULL) STRICT');
const dies: Migration = () => { process.kill(process.pid, 'SIGKILL'); };

const WAYS: Readonly<Record<string, { house?: Migration; pod?: Migration; views?: Migration }>> = {
  'works': {},
  'does-not-work': { pod: (db) => db.exec('SELECT * FROM what_is_not_there') },
  'does-not-open': { house: (db) => db.exec('DROP TABLE settings') },
  'dies-at-it': { pod: dies },
  'dies-on-trial': { views: dies },
};

const { house = table, pod = table, views = () => {} } = WAYS[new URL(import.meta.url).search.slice(1)]!;
for (const [steps, step] of [[MIGRATIONS, house], [logMigrations, table], [podMigrations, pod], [viewMigrations, views]] as const) (steps as Migration[]).push(step);
