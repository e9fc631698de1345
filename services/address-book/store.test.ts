import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore } from './store.ts';

test('the book finds by beginning or whole, shows strangers only what is for everyone, and forgets without a trace', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'commonhold-book-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const store = openStore(folder);
  const member = (persona: string) => ({ house: 'https://house.example', persona, version: 1 });
  store.list(member('ca'), [{ kind: 'name', value: 'Zoë Quill', audience: 'everyone' }, { kind: 'name', value: 'zoe quill', audience: 'members' }, { kind: 'handle', value: 'zoe', audience: 'members' }]);
  store.list(member('cb'), [{ kind: 'name', value: 'Zorro_%', audience: 'members' }, { kind: 'email_hash', value: 'ab12', audience: 'members' }]);
  const names = (...of: Parameters<typeof store.find>): string[] => store.find(...of).map(({ persona }) => persona);
  assert.deepEqual(names('name', ' ZOE', false, 9), ['ca']);
  assert.deepEqual(names('name', 'zo', false, 9), ['ca', 'cb']);
  assert.deepEqual(names('name', 'zo', false, 1), ['ca']);
  assert.deepEqual(names('name', 'zo', true, 9), ['ca']);
  assert.deepEqual([names('handle', 'zo', false, 9), names('handle', 'zoe', false, 9), names('email_hash', 'AB12', false, 9)], [[], ['ca'], ['cb']]);
  assert.deepEqual([names('name', '%', false, 9), names('name', '  ', false, 9)], [[], []]);
  store.list(member('ca'), [{ kind: 'interest', value: 'Bees', audience: 'everyone' }]);
  assert.deepEqual([names('name', 'zoë', false, 9), names('interest', 'bee', true, 9)], [[], ['ca']]);
  store.forget(member('cb'));
  assert.deepEqual(store.members().map(({ persona }) => persona), ['ca']);
  const bytes = readFileSync(join(folder, 'address-book.db'));
  for (const gone of ['zorro', 'ab12', 'quill']) assert.ok(!bytes.includes(gone), gone);
  store[Symbol.dispose]();
});
