import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeNext } from './safeNext.ts';

test('a login leads on inside the app only', () => {
  assert.equal(safeNext('/settings/words?x=1'), '/settings/words?x=1');
  for (const bad of [undefined, '', '//evil.example', 'https://evil.example/', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)', 'settings', '/..//evil.example']) {
    assert.equal(safeNext(bad), '/', String(bad));
  }
});
