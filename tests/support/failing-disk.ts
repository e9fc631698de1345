import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A disk of its own whose file system fails when it is told to: every write is refused from then on, whatever is open. */
export interface FailingDisk {
  path: string;
  /** What was written so far is on the disk. */
  settle(): void;
  fail(): void;
  /** As somebody repairs it; nothing may be open there. */
  repair(): void;
}

const sh = (command: string): string => execFileSync('bash', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim();

/** Such a disk, taken away before anything else of the test is; or why there can be none here. */
export function failingDisk(t: { after(fn: () => void): void }, megabytes: number): FailingDisk | string {
  const why = 'a file system that can be made to fail needs Linux, root, loop devices and mkfs.ext4';
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return why;
  const folder = mkdtempSync(join(tmpdir(), 'commonhold-failing-')), image = join(folder, 'image'), path = join(folder, 'disk');
  t.after(() => { try { sh(`umount -l ${path}`); } catch { /* it was never mounted */ } rmSync(folder, { recursive: true, force: true }); });
  try { sh(`truncate -s ${megabytes}M ${image} && mkfs.ext4 -q -F ${image} && mkdir ${path} && mount -o loop,errors=remount-ro ${image} ${path}`); } catch { return why; }
  const trigger = `/sys/fs/ext4/${basename(sh(`findmnt -n -o SOURCE ${path}`))}/trigger_fs_error`;
  if (!existsSync(trigger)) return why;
  return {
    path,
    settle: () => { sh(`sync -f ${path}`); },
    fail: () => writeFileSync(trigger, 'by a test'),
    // e2fsck answers 1 when it has mended something.
    repair: () => { sh(`umount ${path} && { e2fsck -fy ${image} || [ $? -eq 1 ]; } && mount -o loop ${image} ${path}`); },
  };
}
