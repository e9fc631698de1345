import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { found, openTrial } from './fixture.ts';

const DAY = 24 * 3600_000;
const wish = { label: ' Backup at home ', services: ['microblog'], write: false };

test('a token is its person, narrowed, from the moment it is made until it is ended; only its hash is on disk', async (t) => {
  const trial = openTrial(t);
  const { household } = trial;
  const ada = await found(household);
  const told: unknown[] = [];
  household.listen((event) => told.push(event));
  const { token, ...line } = household.tokens.make(ada.persona, wish);
  assert.deepEqual({ ...line, id: '' }, { id: '', label: 'Backup at home', services: ['microblog'], write: false, created: trial.now.ms, used: null, expires: null });
  for (const { household: one } of [trial, trial.crash()]) {
    assert.deepEqual(one.sessionOf(token), {
      id: `app:${line.id}`, persona: ada.persona, handle: 'ada', role: 'steward', app: { token: line.id, label: 'Backup at home', services: ['microblog'], write: false, expires: null },
    });
  }
  for (const file of ['house.db', 'house.db-wal']) assert.ok(!readFileSync(join(trial.folder, file), 'latin1').includes(token));
  assert.equal(household.tokens.list(ada.persona)[0]!.used, trial.now.ms);
  assert.equal(household.tokens.end('cother', line.id), false);
  assert.equal(household.tokens.end(ada.persona, line.id), true);
  assert.equal(household.tokens.end(ada.persona, line.id), false);
  assert.equal(household.sessionOf(token), null);
  assert.deepEqual(told, [{ type: 'session-ended', session: `app:${line.id}`, persona: ada.persona }]);
  assert.deepEqual(household.tokens.list(ada.persona), []);
  assert.equal(household.tokens.labelOf(ada.persona, line.id), 'Backup at home', 'the log still knows its name');
  assert.equal(household.tokens.labelOf('cother', line.id), '');
});

test('a token ends by itself when its days are over, also while it is in use', async (t) => {
  const { household, now } = openTrial(t);
  const ada = await found(household);
  const { token, expires } = household.tokens.make(ada.persona, { ...wish, days: 7 });
  assert.equal(expires, now.ms + 7 * DAY);
  const told: unknown[] = [];
  household.listen((event) => told.push(event));
  now.ms += 7 * DAY - 1;
  await household.sweep();
  assert.ok(household.sessionOf(token));
  now.ms += 1;
  assert.equal(household.sessionOf(token), null);
  assert.deepEqual(household.tokens.list(ada.persona), []);
  await household.sweep();
  assert.equal(told.length, 1);
});

test('last use is written lazily; fifty are enough; a nameless one is refused', async (t) => {
  const trial = openTrial(t);
  const { household, now } = trial;
  const ada = await found(household);
  const { token } = household.tokens.make(ada.persona, wish);
  household.sessionOf(token);
  assert.equal(trial.crash().household.tokens.list(ada.persona)[0]!.used, null);
  await household.sweep();
  assert.equal(trial.crash().household.tokens.list(ada.persona)[0]!.used, now.ms);
  assert.throws(() => household.tokens.make(ada.persona, { ...wish, label: '   ' }), { code: 'bad_label' });
  for (let i = 1; i < 50; i++) household.tokens.make(ada.persona, wish);
  assert.throws(() => household.tokens.make(ada.persona, wish), { code: 'too_many_tokens' });
});

test('guessing tokens is slowed by address; a right one costs nothing, and passphrases are apart from it', async (t) => {
  const { household, now } = openTrial(t);
  const ada = await found(household);
  const { token } = household.tokens.make(ada.persona, wish);
  const guess = (from: string) => household.sessionOf(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, from);
  for (let i = 0; i < 60; i++) { assert.equal(guess('10.0.0.1'), null); assert.ok(household.sessionOf(token, '10.0.0.1')); }
  assert.throws(() => guess('10.0.0.1'), { code: 'slow_down' });
  assert.ok(household.sessionOf(token, '10.0.0.1'), 'whoever has it goes on');
  assert.equal(guess('10.0.0.2'), null);
  await household.createSession({ handle: 'ada', passphrase: 'the passphrase of ada', from: '10.0.0.1' });
  now.ms += 10_000;
  assert.equal(guess('10.0.0.1'), null);
});
