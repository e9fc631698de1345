import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { row, unmeasured, type BenchRow, type Setting, type Topic } from './row.ts';

/** What a browser loads before it shows the first screen, packed as the house packs it. */
export const FIRST_LOAD = {
  js: { name: 'first load, JS', unit: 'kB gzip', budget: { of: 'value', limit: 60 } },
  css: { name: 'first load, CSS', unit: 'kB gzip', budget: null },
} as const satisfies Record<string, Topic>;

const SCRIPTS = /<script[^>]*\ssrc="([^"]+)"/g;
const PRELOADS = /<link[^>]*\srel="modulepreload"[^>]*\shref="([^"]+)"/g;
const STYLES = /<link[^>]*\srel="stylesheet"[^>]*\shref="([^"]+)"/g;
// `import"./x.js"`, `import{a}from"./x.js"`, `export*from"./x.js"`; not `import("./x.js")`, which waits until it is wanted.
const STATIC_IMPORTS = /(?:\bimport|\bfrom)\s*"(\.{1,2}\/[^"]+\.js)"/g;

/** Adds up the files that index.html names, and for scripts what those import at once. */
export function measureFirstLoad({ root }: Setting, kind: 'js' | 'css'): BenchRow {
  const dist = join(root, 'packages', 'web', 'dist');
  if (!existsSync(join(dist, 'index.html'))) return unmeasured(FIRST_LOAD[kind], 'the app has not been built');
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const paths = kind === 'css' ? found(STYLES, page) : withImports(dist, [...found(SCRIPTS, page), ...found(PRELOADS, page)]);
  const bytes = [...new Set(paths)].reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path)), { level: 9 }).length, 0);
  return row(FIRST_LOAD[kind], { value: bytes / 1000, baseline: 0 });
}

const found = (pattern: RegExp, text: string): string[] => [...text.matchAll(pattern)].map((match) => match[1]!);

function withImports(dist: string, first: readonly string[]): string[] {
  const seen = new Set(first);
  for (const path of seen) {
    for (const name of found(STATIC_IMPORTS, readFileSync(join(dist, path), 'utf8'))) seen.add(new URL(name, `http://app${path}`).pathname);
  }
  return [...seen];
}
