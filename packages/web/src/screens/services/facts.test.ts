import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedFor, keyText, reachOf, signedAt } from './facts.ts';

test('an address, a contract, or neither', () => {
  assert.deepEqual(askedFor(' potluck.example '), { address: 'potluck.example' });
  assert.deepEqual(askedFor('http://localhost:4711'), { address: 'http://localhost:4711' });
  assert.deepEqual(askedFor('localhost:4711'), { address: 'localhost:4711' });
  assert.deepEqual(askedFor('{"version":1}'), { contract: { version: 1 } });
  assert.deepEqual([askedFor('{"version":'), askedFor('two words.'), askedFor(''), askedFor('nothing')], [null, null, null, null]);
});

test('keys, hosts and times as people read them', () => {
  assert.equal(keyText('6kpsY-KcUgq-9VB7Ey7F'), '6kps Y-Kc Ugq- 9VB7');
  assert.deepEqual([reachOf('https://a.example/x'), reachOf('mailto')], ['a.example', 'mailto']);
  assert.equal(signedAt(`${(1_700_000_000_000).toString(16).padStart(12, '0')}0000`), 1_700_000_000_000);
  assert.deepEqual([signedAt(undefined), signedAt('0'.repeat(16))], [null, null]);
});
