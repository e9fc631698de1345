import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, openTrial, person } from './fixture.ts';

const DAY = 86_400_000;

test('a way in is good once and for a day, for whom it was made; whoever was in before is out, and they are told', async (t) => {
  const { household, now, db } = openTrial(t), ada = await found(household);
  const { invite } = household.invite(ada.persona, {}), bob = await household.join({ invite, person: person('bob'), from: 'x' });
  const { access } = household, script = household.tokens.make(bob.persona, { label: 'script', services: null, write: false });
  const enter = (way: string) => access.enter({ way, passphrase: 'another passphrase', from: 'y' });
  const first = access.make(ada.persona, bob.persona), second = access.make(ada.persona, bob.persona);
  await assert.rejects(enter(first.way), { code: 'way_unknown' });
  assert.deepEqual(access.look({ way: second.way, from: 'y' }), { handle: 'bob', name: 'BOB' });
  assert.ok(!JSON.stringify(db.ask('SELECT value FROM settings')).includes(second.way), 'it lies on the disk');
  const [one, two] = await Promise.allSettled([enter(second.way), enter(second.way)]);
  assert.deepEqual([one.status, two.status].sort(), ['fulfilled', 'rejected']);
  const { session, persona } = (one.status === 'fulfilled' ? one : two as typeof one & { status: 'fulfilled' }).value;
  assert.deepEqual([persona, household.sessionOf(session)?.handle, household.sessionOf(bob.session), household.sessionOf(script.token)], [bob.persona, 'bob', null, null]);
  await assert.rejects(household.createSession({ handle: 'bob', passphrase: person('bob').passphrase, from: 'z' }), { code: 'wrong_passphrase' });
  await household.createSession({ handle: 'bob', passphrase: 'another passphrase', from: 'z' });
  assert.deepEqual(household.care.notices.of(bob.persona).map(({ kind }) => kind), ['came-in', 'let-in', 'let-in']);
  const late = access.make(null, bob.persona);
  now.ms += DAY;
  await assert.rejects(enter(late.way), { code: 'way_unknown' });
});

test('stewards are let in by the machine alone, and nobody guesses', async (t) => {
  const { household, guesses } = openTrial(t), ada = await found(household), { access } = household;
  assert.throws(() => access.make(ada.persona, ada.persona), { code: 'is_steward' });
  assert.throws(() => access.make(ada.persona, 'cnobody'), { code: 'person_unknown' });
  const { way } = access.make(null, ada.persona);
  for (let n = 0; n < 20; n++) assert.throws(() => access.look({ way: `guess ${n}`, from: 'here' }), { code: 'way_unknown' });
  assert.deepEqual([guesses.length, guesses[0]], [20, `${ada.persona} session way_unknown 1`]);
  assert.throws(() => access.look({ way, from: 'here' }), { code: 'slow_down' });
  assert.equal(access.look({ way, from: 'elsewhere' }).handle, 'ada');
});
