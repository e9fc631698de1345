import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { verifyJoined, verifyKeyLog, verifyLane, verifyLog, contractHash, parseContract, type LogEntry, type Signed } from '@commonhold/core';
import { openThawed } from '../testing/frozen.ts';
import type { Person } from '../testing/house.ts';

const thawed = await openThawed('contracts-1');
const { errors, signIn } = thawed;
after(thawed.close);

const ada = await signIn('ada');
const bob = await signIn('bob');

type Line = Record<string, unknown> & { type: string };
const linesOf = ({ persona }: Person): Line[] => [...thawed.house.firewall.exportOf(persona)!].map((line) => JSON.parse(line) as Line);
const strip = ({ type: _type, ...rest }: Line): unknown => rest;
const textsOf = async (json: Promise<string>): Promise<string[]> => (JSON.parse(await json) as { items: { body: { text: string } }[] }).items.map(({ body }) => body.text);

/** Everything that a stranger checks in an export, written anew; answers the contracts of it. */
function verify(of: Person): string[] {
  const lines = linesOf(of);
  const keyLog = verifyKeyLog(thawed.house.suite, lines.filter(({ type }) => type === 'statement').map((line) => strip(line) as Signed));
  assert.ok(keyLog.ok);
  const known = new Map<string, string>();
  const knows = ({ service, contract }: { service: string; contract: string }) => assert.equal(known.get(contract), service, 'a contract that is not in the file');
  const order: string[] = [];
  for (const line of lines) {
    if (line.type === 'contract') {
      const parsed = parseContract(line['contract']);
      assert.ok(parsed.ok && contractHash(thawed.house.suite, parsed.value) === line['hash']);
      known.set(String(line['hash']), String(line['service']));
      order.push(`${parsed.value.service.id}/${parsed.value.version}`);
    }
    if (line.type === 'joined') {
      const verdict = verifyJoined(thawed.house.suite, strip(line), keyLog.value);
      assert.ok(verdict.ok);
      knows(verdict.value);
    }
    if (line.type !== 'lane') continue;
    const announced = verifyLane(thawed.house.suite, strip(line), keyLog.value);
    assert.ok(announced.ok);
    knows(announced.value);
    const entries = lines.filter((one) => one.type === 'entry' && one['lane'] === announced.value.lane)
      .map(({ type: _type, lane: _lane, device: _device, ...entry }) => entry as unknown as LogEntry);
    for (const { envelope } of entries) if (envelope !== undefined) knows(JSON.parse(envelope) as { service: string; contract: string });
    assert.ok(verifyLog(thawed.house.suite, { announcement: strip(line), entries, keyLog: keyLog.value }).ok);
  }
  return order;
}

const NOW = ['microblog/1', 'people/1', 'microblog/5', 'news/4', 'people/4'];

test('a folder of the first contracts reads as it was', async () => {
  assert.deepEqual(await textsOf(thawed.house.microblog.houseTimeline(ada, {})),
    ['Who has a piano?', 'I shall bring the music.', 'A concert in May, for everybody.', 'We meet on Tuesday at seven.']);
  assert.deepEqual(await textsOf(thawed.house.microblog.home(bob, {})), await textsOf(thawed.house.microblog.houseTimeline(bob, {})));
  const { name, bio, followsYou, follows } = thawed.house.people.profile(ada, 'bob');
  assert.deepEqual([name, bio, followsYou, follows], ['bob of the choir', null, true, false]);
  assert.deepEqual([thawed.house.people.profile(bob, 'ada').bio, thawed.house.people.profile(bob, 'ada').follows], ['Alto.', true]);
});

test('each pod has joined the current contracts by a statement of its own, and kept the earlier ones', () => {
  for (const person of [ada, bob]) assert.deepEqual(verify(person), NOW);
});

test('it is written to under the current contracts, in the same lanes, and still verifies', async () => {
  const lanes = linesOf(ada).filter(({ type }) => type === 'lane').length;
  const made = await thawed.house.microblog.post(ada, { text: 'Written later.', audience: 'house' });
  const retried = await thawed.house.microblog.post(bob, {
    text: 'I shall bring the music.', audience: 'house', idempotencyKey: 'frozen', replyTo: await replyOf('I shall bring the music.'),
  });
  assert.equal((await textsOf(thawed.house.microblog.houseTimeline(ada, {}))).length, 5, 'a retry from before makes no second post');
  await thawed.house.microblog.remove(bob, retried.key);
  await thawed.house.people.unfollow(bob, ada.persona);
  await thawed.house.people.follow(ada, bob.persona);
  await thawed.house.outbox.idle();
  assert.equal(thawed.house.people.profile(ada, 'bob').followsYou, false);
  assert.deepEqual([verify(ada), verify(bob)], [NOW, NOW]);
  const last = linesOf(ada).findLast(({ envelope }) => typeof envelope === 'string' && envelope.includes(made.key))!;
  assert.equal((JSON.parse(String(last['envelope'])) as { contract: string }).contract, thawed.house.firewall.contracts.get('microblog')!.hash);
  assert.equal(linesOf(ada).filter(({ type }) => type === 'lane').length, lanes + 0);
  assert.deepEqual(errors, []);
});

async function replyOf(text: string): Promise<{ persona: string; key: string }> {
  const { items } = JSON.parse(await thawed.house.microblog.houseTimeline(bob, {})) as { items: { body: { text: string; replyTo?: { persona: string; key: string } } }[] };
  return items.find(({ body }) => body.text === text)!.body.replyTo!;
}

test('the next opening changes nothing more', async () => {
  const before = [ada, bob].map((of) => linesOf(of).filter(({ type }) => type === 'joined' || type === 'contract'));
  await thawed.reopen();
  assert.deepEqual([ada, bob].map((of) => linesOf(of).filter(({ type }) => type === 'joined' || type === 'contract')), before);
});
