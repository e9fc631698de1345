import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayRead, mayWrite, type Alternative } from '../index.ts';

const of = (rule: string, fields: string[] | null, rows: 'all' | 'own', audiences: Alternative['audiences']): Alternative => ({ rule, fields, rows, audiences });

test('a row shows the union of the alternatives that match it, each field once', () => {
  const alternatives = [of('a', ['title', 'date'], 'all', ['members']), of('b', ['date', 'diet'], 'all', ['members', 'house']), of('c', ['notes'], 'own', ['house'])];
  assert.deepEqual(mayRead(alternatives, 'members', false), ['title', 'date', 'diet']);
  assert.deepEqual(mayRead(alternatives, 'members', true), ['title', 'date', 'diet']);
  assert.deepEqual(mayRead(alternatives, 'house', true), ['date', 'diet', 'notes']);
  assert.equal(mayRead(alternatives, 'everyone', true), 'none');
  assert.equal(mayRead([], 'everyone', true), 'none');
});

test('one alternative without columns shows all', () => {
  assert.equal(mayRead([of('a', ['title'], 'all', ['house']), of('b', null, 'all', ['house'])], 'house', false), 'all');
});

test('a write needs an alternative for its audience and its author', () => {
  const own = [of('a', null, 'own', ['house'])];
  assert.deepEqual([mayWrite(own, 'house', true), mayWrite(own, 'house', false), mayWrite(own, 'everyone', true)], [true, false, false]);
});
