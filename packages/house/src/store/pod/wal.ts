import { closeSync, fdatasync, fdatasyncSync, fstatSync, fsync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** A pod's write-ahead log, as far as getting it onto the disk goes. */
export interface Wal {
  /** True while nothing stands in the log, on disk neither: frames may then follow its header without a sync between them. */
  blank: boolean;
  /** Resolves when every byte written before this call is on disk, and the log's place in its folder; other pods go on meanwhile. */
  sync(): Promise<void>;
  /** The same at once, for closing. */
  syncNow(): void;
  close(): void;
}

/**
 * The log beside a pod file, which must be there. SQLite takes no locks on its log, so a descriptor of our own
 * may come and go; the data of an inode is synced whichever descriptor asks for it.
 */
export function openWal(path: string): Wal {
  const fd = openSync(`${path}-wal`, 'r+');
  let folder = openFolder(dirname(path));
  let under = 0;
  let closed = false;
  const release = () => {
    if (!closed || under > 0) return;
    closeSync(fd);
    placed();
  };
  const placed = () => { if (folder !== null) closeSync(folder); folder = null; };
  return {
    blank: fstatSync(fd).size === 0,
    sync: async () => {
      under++;
      try {
        await done((then) => fdatasync(fd, then));
        if (folder !== null) { await done((then) => fsync(folder!, then)); placed(); }
      } finally { under--; release(); }
    },
    syncNow: () => {
      fdatasyncSync(fd);
      if (folder !== null) fsyncSync(folder);
    },
    close: () => { closed = true; release(); },
  };
}

const done = (start: (then: (error: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => start((error) => { if (error) reject(error); else resolve(); }));

// Windows keeps a folder's entries without being asked, and lets nobody open one.
const openFolder = (path: string): number | null => (process.platform === 'win32' ? null : openSync(path, 'r'));
