import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { emoji as germanEmoji } from './de/emoji.ts';
import { de } from './de/index.ts';
import { emoji } from './en/emoji.ts';
import { compile } from './format.ts';
import { firstSpoken } from './language.ts';

const HERE = import.meta.dirname;
type Dictionary = Readonly<Record<string, string>>;

/* Names of the holes of a message, those within cases too. */
const holesIn = (parts: ReturnType<typeof compile>): string[] => parts.flatMap((part) =>
  typeof part === 'string' || part.name === '#' ? [] : [part.name, ...('by' in part ? [...part.cases.values()].flatMap(holesIn) : [])]);
const holes = (text: string): string[] => [...new Set(holesIn(compile(text)))].sort();

/* Rows of news, and the headline of the log, are always told how many they name: some languages need it for the verb. */
const alwaysGiven = (part: string, key: string, hole: string): boolean => hole === 'n' && (part === 'news' && key.startsWith('row.') || part === 'log' && key === 'today.read');

test('every message has the same holes in every language, and a case for whatever else', async () => {
  for (const file of readdirSync(join(HERE, 'en')).filter((name) => name !== 'emoji.ts')) {
    const part = file.slice(0, -3) as Exclude<keyof typeof de, 'refusals'>;
    const english = (await import(`./en/${file}`) as Record<string, Dictionary>)[part]!;
    assert.ok(de[part], `German has no part ${part}`);
    for (const [key, text] of Object.entries(english)) {
      const german = (de[part] as Dictionary)[key]!;
      const extra = holes(german).filter((name) => !holes(text).includes(name) && !alwaysGiven(part, key, name));
      assert.deepEqual(extra, [], `${part}: ${key}`);
      assert.equal(german.split('{').length, german.split('}').length, `${part}: ${key}`);
      assert.doesNotMatch(german, /, (?:plural|select),(?!.*other)/, `${part}: ${key}`);
      assert.doesNotMatch(german, /!|\bSie haben\b|\bwir\b/, `voice: ${part}: ${key}`);
    }
  }
});

test('every emoji has a name in every language, and no two sentences in it', () => {
  for (const names of [emoji, germanEmoji]) {
    assert.deepEqual(Object.keys(names), Object.keys(emoji));
    for (const [one, words] of Object.entries(names)) assert.match(words, /^[^,]+,[^,]+$/u, one);
  }
});

test('whatever the routes of the house may refuse with, is said in every language', () => {
  const routes = resolve(HERE, '../../../house/src/doors/web/routes');
  const codes = new Set(readdirSync(routes).flatMap((file) => [...readFileSync(join(routes, file), 'utf8').matchAll(/problems: \[([^\]]*)\]/g)].flatMap((found) => [...found[1]!.matchAll(/'([a-z_]+)'/g)].map((code) => code[1]!))));
  assert.ok(codes.size > 30);
  // What a preview lists goes the same way.
  for (const [, code] of readFileSync(resolve(HERE, '../../../core/contract/notes.ts'), 'utf8').matchAll(/^ {2}([a-z_]+): '/gm)) codes.add(code!);
  assert.ok(codes.has('anonymous_answers'));
  assert.deepEqual([...codes].filter((code) => !Object.hasOwn(de.refusals, code)), []);
});

test("the reader's first language that the app speaks is taken", () => {
  assert.equal(firstSpoken(['fr-FR', 'de-CH', 'en']), 'de');
  assert.equal(firstSpoken(['ja']), 'en');
  assert.equal(firstSpoken([]), 'en');
});
