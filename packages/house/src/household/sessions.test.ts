import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { found, openTrial, person } from './fixture.ts';
import { makeGuessing } from './guessing.ts';
import { makePassphrases } from './passphrase.ts';

const DAY = 24 * 3600_000;
const login = (handle: string, passphrase = person(handle).passphrase) => ({ handle, passphrase, label: 'Laptop', from: '10.0.0.1' });

test('each login is a new token; only its hash is on disk', async (t) => {
  const trial = openTrial(t);
  const { household } = trial;
  const first = await found(household);
  const second = await household.createSession({ ...login('ada'), handle: ' @ADA' });
  assert.notEqual(first.session, second.session);
  assert.equal(household.sessionOf(second.session)?.persona, first.persona);
  assert.equal(trial.crash().household.sessionOf(second.session)?.role, 'steward');
  for (const file of ['house.db', 'house.db-wal']) {
    const bytes = readFileSync(join(trial.folder, file), 'latin1');
    for (const secret of [first.session, second.session, person('ada').passphrase]) assert.ok(!bytes.includes(secret));
  }
  for (const token of ['', 'x', 'A'.repeat(43), `${second.session} `]) assert.equal(household.sessionOf(token), null);
});

test('ending a session ends it at once, for its owner alone', async (t) => {
  const { household } = openTrial(t);
  const ada = await found(household);
  const told: unknown[] = [];
  const stop = household.listen((event) => told.push(event));
  const { id } = household.sessionOf(ada.session)!;
  assert.equal(household.endSession('cother', id), false);
  assert.equal(household.endSession(ada.persona, id), true);
  assert.equal(household.sessionOf(ada.session), null);
  assert.deepEqual(told, [{ type: 'session-ended', session: id, persona: ada.persona }]);
  stop();
  assert.equal(household.endSession(ada.persona, id), false);
});

test('last seen is written lazily, and an idle session dies after 90 days', async (t) => {
  const trial = openTrial(t);
  const { household, now } = trial;
  const ada = await found(household);
  now.ms += DAY;
  household.sessionOf(ada.session);
  assert.equal(household.sessions(ada.persona)[0]!.seen, now.ms);
  assert.notEqual(trial.crash().household.sessions(ada.persona)[0]!.seen, now.ms);
  await household.sweep();
  assert.equal(trial.crash().household.sessions(ada.persona)[0]!.seen, now.ms);
  now.ms += 91 * DAY;
  await household.sweep();
  assert.equal(household.sessionOf(ada.session), null);
});

test('the oldest of too many sessions go', async (t) => {
  const { household, now } = openTrial(t);
  const ada = await found(household);
  for (let i = 0; i < 50; i++) { now.ms += 1000; await household.createSession(login('ada')); }
  assert.equal(household.sessions(ada.persona).length, 50);
  assert.equal(household.sessionOf(ada.session), null);
});

test('wrong logins are slowed by handle and by address, and a right one is not counted', async (t) => {
  const { household, now } = openTrial(t);
  await found(household);
  for (let i = 0; i < 30; i++) await household.createSession(login('ada'));
  for (let i = 0; i < 10; i++) await assert.rejects(household.createSession({ ...login('ada', 'wrong'), from: `10.0.1.${i}` }), { code: 'wrong_passphrase' });
  await assert.rejects(household.createSession({ ...login('ada'), from: '10.0.2.1' }), { code: 'slow_down', retryAfter: 30 });
  now.ms += 30_000;
  await household.createSession({ ...login('ada'), from: '10.0.2.1' });
  for (let i = 0; i < 20; i++) await assert.rejects(household.createSession({ ...login(`nobody${i}`), from: '10.0.3.1' }), { code: 'wrong_passphrase' });
  await assert.rejects(household.createSession({ ...login('nobody'), from: '10.0.3.1' }), { code: 'slow_down' });
});

test('whoever is guessed at until tries are slowed has a notice of it, one a day; a wrong try now and then makes none', async (t) => {
  const { household, now } = openTrial(t);
  const ada = await found(household);
  const told = () => household.care.notices.of(ada.persona).map(({ kind }) => kind);
  const guess = (n: number, handle = 'ada') => household.createSession({ ...login(handle, 'wrong'), from: `10.0.4.${n}` }).catch(({ code }: { code: string }) => code);
  for (let n = 0; n < 10; n++) assert.equal(await guess(n), 'wrong_passphrase');
  assert.deepEqual(told(), []);
  for (let n = 10; n < 20; n++) assert.equal(await guess(n), 'slow_down');
  assert.deepEqual(told(), ['guessed']);
  assert.throws(() => household.keys.recovery.prepare({ handle: 'ada', recoveryKey: 'A'.repeat(43), from: '10.0.5.1' }), { code: 'slow_down' });
  for (let n = 0; n < 11; n++) await guess(n, 'nobody');
  assert.deepEqual(told(), ['guessed']);
  now.ms += DAY;
  for (let n = 0; n < 11; n++) await guess(n);
  assert.deepEqual(told(), ['guessed', 'guessed']);
});

test('a thousand guesses at once are no way around', async (t) => {
  const { household } = openTrial(t);
  await found(household);
  const all = await Promise.allSettled(Array.from({ length: 1000 }, () => household.createSession(login('ada', 'wrong'))));
  const codes = all.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'in'));
  assert.equal(codes.filter((code) => code === 'wrong_passphrase').length, 10);
  assert.equal(codes.filter((code) => code === 'slow_down').length, 990);
});

test('wrong codes and invites are slowed', (t) => {
  const { household, now } = openTrial(t);
  const wrong = (from: string) => household.prepare({ code: 'no-no-no-00', from });
  for (let i = 0; i < 20; i++) assert.throws(() => wrong('10.0.0.9'), { code: 'code_wrong' });
  assert.throws(() => wrong('10.0.0.9'), { code: 'slow_down' });
  for (let i = 0; i < 10; i++) assert.throws(() => wrong(`10.1.0.${i}`), { code: 'code_wrong' });
  assert.throws(() => household.prepare({ code: household.setupCode()!, from: '10.2.0.1' }), { code: 'slow_down' });
  for (let i = 0; i < 20; i++) assert.throws(() => household.previewInvite('a-b-c-d', '10.3.0.1'), { code: 'invite_unknown' });
  assert.throws(() => household.previewInvite('a-b-c-d', '10.3.0.1'), { code: 'slow_down' });
  now.ms += 600_000;
  assert.ok(household.prepare({ code: household.setupCode()!, from: '10.0.0.9' }).ticket);
});

test('guessing remembers a bounded number of guessers', () => {
  const guessing = makeGuessing(() => 0);
  for (let i = 0; i < 20; i++) guessing.begin(['address', 'first']);
  assert.throws(() => guessing.begin(['address', 'first']), { code: 'slow_down' });
  for (let i = 0; i < 10_000; i++) guessing.begin(['address', `${i}`]);
  guessing.begin(['address', 'first'])();
});

test('scrypt: parameters travel with the hash, nobody costs the same, the queue is bounded', async () => {
  const passphrases = makePassphrases();
  const hash = await passphrases.hash('café');
  assert.match(hash, /^scrypt\$32768\$8\$1\$/);
  assert.equal(await makePassphrases({ N: 16, r: 1, p: 1 }).check('cafe\u0301', hash), true, 'normalised, and by the stored parameters');
  assert.equal(await passphrases.check('cafe', hash), false);
  const small = makePassphrases({ N: 1024, r: 8, p: 1 });
  assert.equal(await small.check('', null), false);
  const all = await Promise.allSettled(Array.from({ length: 100 }, () => small.hash('x')));
  assert.equal(all.filter((one) => one.status === 'rejected' && (one.reason as { code: string }).code === 'busy').length, 34);
});

test('who is guessed at is told: of passphrases the person, of invites the stewards, of setup codes the founder; of nobody nobody', async (t) => {
  const { household, guesses } = openTrial(t);
  assert.throws(() => household.prepare({ code: 'wrong-wrong-wrong-1', from: '10.0.0.1' }), { code: 'code_wrong' });
  const ada = await found(household);
  await assert.rejects(household.createSession({ ...login('ada'), passphrase: 'a guess' }), { code: 'wrong_passphrase' });
  await assert.rejects(household.createSession(login('nobody')), { code: 'wrong_passphrase' });
  assert.throws(() => household.previewInvite('no-such-invite-here', '10.0.0.1'), { code: 'invite_unknown' });
  await household.createSession(login('ada'));
  assert.deepEqual(guesses, [`${ada.persona} house wrong_code 1`, `${ada.persona} session wrong_passphrase 1`, ' session wrong_passphrase 1', `${ada.persona} invite wrong_invite 1`]);
});
