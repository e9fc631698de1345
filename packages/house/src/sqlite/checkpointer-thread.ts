/* The thread of `checkpointer.ts`: takes paths, answers each with null or what went wrong. */
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', (path: string) => {
  try {
    // A file that is gone must not come back as an empty one.
    const url = pathToFileURL(path);
    url.searchParams.set('mode', 'rw');
    // Whoever writes just now is waited for: nobody waits for this thread.
    const db = new DatabaseSync(url, { timeout: 5000 });
    try { db.exec('PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(PASSIVE);'); } finally { db.close(); }
    parentPort?.postMessage(null);
  } catch (error) { parentPort?.postMessage(error instanceof Error ? error.message : 'no reason given'); }
});
