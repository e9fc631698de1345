import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

type Tokens = Readonly<Record<string, string>>;

const read = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
const tokensIn = (block: string): Tokens => Object.fromEntries([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((found) => [found[1]!, found[2]!.trim()]));
const blockOf = (text: string, selector: string): Tokens => {
  const at = text.indexOf(`${selector} {`);
  assert.ok(at >= 0, `${selector} is there`);
  return tokensIn(text.slice(at, text.indexOf('}', at)));
};

const tokens = read('tokens.css');
const looks = read('looks.css');
const preferring = (text: string): string => text.slice(text.indexOf('@media (prefers-contrast: more)'));
const PLAIN = blockOf(tokens, ':root');
const MORE = blockOf(read('contrast.css'), ':root[data-contrast="more"]');
const ACCENTS = ['green', 'sea', 'plum', 'slate'] as const;

/** The colours of a look: plain, then harder, then of the accent. */
function look(more: boolean, accent: (typeof ACCENTS)[number]): Tokens {
  const own = accent === 'green' ? {} : blockOf(looks, `:root[data-accent="${accent}"]${more ? '[data-contrast="more"]' : ''}`);
  return { ...PLAIN, ...(more ? MORE : {}), ...own };
}

function luminance(hex: string): number {
  const full = hex.length === 4 ? Array.from(hex.slice(1), (digit) => digit + digit).join('') : hex.slice(1);
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16) / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const colour = (of: Tokens, name: string, dark: boolean): string => {
  const found = /^light-dark\((#\w+), (#\w+)\)$/.exec(of[name] ?? '');
  assert.ok(found, `${name} has a light and a dark colour: ${of[name]}`);
  return found[dark ? 2 : 1]!;
};

const ratio = (a: string, b: string): number => {
  const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m) as [number, number];
  return (x + 0.05) / (y + 0.05);
};

/* What stands on what, and how much they must differ: words 4.5, edges of controls and the ring of the focus 3. */
const WORDS: [string, string][] = [
  ...['--ink', '--dim', '--accent', '--only-me', '--people', '--house', '--everyone', '--danger', '--amber', '--liked'].flatMap((words): [string, string][] => [[words, '--card'], [words, '--paper']]),
  ['--ink', '--well'], ['--dim', '--well'], ['--accent', '--well'], ['--accent', '--accent-soft'], ['--accent-deep', '--accent-soft'], ['--ink', '--accent-soft'], ['--on-accent', '--accent'], ['--on-accent', '--accent-deep'],
  ['--paper', '--ink'], ['--only-me', '--only-me-soft'], ['--people', '--people-soft'], ['--house', '--house-soft'], ['--everyone', '--everyone-soft'], ['--danger', '--danger-soft'], ['--amber', '--amber-soft'],
];
const EDGES: [string, string][] = [['--edge', '--card'], ['--edge', '--paper'], ['--accent', '--card'], ['--focus', '--card'], ['--focus', '--paper'], ['--focus', '--well']];

test('words and edges can be told from what they stand on: light and dark, plain and harder, in each accent', () => {
  const pale: string[] = [];
  for (const accent of ACCENTS) for (const more of [false, true]) for (const dark of [false, true]) {
    const of = look(more, accent);
    for (const [pairs, least] of [[WORDS, more ? 7 : 4.5], [EDGES, more ? 4.5 : 3]] as const) {
      for (const [on, under] of pairs) {
        const found = ratio(colour(of, on, dark), colour(of, under, dark));
        const soft = under.endsWith('-soft') && more ? 4.5 : least;
        if (found < soft) pale.push(`${accent} ${more ? 'harder ' : ''}${dark ? 'dark' : 'light'}: ${on} on ${under} ${found.toFixed(2)}`);
      }
    }
  }
  assert.deepEqual(pale, []);
});

test('asking for more contrast in settings and in the system is the same', () => {
  assert.deepEqual(blockOf(preferring(tokens), ':root'), MORE);
  for (const accent of ACCENTS.slice(1)) assert.deepEqual(blockOf(preferring(looks), `:root[data-accent="${accent}"]`), blockOf(looks, `:root[data-accent="${accent}"][data-contrast="more"]`));
});
