import { stripTypeScriptTypes } from 'node:module';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

// Said at its first use: stripping is what we chose.
const strip = (text) => {
  const warn = process.emitWarning;
  process.emitWarning = () => undefined;
  try { return stripTypeScriptTypes(text); } finally { process.emitWarning = warn; }
};

const OURS = /(?<=(?:from|import\(|import) *')@commonhold\/([a-z]+)((?:\/[a-z]+)?)(?=')/g;
const SOURCES = /(?<=(?:from|import\(|import|new URL\() *')(\.[^']*)\.ts(?=')/g;

/** What others import of a package, by the name they use. */
function exportsOf(root, name) {
  const { exports } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
  return exports;
}

/**
 * A source as Node runs it under node_modules, where it strips no types: its types blanked, so that every line stays where it was, and
 * what it imports named by where that lies.
 * @param {string} text
 * @param {string} from its path in the tree, with slashes
 * @param {(name: string) => Record<string, string>} exportsIn the `exports` of one of our packages
 */
export function asJavaScript(text, from, exportsIn) {
  const here = posix.dirname(from);
  return strip(text)
    .replace(OURS, (_, name, sub) => {
      const path = posix.relative(here, posix.join('packages', name, exportsIn(name)[`.${sub}`].replace(/\.ts$/, '.js')));
      return path.startsWith('.') ? path : `./${path}`;
    })
    .replace(SOURCES, '$1.js')
    .replace(/[ \t]+$/gm, '');
}

const isLeftOut = (path) => /\.test\.ts$|(?:^|\/)(?:testing|node_modules)(?:\/|$)|\.md$/.test(path);

/**
 * Copies a folder of sources; TypeScript becomes JavaScript, tests stay behind.
 * @param {string} root the clone
 * @param {string} out the tree
 * @param {string} folder with slashes, from the root
 */
export function copyCode(root, out, folder) {
  const known = new Map();
  const exportsIn = (name) => known.get(name) ?? known.set(name, exportsOf(root, name)).get(name);
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (isLeftOut(path)) continue;
    const to = join(out, path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(to), { recursive: true });
    if (path.endsWith('.ts')) writeFileSync(to, asJavaScript(readFileSync(join(root, path), 'utf8'), path, exportsIn));
    else cpSync(join(root, path), to);
  }
}
