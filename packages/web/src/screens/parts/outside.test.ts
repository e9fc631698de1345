import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outside } from './outside.ts';

test('an address that every device calls itself leads nobody here', () => {
  const out = ['http://192.168.1.23:4300', 'https://choir.example', 'http://127.example:1', 'http://[fd00::1]:4300'];
  assert.deepEqual(outside(['http://localhost:4300', 'http://127.0.0.1:4300', 'http://[::1]:4300', ...out]), out);
});
