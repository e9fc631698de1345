import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchFailure, filing } from './failure.mjs';
import { npm } from './npm.mjs';
import { RUNTIMES, majorOf, runtimeFor, thisMachine } from './platforms.mjs';
import { during } from './say.mjs';

/** Bytes that the install needs for a moment: archive, unpacked package, npm's cache. */
const ROOM = 350_000_000;
const WHAT = 'Getting Node 24';

const binaryIn = (folder, { name }) => join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Where a pinned Node lies once it is whole: its folder appears by one rename. */
export const runtimeFolder = (root, { name, version }) => join(root, '.runtime', `${name}-${version}`);

/**
 * The Node to run with, if nothing has to be fetched for it; else undefined.
 * @param {string} root
 * @param {string} [version] of the Node that runs this
 */
export function runtimeAtHand(root, version = process.version) {
  if (majorOf(version) >= 24) return process.execPath;
  const pinned = RUNTIMES[`${process.platform}-${process.arch}`];
  const binary = pinned && binaryIn(runtimeFolder(root, pinned), pinned);
  return binary && existsSync(binary) ? binary : undefined;
}

/** A lock with the one package, so that `npm ci` checks the archive against our pin. */
function manifests({ name, version, integrity }) {
  const head = { name: 'commonhold-runtime', version: '1.0.0', private: true };
  const dependencies = { [name]: version };
  const resolved = `https://registry.npmjs.org/${name}/-/${name}-${version}.tgz`;
  const lock = { ...head, lockfileVersion: 3, requires: true, packages: { '': { ...head, dependencies }, [`node_modules/${name}`]: { version, resolved, integrity } } };
  return { manifest: { ...head, dependencies }, lock };
}

function roomIn(folder, room) {
  if (!statfsSync) return;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < room) throw new LaunchFailure(`There is no space left for Node 24 on the disk that holds ${folder}: ${Math.round(bavail * bsize / 1e6)} MB are free, about ${Math.round(room / 1e6)} MB are needed. Free some, then run the same command again.`);
}

/**
 * Installs the pinned Node 24 package into .runtime/, whole or not at all.
 * @param {string} root
 * @param {{pinned?: {name: string, version: string, integrity: string}, env?: NodeJS.ProcessEnv, room?: number}} [given]
 * @returns {Promise<string>} the binary
 */
export async function installRuntime(root, { pinned = runtimeFor(thisMachine()), env = process.env, room = ROOM } = {}) {
  const store = join(root, '.runtime');
  const temporary = filing(WHAT, root, () => {
    mkdirSync(store, { recursive: true });
    for (const left of readdirSync(store).filter((entry) => entry.startsWith('incoming-'))) rmSync(join(store, left), { recursive: true, force: true });
    roomIn(store, room);
    const folder = mkdtempSync(join(store, 'incoming-'));
    chmodSync(folder, 0o755);
    const { manifest, lock } = manifests(pinned);
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    return folder;
  });
  try {
    await during(`This is Node ${process.version}; getting Node ${pinned.version} into .runtime/ (about 50 MB, once) ...`, () => npm({ what: WHAT, cwd: temporary, args: ['ci'], env }));
    const whole = runtimeFolder(root, pinned);
    filing(WHAT, root, () => {
      // The C headers are two fifths of the package, and nothing here is ever compiled.
      rmSync(join(temporary, 'node_modules', pinned.name, 'include'), { recursive: true, force: true });
      rmSync(whole, { recursive: true, force: true });
      renameSync(temporary, whole);
    });
    return binaryIn(whole, pinned);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
