import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';

type Words = Readonly<Record<string, Readonly<Record<string, string | Readonly<Record<string, string>>>>>>;

const KIT = resolve(import.meta.dirname, '../packages/sdk/service/page');
const PAGES = [['the kit', KIT, 'kit-words.js'], ...['potluck', 'address-book'].map((name) => [name, join(import.meta.dirname, name, 'page'), 'words.js'] as const)] as const;
const wordsIn = async (folder: string, file: string): Promise<Words> => (await import(join(folder, file)) as { default: Words }).default;
const sources = (folder: string): string => readdirSync(folder).filter((name) => /(?<!words)\.js$|\.html$/.test(name)).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
const holes = (said: Words[string][string] = ''): string[] => [...new Set([...JSON.stringify(said).matchAll(/\{\w+\}/g)].map(String))].sort();

/** Keys as sources name them: `t('key'`, `data-t="key"`, and beginnings of those that are put together (`kind.${…}`). */
function keysIn(text: string): { whole: string[]; begun: string[] } {
  const found = [...text.matchAll(/\bt\(('[\w.-]+'|`[^`]+`)|data-t(?:-placeholder)?="([\w.-]+)"/g)].map(([, said, of]) => of ?? said!.slice(1, -1));
  // A choice between two keys, as in `t(find ? 'one' : 'other')`.
  const chosen = [...text.matchAll(/\bt\([^()]+? \? ('[\w.-]+'|`[^`]+`) : ('[\w.-]+'|`[^`]+`)/g)].flatMap(([, one, other]) => [one!.slice(1, -1), other!.slice(1, -1)]);
  const all = [...found, ...chosen];
  return { whole: all.filter((key) => !key.includes('$')), begun: all.filter((key) => key.includes('$')).map((key) => key.slice(0, key.indexOf('$'))) };
}

describe('pages of services', () => {
  for (const [name, folder, file] of PAGES) {
    it(`${name}: both languages say the same things, with the same holes, and everything that is said has words`, async () => {
      const words = await wordsIn(folder, file);
      const kit = await wordsIn(KIT, 'kit-words.js');
      const { en = {}, de = {} } = words;
      assert.deepEqual([Object.keys(words), Object.keys(de)], [['en', 'de'], Object.keys(en)]);
      for (const key of Object.keys(en)) assert.deepEqual(holes(de[key]), holes(en[key]), key);
      const { whole, begun } = keysIn(sources(folder));
      assert.ok(whole.length > 5);
      assert.deepEqual(whole.filter((key) => !(key in en) && !(key in kit['en']!)), []);
      assert.deepEqual(Object.keys(en).filter((key) => !whole.includes(key) && !begun.some((start) => key.startsWith(start))), [], 'words that nobody says');
    });
  }

  for (const [name, folder] of PAGES.slice(1)) {
    it(`${name}: the page has no words but its name of its own`, () => {
      const html = readFileSync(join(folder, 'index.html'), 'utf8');
      const bare = html.replace(/<noscript>.*<\/noscript>|<h1>.*<\/h1>|<title>.*<\/title>/g, '').replace(/<[^>]*>/g, '').trim();
      assert.equal(bare, '');
      assert.deepEqual([...html.matchAll(/ (?:placeholder|title|aria-label|alt)="/g)], []);
    });
  }
});
