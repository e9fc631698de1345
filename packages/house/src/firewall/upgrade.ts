import { upgradeFile } from '../sqlite/upgrade.ts';
import { logMigrations } from '../store/log/migrations.ts';
import { podMigrations } from '../store/pod/migrations.ts';

/** How many steps the schemas of a pod and of the access log have by now. */
export const POD_STEPS = podMigrations.length, LOG_STEPS = logMigrations.length;

/** Brings a pod file up to date that nobody has open: no step may touch what is signed. Refuses as `upgradeFile`. */
export const upgradePod = (path: string): void => upgradeFile(path, podMigrations, (db) => [
  db.ask('SELECT persona, device FROM personas ORDER BY persona'),
  db.ask('SELECT count(*) AS n FROM statements'),
  db.ask('SELECT hex(lane) AS lane, seq, hex(chain) AS chain FROM lanes ORDER BY ref'),
  db.ask('SELECT count(*) AS n FROM entries'),
]);

/** Brings the access log up to date that nobody has open. Refuses as `upgradeFile`. */
export const upgradeLog = (path: string): void => upgradeFile(path, logMigrations, () => null);
