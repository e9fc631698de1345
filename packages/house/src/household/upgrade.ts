import { upgradeFile } from '../sqlite/upgrade.ts';
import { MIGRATIONS } from './schema.ts';

/** Brings house.db up to date that nobody has open: whoever lives there goes on living there. Refuses as `upgradeFile`. */
export const upgradeHouseDb = (path: string): void => upgradeFile(path, MIGRATIONS, (db) => db.ask('SELECT persona, pod, handle, state, role FROM people ORDER BY persona'));
