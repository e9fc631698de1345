import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

/** A pod's write-ahead log, as far as getting it onto the disk goes. */
export interface Wal {
  /** Resolves when every byte written before this call is on disk; other pods go on meanwhile. */
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
  let under = 0;
  let closed = false;
  const release = () => { if (closed && under === 0) closeSync(fd); };
  return {
    sync: () => new Promise((resolve, reject) => {
      under++;
      fdatasync(fd, (error) => {
        under--;
        release();
        if (error) reject(error); else resolve();
      });
    }),
    syncNow: () => fdatasyncSync(fd),
    close: () => { closed = true; release(); },
  };
}
