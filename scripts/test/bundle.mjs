/* The house in few files, for the hundreds of processes of it that the tests start: the same sources, found and linked once per run instead of in each of them. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const ENTRY = 'main.mjs';
const DAY_MS = 86_400_000;

/** What a module reads beside it, workers among it, lies where its source does. */
const inPlace = {
  name: 'in-place',
  transform: {
    filter: { code: 'import.meta.' },
    handler: (code, id) => ({
      code: code.replaceAll(/\bimport\.meta\.dirname\b/g, JSON.stringify(dirname(id))).replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(id).href)), map: null,
    }),
  },
};

async function chunksOf(root) {
  const bundle = await rolldown({
    cwd: root, input: { main: 'packages/house/src/cli/main.ts' }, platform: 'node', plugins: [inPlace], logLevel: 'silent',
    // Brings a library of the machine's own.
    external: ['sharp'],
  });
  try {
    const { output } = await bundle.generate({ format: 'esm', entryFileNames: ENTRY, chunkFileNames: '[name]-[hash].mjs' });
    return output.map(({ fileName, code }) => ({ fileName, code }));
  } finally {
    await bundle.close();
  }
}

/** Removes what a run of another day made: one of today may still go on. */
function sweep(folder, now) {
  for (const name of readdirSync(folder)) if (now - statSync(join(folder, name)).mtimeMs > DAY_MS) rmSync(join(folder, name), { recursive: true, force: true });
}

/**
 * Bundles the house, unless it is there already; answers the path of its command. Folders are named by what is in them, so that runs side by side do not meet.
 * @param {string} root
 */
export async function bundleHouse(root) {
  const chunks = await chunksOf(root);
  const hash = createHash('sha256');
  for (const { fileName, code } of chunks) hash.update(`${fileName}\0${code}\0`);
  const all = join(root, 'node_modules', '.cache', 'house');
  const folder = join(all, hash.digest('hex').slice(0, 16));
  mkdirSync(all, { recursive: true });
  sweep(all, Date.now());
  if (existsSync(folder)) utimesSync(folder, new Date(), new Date());
  else {
    const made = `${folder}.${process.pid}`;
    mkdirSync(made);
    for (const { fileName, code } of chunks) writeFileSync(join(made, fileName), code);
    // Another run may have been faster.
    try { renameSync(made, folder); } catch (error) { if (!existsSync(folder)) throw error; rmSync(made, { recursive: true }); }
  }
  return join(folder, ENTRY);
}
