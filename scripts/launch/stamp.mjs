import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SKIP = new Set(['node_modules', 'dist', 'dist.new', 'dist.old']);

/** The files under some folders, and those named themselves, sorted, without tests. */
function sources(root, paths) {
  const files = [];
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (SKIP.has(entry.name) || entry.name.includes('.test.')) continue;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else files.push(path);
    }
  };
  for (const path of paths) {
    if (!existsSync(join(root, path))) continue;
    if (statSync(join(root, path)).isDirectory()) walk(path); else files.push(path);
  }
  return files.sort();
}

/** Names, sizes and times: cheap, asked at every start. */
function glance(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Names and contents: asked when the glance differs, as after a copy or a checkout that changed only times. */
function contents(root, files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file))).update('\0');
  return hash.digest('hex');
}

/** What was noted when something was made of sources, or null. */
export function readStamp(file) {
  try { return JSON.parse(readFileSync(file, 'utf8')); } catch { return null; }
}

/**
 * What some sources look like now, to be noted with what is made of them.
 * @param {string} root
 * @param {string[]} paths folders and files, from the root
 */
export function stampOf(root, paths) {
  const files = sources(root, paths);
  return { glance: glance(root, files), contents: contents(root, files) };
}

/**
 * Does the stamp in a file say that what it stands beside was made of these very sources?
 * @param {string} root
 * @param {string[]} paths as for `stampOf`
 * @param {string} file
 */
export function isFresh(root, paths, file) {
  const stamp = readStamp(file);
  if (!stamp) return false;
  const files = sources(root, paths);
  const seen = glance(root, files);
  if (stamp.glance === seen) return true;
  if (stamp.contents !== contents(root, files)) return false;
  // Only a saving of time: a read-only folder must still start.
  try { writeFileSync(file, JSON.stringify({ ...stamp, glance: seen })); } catch { /* asked again at the next start */ }
  return true;
}
