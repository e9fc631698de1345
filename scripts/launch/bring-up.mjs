import { join } from 'node:path';
import { alone } from './lock.mjs';
import { installPackages, packagesFresh } from './packages.mjs';
import { installRuntime, runtimeAtHand } from './runtime.mjs';
import { buildWeb, webFresh } from './web.mjs';

/**
 * Brings what a job needs and answers the Node to run it with. Asks nothing of the network when all is there.
 * @param {string} root the clone
 * @param {{dev: boolean, web: boolean}} job
 * @returns {Promise<string>}
 */
export async function bringUp(root, { dev, web }) {
  const node = runtimeAtHand(root);
  const ready = () => packagesFresh(root, dev) && (!web || webFresh(root));
  if (node && ready()) return node;
  return alone(root, async () => {
    const current = runtimeAtHand(root) ?? await installRuntime(root);
    if (!packagesFresh(root, dev)) await installPackages(root, { dev });
    if (web && !webFresh(root)) await buildWeb(root, current);
    return current;
  });
}

/** The script of a job, as a path. */
export const scriptOf = (root, { entry }) => join(root, ...entry.split('/'));
