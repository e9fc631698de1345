import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Json, JsonObject } from '@commonhold/core';

const vectors = (name: string): { [list: string]: JsonObject[] } => JSON.parse(readFileSync(new URL(`../../../spec/vectors/${name}.json`, import.meta.url), 'utf8')) as { [list: string]: JsonObject[] };

/** Contracts of our format that are good, and files of BYODA that are. */
export const GOOD = vectors('contract')['good']!.map((one) => one['contract'] as JsonObject);
export const THEIRS = vectors('byoda')['files']!.map((one) => one['file'] as JsonObject);

/** Runs if anybody takes text for code. */
const CODE = '\');globalThis.commonholdRan=1;//';

/** Names that mean something to JavaScript, look like others, turn the direction of writing, or are no names at all. */
const NAMES = [
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '', ' ', '/', '~0', '~1', '$ref', '$defs', '#accesscontrol',
  'оwner', 'reаd', 'ａdd', 'dis\u200bhes', '\u202eelif', 'a'.repeat(64), 'A', '0', '-1', '\ud800', 'é', '👍', CODE, '${x}', 'service', 'member', 'self',
];
const deep = (levels: number): Json => { let value: Json = 'x'; for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value }; return value; };
const VALUES: readonly Json[] = [
  null, true, -1, 0, 1.5, 1e300, 2 ** 53, '', ' ', CODE, '(a+)+$', '^(([a-z])+.)+[A-Z]([a-z])+$', '\u202e', 'x'.repeat(300), [], {}, [[]], ['read', 'read'], deep(15), deep(40),
  { $ref: '#/$defs/__proto__' }, { $ref: '#/$defs/dish' }, { $ref: '/schemas/asset' }, { $ref: '#' }, { type: 'string', pattern: '(a|a)*$' }, { type: ['string', 'string'] }, { type: 'object' },
  { who: 'owner', may: ['read'] }, { who: 'anyone', may: ['add'] }, { linked: ['block'] }, { linked: ['friend'], hops: 3 }, { house: 'yours' }, { permissions: ['read', { permission: 'read', distance: 9 }] },
  ['owner'], 'everyone', 'P0D', 'P99999Y', 'cache_only:9w', 'javascript:alert(1)', 'https://user:pw@host/', 'https://[::1', 'a@b',
];

/** One thing done to a document: where (numbers that choose a way through it) and what. */
interface Spoil { way: number[]; act: 'set' | 'add' | 'drop' | 'copy' | 'rename'; name: string; value: Json; from: number[] }

const spoil: fc.Arbitrary<Spoil> = fc.record({
  way: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 9 }), act: fc.constantFrom('set', 'add', 'drop', 'copy', 'rename'),
  name: fc.constantFrom(...NAMES), value: fc.oneof(fc.constantFrom(...VALUES), fc.constantFrom(...NAMES)), from: fc.array(fc.nat(1_000), { maxLength: 9 }),
});

/** Documents that were good before somebody spoiled them in some places, at most so many. */
export const spoiled = (documents: readonly JsonObject[], most = 4): fc.Arbitrary<JsonObject> =>
  fc.tuple(fc.constantFrom(...documents), fc.array(spoil, { minLength: 1, maxLength: most })).map(([document, spoils]) => {
    const copy = structuredClone(document);
    for (const one of spoils) apply(copy, one);
    return copy;
  });

type Inner = { [name: string]: Json };

function apply(document: JsonObject, { way, act, name, value, from }: Spoil): void {
  const [inside, last] = walk(document, way);
  if (last === undefined) return;
  switch (act) {
    case 'set': set(inside, last, value); break;
    case 'add': set(inside, name, value); break;
    case 'drop': if (Array.isArray(inside)) inside.splice(Number(last), 1); else delete inside[last]; break;
    case 'rename': set(inside, name, inside[last]!); delete inside[last]; break;
    case 'copy': { const [there, which] = walk(document, from); if (which !== undefined) set(inside, last, structuredClone(there[which]!)); }
  }
}

// As JSON.parse does it: a name with a meaning is a member of its own.
const set = (object: Inner, name: string, value: Json): void => { Object.defineProperty(object, name, { value: structuredClone(value), enumerable: true, configurable: true, writable: true }); };

function walk(document: JsonObject, way: readonly number[]): [Inner, string | undefined] {
  let inside: Inner = document;
  let last: string | undefined;
  for (const step of way) {
    const next: Json | undefined = last === undefined ? inside : inside[last];
    if (typeof next !== 'object' || next === null) break;
    const names = Object.keys(next);
    if (names.length === 0) break;
    inside = next as Inner;
    last = names[step % names.length];
  }
  return [inside, last];
}
