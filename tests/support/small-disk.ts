import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmdirSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why there can be no small disk here, or null. */
export const noSmallDisk = (): string | null => (process.platform !== 'linux' || process.getuid?.() !== 0 ? 'a small disk of its own needs Linux and root' : null);

/** A disk of so many megabytes, taken away before anything else of the test is. */
export function smallDisk(t: { after(fn: () => void): void }, megabytes: number): string {
  const disk = mkdtempSync(join(tmpdir(), 'commonhold-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', disk]);
  t.after(() => { execFileSync('umount', ['-l', disk]); rmdirSync(disk); });
  return disk;
}

/** Uses up what room there is, but for so many kilobytes; the file to remove for having it back. */
export function fill(disk: string, leave = 0): string {
  const filler = join(disk, 'filler');
  try { for (;;) appendFileSync(filler, Buffer.alloc(4096, 1)); } catch { /* full */ }
  truncateSync(filler, statSync(filler).size - leave * 1024);
  return filler;
}
