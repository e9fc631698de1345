/* Links the house into few files: the same sources, found, stripped and linked once instead of at each start. Arguments: the clone, where the files go; says which of them is the command. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { rolldown } from 'rolldown';

const ENTRY = 'main.mjs';
const [root, out] = process.argv.slice(2);
const from = join(out, 'any');
const slashed = (path) => relative(from, path).split(sep).join('/');

/** What a module reads beside it, workers among it, lies where its source does: that is said from where the files go. */
const inPlace = {
  name: 'in-place',
  transform: {
    filter: { code: 'import.meta.' },
    handler: (code, id) => ({
      code: code.replaceAll(/\bimport\.meta\.dirname\b/g, `(import.meta.dirname + ${JSON.stringify(`/${slashed(dirname(id))}`)})`)
        .replaceAll(/\bimport\.meta\.url\b/g, `new URL(${JSON.stringify(slashed(id))}, import.meta.url).href`), map: null,
    }),
  },
};

async function chunksOf() {
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

// Folders are named by what is in them, so that a house that runs keeps its own.
const chunks = await chunksOf();
const hash = createHash('sha256');
for (const { fileName, code } of chunks) hash.update(`${fileName}\0${code}\0`);
const name = hash.digest('hex').slice(0, 16);
const folder = join(out, name);
mkdirSync(out, { recursive: true });
if (existsSync(folder)) utimesSync(folder, new Date(), new Date());
else {
  const made = `${folder}.${process.pid}`;
  mkdirSync(made);
  for (const { fileName, code } of chunks) writeFileSync(join(made, fileName), code);
  // Another start may have been faster.
  try { renameSync(made, folder); } catch (error) { if (!existsSync(folder)) throw error; rmSync(made, { recursive: true }); }
}
process.stdout.write(`${name}/${ENTRY}`);
