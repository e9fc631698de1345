import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const DIST = resolve(import.meta.dirname, '../../packages/web/dist');
const FIRST_LOAD = 60_000;
const SCREEN = 25_000;
/* All the words of a language that is not English, for every screen at once. */
const LANGUAGE = 50_000;
const limitOf = (name: string): number => (name.startsWith('de-') ? LANGUAGE : SCREEN);

// `import"./x.js"`, `import{a}from"./x.js"`, `export*from"./x.js"`; not `import("./x.js")`, which waits until it is wanted.
const AT_ONCE = /(?:\bimport|\bfrom)\s*"\.\/([^"]+\.js)"/g;
const LATER = /\bimport\(\s*["'`]\.\/([^"'`]+\.js)["'`]\s*\)/g;

const textOf = (name: string): string => readFileSync(join(DIST, 'assets', name), 'utf8');
const named = (pattern: RegExp, text: string): string[] => [...text.matchAll(pattern)].map((found) => found[1]!);
const packed = (names: Iterable<string>): number => [...names].reduce((sum, name) => sum + gzipSync(textOf(name), { level: 9 }).length, 0);

/** A file and all that it needs before it runs. */
function whole(first: readonly string[]): Set<string> {
  const seen = new Set(first);
  for (const name of seen) for (const other of named(AT_ONCE, textOf(name))) seen.add(other);
  return seen;
}

test('what a browser loads before the first screen, and for each screen after it, stays small', (t) => {
  if (!existsSync(join(DIST, 'index.html'))) { t.skip('the app has not been built'); return; }
  const page = readFileSync(join(DIST, 'index.html'), 'utf8');
  const first = whole(named(/(?:src|href)="\/assets\/([^"]+\.js)"/g, page));
  const bytes = packed(first);
  assert.ok(bytes <= FIRST_LOAD, `the first load is ${bytes} bytes packed`);
  const scripts = readdirSync(join(DIST, 'assets')).filter((name) => name.endsWith('.js'));
  const late = new Set(scripts.flatMap((name) => named(LATER, textOf(name))).filter((name) => !first.has(name)));
  assert.ok(late.size >= 10, `only ${late.size} screens come later`);
  const needs = new Map([...late].map((name) => [name, [...whole([name])].filter((one) => !first.has(one))]));
  // What several screens share (post cards, the composer) comes once, as a piece of its own.
  const users = (file: string): number => [...needs.values()].filter((files) => files.includes(file)).length;
  const heavy = [...needs].map(([name, files]) => [name, packed(files.filter((file) => file === name || users(file) === 1))] as const).filter(([name, size]) => size > limitOf(name));
  assert.deepEqual(heavy, [], 'what comes later is heavy');
  assert.deepEqual(scripts.filter((name) => !first.has(name) && packed([name]) > limitOf(name)), [], 'a piece is heavy');
});

test('one page names one build, and the service worker keeps that one', (t) => {
  if (!existsSync(join(DIST, 'sw.js'))) { t.skip('the app has not been built'); return; }
  const worker = readFileSync(join(DIST, 'sw.js'), 'utf8');
  const files = JSON.parse(/const FILES = (\[.*?\]);/.exec(worker)?.[1] ?? '[]') as string[];
  for (const name of files.filter((file) => file !== '/')) assert.ok(existsSync(join(DIST, name)), `${name} is there`);
  for (const name of readdirSync(join(DIST, 'assets')).filter((file) => /\.(?:js|css)$/.test(file))) assert.ok(files.includes(`/assets/${name}`), `${name} is kept`);
  assert.doesNotMatch(worker, /%[A-Z]+%/);
});
