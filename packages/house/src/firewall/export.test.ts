import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { isObject, toBase64Url, verifyJoined, verifyKeyLog, verifyLog, type LogEntry, type Signed } from '@commonhold/core';
import { podDeviceSeed } from '../household/podDevice.ts';
import { openTrialHouse, type Person } from '../testing/house.ts';
import { ANYONE } from './caller.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo']);
after(() => trial.close());
const { ada, bob, cleo } = trial.people as Record<'ada' | 'bob' | 'cleo', Person>;
const { house } = trial;

type Line = Record<string, unknown> & { type: string };
const exported = (of: Person): string[] => [...house.firewall.exportOf(of.persona)!];
const parsed = (text: readonly string[]): Line[] => text.map((line) => JSON.parse(line) as Line);
const strip = ({ type: _type, ...rest }: Line): unknown => rest;

async function live(): Promise<void> {
  const { microblog, people, outbox, gate } = house;
  const first = await microblog.post(ada, { text: 'ada says', audience: 'everyone' });
  const gone = await microblog.post(ada, { text: 'ada takes back', audience: 'house', idempotencyKey: 'k' });
  await microblog.post(bob, { text: 'bob answers', audience: 'house', replyTo: { persona: ada.persona, key: first.key } });
  await microblog.remove(ada, gone.key);
  await people.setProfile(ada, { name: 'Ada', bio: 'sings' });
  await people.setProfile(ada, { name: 'Ada L.', bio: 'sings alto' });
  for (const [one, other] of [[bob, ada], [cleo, ada], [ada, bob]] as const) await people.follow(one, other.persona);
  await outbox.idle();
  await people.unfollow(cleo, ada.persona);
  await outbox.idle();
  gate.get(bob, ada.persona, 'microblog', 'posts', first.key);
  gate.get(ANYONE, ada.persona, 'people', 'links', first.key);
}
await live();

test('an export verifies as a stranger would verify it: key log, contracts, each lane, each offer', () => {
  const lines = parsed(exported(ada));
  const keyLog = verifyKeyLog(house.suite, lines.filter(({ type }) => type === 'statement').map((line) => strip(line) as Signed));
  assert.ok(keyLog.ok && keyLog.value.persona === ada.persona);
  const joined = lines.filter(({ type }) => type === 'joined');
  assert.deepEqual(joined.map((line) => verifyJoined(house.suite, strip(line), keyLog.value).ok), [true, true, true]);
  const found = lines.filter(({ type }) => type === 'lane').map((lane) => {
    const { statement } = lane as unknown as { statement: { lane: string; collection: string; audience: string } };
    const entries = lines.filter((line) => line.type === 'entry' && line['lane'] === statement.lane)
      .map(({ type: _type, lane: _lane, device: _device, ...entry }) => entry as unknown as LogEntry);
    const verdict = verifyLog(house.suite, { announcement: strip(lane), entries, keyLog: keyLog.value });
    assert.ok(verdict.ok, JSON.stringify(verdict));
    return `${statement.collection} ${statement.audience.slice(0, 5)}: ${verdict.value.entries} of them ${verdict.value.erased} erased`;
  });
  assert.deepEqual(found.sort(), [
    'followers only-: 3 of them 1 erased', 'links only-: 1 of them 0 erased', 'posts every: 1 of them 0 erased',
    'posts house: 2 of them 1 erased', 'profile house: 3 of them 2 erased',
  ]);
});

test('the last line counts the lines and hashes all before it', () => {
  const text = exported(ada);
  const end = parsed(text).at(-1)!;
  assert.ok(text.every((line) => line.endsWith('\n') && !line.slice(0, -1).includes('\n')));
  assert.deepEqual([end['lines'], end['sha256']], [text.length, createHash('sha256').update(text.slice(0, -1).join('')).digest('base64url')]);
  const { exportedAt: _at, ...header } = parsed(text)[0]!;
  assert.deepEqual(header, { type: 'commonhold-export', v: 1, persona: ada.persona, house: house.household.persona });
});

test('nothing private is in it: no seed, no secret of the house, no removed words', () => {
  const { secrets, household } = house;
  const text = exported(ada).join('');
  const secret = [secrets.house, secrets.deviceSeed, secrets.recoveryEntropy!, ...household.people().map(({ keySalt }) => podDeviceSeed(secrets.house, keySalt)),
    ...household.people().map(({ keySalt }) => keySalt)];
  for (const bytes of secret) for (const form of [toBase64Url(bytes), Buffer.from(bytes).toString('hex'), Buffer.from(bytes).toString('base64')]) assert.equal(text.includes(form), false);
  for (const words of ['ada takes back', 'Ada"', 'scrypt', household.personOf(ada.persona)!.pod]) assert.equal(text.includes(words), false, words);
  assert.ok(text.includes('ada says'));
});

test('of others it says only what they left here: that they follow, and that strangers were refused', () => {
  const text = exported(ada);
  assert.equal(text.join('').includes('bob answers'), false);
  for (const other of [bob, cleo]) {
    const statements = parsed(exported(other)).filter(({ type }) => type === 'statement').map((line) => JSON.stringify(line));
    assert.deepEqual(text.filter((line) => statements.includes(line.trim())), []);
    assert.ok(parsed(text).filter((line) => JSON.stringify(line).includes(other.persona))
      .every((line) => line.type === 'access' || (line.type === 'entry' && /"collection":"(followers|links|posts)"/.test(String(line['envelope'])))));
  }
  const access = parsed(text).filter(({ type }) => type === 'access');
  assert.ok(access.some(({ caller, refused }) => caller === 'anyone' && refused === true));
  assert.ok(access.filter(({ refused, collection }) => refused === false && collection !== 'followers').every(({ caller }) => caller === null), 'who read is not told');
});

test('slow readers get one moment, and nobody gets what is nobody\'s', async () => {
  const slow = house.firewall.exportOf(bob.persona)!;
  const lines: string[] = [];
  for (const line of slow) {
    if (lines.length === 0) { lines.push(line); continue; }
    if (lines.length === 1) await house.microblog.post(bob, { text: 'in the middle of it', audience: 'everyone' });
    lines.push(line);
  }
  assert.equal(lines.join('').includes('in the middle of it'), false);
  assert.ok(exported(bob).join('').includes('in the middle of it'));
  assert.ok(isObject(JSON.parse(lines.at(-1)!)));
  assert.equal(house.firewall.exportOf(`c${'a'.repeat(52)}`), null);
});
