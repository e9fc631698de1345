import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const PARTS = ['core', 'sdk', 'house'];

/** What the house needs of others, by name: the versions that were tested, none of our own. */
function needed(root, packages) {
  const names = new Set(PARTS.flatMap((part) => Object.keys(read(join(root, 'packages', part, 'package.json')).dependencies ?? {})));
  return Object.fromEntries([...names].filter((name) => !name.startsWith('@commonhold/')).sort().map((name) => [name, packages[`node_modules/${name}`].version]));
}

/** Where npm finds a package for one that lies at `from`, as it looks: beside it, then further up. */
function placeOf(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (at === '') return undefined;
  }
}

/** The part of the lock that some packages need, on every platform. */
function lockOf(packages, dependencies) {
  const found = new Set(Object.keys(dependencies).map((name) => `node_modules/${name}`));
  for (const path of found) {
    const { dependencies: needs, optionalDependencies: may, peerDependencies: beside } = packages[path];
    for (const name of Object.keys({ ...needs, ...may, ...beside })) {
      const place = placeOf(packages, path, name);
      if (place) found.add(place);
    }
  }
  return Object.fromEntries([...found].sort().map((path) => [path, packages[path]]));
}

/**
 * The manifest and the lock of what is published: one package, with exactly the others that were tested.
 * @param {string} root the clone
 */
export function manifestOf(root) {
  const { name, version, description, license, engines } = read(join(root, 'package.json'));
  const { packages } = read(join(root, 'package-lock.json'));
  const dependencies = needed(root, packages);
  const head = { name, version, license, dependencies, bin: { commonhold: 'scripts/commonhold.mjs' }, engines };
  return {
    manifest: { name, version, description, license, type: 'module', bin: head.bin, engines, dependencies },
    lock: { name, version, lockfileVersion: 3, requires: true, packages: { '': head, ...lockOf(packages, dependencies) } },
  };
}
