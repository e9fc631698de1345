import { join } from 'node:path';
import { houseEntry, houseFresh, linkHouse } from './house.mjs';
import { alone } from './lock.mjs';
import { installPackages, packagesFresh } from './packages.mjs';
import { installRuntime, runtimeAtHand } from './runtime.mjs';
import { buildWeb, webFresh } from './web.mjs';

/**
 * Brings what a job needs and answers the Node to run it with. Asks nothing of the network when all is there.
 * @param {string} root the clone
 * @param {{dev: boolean, web: boolean, house: boolean}} job
 * @returns {Promise<string>}
 */
export async function bringUp(root, { dev, web, house }) {
  const node = runtimeAtHand(root);
  const ready = () => packagesFresh(root, dev) && (!web || webFresh(root)) && (!house || houseFresh(root));
  if (node && ready()) return node;
  return alone(root, async () => {
    const current = runtimeAtHand(root) ?? await installRuntime(root);
    if (!packagesFresh(root, dev)) await installPackages(root, { dev });
    if (web && !webFresh(root)) await buildWeb(root, current);
    if (house && !houseFresh(root)) await linkHouse(root, current);
    return current;
  });
}

/** The script of a job, as a path. */
export const scriptOf = (root, { entry }) => (entry === undefined ? houseEntry(root) : join(root, ...entry.split('/')));
