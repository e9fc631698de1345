import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unhonouredIn } from '../index.ts';
import { someContract, withRules } from './fixture.ts';

test('that a service itself writes is named with its place, and keeps nobody from joining', () => {
  assert.deepEqual(unhonouredIn(someContract()), []);
  const found = unhonouredIn(withRules([{ who: 'owner', may: ['read', 'add'] }, { who: 'service', may: ['read', 'add'] }, { who: 'service', may: ['remove'] }, { who: 'member', may: ['change'], rows: 'own' }]));
  assert.deepEqual(found.map(({ code, at, blocks }) => [code, at, blocks]), [
    ['service_write', '/collections/dishes/allow/1', false], ['service_write', '/collections/dishes/allow/2', false],
  ]);
});
