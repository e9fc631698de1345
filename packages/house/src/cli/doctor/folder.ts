import { accessSync, constants, existsSync, mkdtempSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { existing } from '../../health/machine.ts';
import { ill, note, well, type Finding } from './finding.ts';

/** The data folder is there, or can be made, and may be written. */
export function writable(data: string): Finding {
  const folder = existing(data);
  try {
    if (!statSync(folder).isDirectory()) return ill('Data folder', `${folder} is a file`, 'Name another folder with COMMONHOLD_DATA.');
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    // A disk that failed may still say that it can be written.
    rmdirSync(mkdtempSync(join(folder, '.doctor-')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // How much room there is, is looked at for itself.
    if (code === 'ENOSPC') return well('Data folder', data);
    if (code === 'EROFS' || code === 'EIO') {
      return ill('Data folder', `${data} is on a disk that is read-only`, 'Check that disk: a system makes it read-only when it fails. Make it writable (mount -o remount,rw), then start the house again.');
    }
    return ill('Data folder', `${data} may not be written`, `Make ${folder} writable for this user, or name another folder with COMMONHOLD_DATA.`);
  }
  return existsSync(data) ? well('Data folder', data) : note('Data folder', `${data} is not there yet`, 'Start the house: npx commonhold start');
}

/** Nobody but the owner may read it. */
export function modes(data: string): Finding {
  if (process.platform === 'win32' || !existsSync(data)) return well('Modes', 'nothing to check');
  const entries = ['.', ...readdirSync(data)].map((name) => join(data, name));
  const open = entries.filter((path) => (statSync(path).mode & 0o077) !== 0 && !path.endsWith('.db-wal') && !path.endsWith('.db-shm'));
  if (open.length === 0) return well('Modes', 'for its owner alone');
  return ill('Modes', `others on this machine may read ${open.slice(0, 3).join(', ')}`, `Close it: chmod -R go= ${data}`);
}
