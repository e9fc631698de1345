import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Why no program can be shut into a folder here, or null. */
export const noBareRoot = (): string | null => (process.platform !== 'linux' || process.getuid?.() !== 0 ? 'to start a program in a root of its own needs Linux and root' : null);

/** Everything that Node itself is linked with, as paths. */
const librariesOf = (program: string): string[] => [...execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/(\/\S+)/g)].map(([path]) => path!);

/** Who it runs as: a number that nobody here has. */
export const NOBODY = 1000;

/**
 * A root with Node in it and nothing else of this machine: no shell, no certificates, no home. `data` is the one folder that may be written,
 * a new and empty one; `house` lies at /house.
 */
export function bareRoot(folder: string): { root: string; house: string; data: string } {
  const root = join(folder, 'root');
  const data = join(folder, 'volume');
  for (const path of ['house', 'data', 'tmp', 'dev', 'etc', 'usr/local/bin']) mkdirSync(join(root, path), { recursive: true });
  for (const library of librariesOf(process.execPath)) {
    mkdirSync(join(root, dirname(library)), { recursive: true });
    copyFileSync(library, join(root, library));
  }
  copyFileSync(process.execPath, join(root, 'usr/local/bin/node'));
  writeFileSync(join(root, 'etc/passwd'), `node:x:${NOBODY}:${NOBODY}::/:/\n`);
  mkdirSync(data);
  chownSync(data, NOBODY, NOBODY);
  chmodSync(folder, 0o755);
  return { root, house: join(root, 'house'), data };
}

/** The command that runs a program in such a root, which is read-only but for /data; a new process, a mount namespace of its own. */
export function inBareRoot({ root, data }: { root: string; data: string }, command: readonly string[], env: Readonly<Record<string, string>>): string[] {
  const script = [
    `mount --bind '${root}' '${root}'`, `mount --bind '${data}' '${root}/data'`, `mount -o remount,bind,ro '${root}'`,
    `at=$(command -v chroot || echo /usr/sbin/chroot) && exec env -i ${Object.entries(env).map(([name, value]) => `'${name}=${value}'`).join(' ')} "$at" --userspec=${NOBODY}:${NOBODY} '${root}' "$@"`,
  ].join(' && ');
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', ...command];
}
