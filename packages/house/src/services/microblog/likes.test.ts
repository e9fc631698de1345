import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeOutbox, type Receive } from '../../outbox/outbox.ts';
import { openTrialHouse, type Person } from '../../testing/house.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo', 'dora']);
after(() => trial.close());
const { ada, bob, cleo, dora } = trial.people as Record<'ada' | 'bob' | 'cleo' | 'dora', Person>;

interface Item { key: string; liked: boolean; likes?: { people: { handle: string }[]; more: number } }
const podOf = ({ persona }: Person) => trial.house.household.personOf(persona)!.pod;
const waiting = (of: Person) => trial.house.firewall.outbox.waiting(podOf(of)).map(({ effect }) => effect.op);
const records = (of: Person, collection: string) => trial.house.gate.reader(of, of.persona, 'microblog')!.list(collection);
const post = (of: Person, audience = 'house') => trial.house.microblog.post(of, { text: 'words', audience });
const seen = async (by: Person, key: string): Promise<Item> =>
  (JSON.parse(await trial.house.microblog.thread(by, ada.persona, key)) as { items: Item[] }).items.find((item) => item.key === key)!;
/** Everything that was ever written to the reactions of somebody, as their own export tells it. */
const history = (of: Person): string[] => [...trial.house.firewall.exportOf(of.persona)!].map((line) => JSON.parse(line) as { envelope?: string })
  .map(({ envelope }) => (envelope ? JSON.parse(envelope) as { collection: string; op: string } : null)).filter((one) => one?.collection === 'reactions').map((one) => one!.op);

test('the liker and the author know; everybody else sees only their own like', async () => {
  const { key } = await post(ada, 'everyone');
  await trial.house.microblog.like(bob, { persona: ada.persona, key });
  await trial.house.outbox.idle();
  const [author, liker, other] = await Promise.all([ada, bob, cleo].map((one) => seen(one, key)));
  assert.deepEqual([author!.liked, author!.likes!.people.map(({ handle }) => handle), author!.likes!.more], [false, ['bob'], 0]);
  assert.deepEqual([liker!.liked, liker!.likes, other!.liked, other!.likes], [true, undefined, false, undefined]);
  const [like] = records(bob, 'likes');
  const [reaction] = records(ada, 'reactions');
  const { gate } = trial.house;
  for (const one of [ada, cleo]) assert.equal(gate.get(one, bob.persona, 'microblog', 'likes', like!.key), null);
  for (const one of [bob, cleo]) assert.equal(gate.get(one, ada.persona, 'microblog', 'reactions', reaction!.key), null);
});

test('a double click makes one like, also when both are under way; unliking ends it, and it may be liked again', async () => {
  const { key } = await post(ada);
  const ref = { persona: ada.persona, key };
  const { microblog, outbox } = trial.house;
  const about = (body: string) => body.includes(key);
  const held = () => [records(bob, 'likes'), records(ada, 'reactions')].map((items) => items.filter(({ body }) => about(body)).length);
  await Promise.all([microblog.like(bob, ref), microblog.like(bob, ref), microblog.like(bob, ref)]);
  await outbox.idle();
  assert.deepEqual(held(), [1, 1]);
  await Promise.all([microblog.unlike(bob, ref), microblog.like(bob, ref), microblog.unlike(bob, ref)]);
  await outbox.idle();
  assert.deepEqual(held(), [0, 0]);
  await microblog.like(bob, ref);
  await outbox.idle();
  assert.deepEqual([held(), (await seen(bob, key)).liked], [[1, 1], true]);
});

test('one\'s own posts, posts of nobody and posts that one may not read cannot be liked', async () => {
  const { key } = await post(ada);
  const { microblog, people } = trial.house;
  await assert.rejects(microblog.like(ada, { persona: ada.persona, key }), { code: 'like_self' });
  await assert.rejects(microblog.like(bob, { persona: cleo.persona, key }), { code: 'post_unknown' });
  await people.block(ada, cleo.persona);
  await assert.rejects(microblog.like(cleo, { persona: ada.persona, key }), { code: 'post_unknown' });
  await people.unblock(ada, cleo.persona);
  assert.deepEqual(await microblog.unlike(cleo, { persona: ada.persona, key }), { liked: false });
});

test('the author alone goes through all who like and boost a post, a page at a time: the muted too, nobody apart by a block', async () => {
  const { microblog, people, outbox } = trial.house;
  const { key } = await post(ada, 'everyone');
  const all = [bob, cleo, dora];
  const told = async (by: Person, kind: 'like' | 'boost', first: number) => {
    const pages: string[][] = [];
    for (let before: string | null | undefined; before !== null;) {
      const page = JSON.parse(await microblog.reactionsTo(by, key, { kind, first, ...(before !== undefined && { before }) })) as { people: { handle: string }[]; next: string | null };
      pages.push(page.people.map(({ handle }) => handle));
      before = page.next;
    }
    return pages;
  };
  assert.deepEqual(await told(ada, 'like', 2), [[]]);
  for (const one of all) {
    trial.clock.ms += 1000;
    await microblog.like(one, { persona: ada.persona, key });
    if (one !== dora) await microblog.boost(one, { persona: ada.persona, key });
    await outbox.idle();
  }
  await people.mute(ada, bob.persona, {});
  assert.deepEqual([await told(ada, 'like', 2), await told(ada, 'like', 3), await told(ada, 'like', 1), await told(ada, 'boost', 2)], [[['dora', 'cleo'], ['bob']], [['dora', 'cleo', 'bob']], [['dora'], ['cleo'], ['bob']], [['cleo', 'bob']]]);
  await people.block(cleo, ada.persona);
  assert.deepEqual([await told(ada, 'like', 1), await told(ada, 'boost', 2)], [[['dora'], ['bob']], [['bob']]]);
  await people.unblock(cleo, ada.persona);
  await people.unmute(ada, bob.persona);
  await microblog.unlike(dora, { persona: ada.persona, key });
  await outbox.idle();
  assert.deepEqual(await told(ada, 'like', 2), [['cleo', 'bob']]);
  for (const [by, of] of [[bob, key], [ada, 'nothing']] as const) await assert.rejects(microblog.reactionsTo(by, of, { kind: 'like' }), { code: 'post_unknown' });
  await assert.rejects(microblog.reactionsTo(ada, key, { kind: 'like', before: 'nowhere' }), { code: 'bad_cursor' });
});

test('told at least once, written once: the answer was lost, and the house closed in between', async () => {
  const { key } = await post(ada);
  const before = history(ada).length;
  await trial.house.outbox.close();
  await trial.house.microblog.like(bob, { persona: ada.persona, key });
  let lost = 0;
  const receive: Receive = async (author, proved) => {
    await trial.house.microblog.acceptReaction({ kind: 'owner', persona: author }, proved);
    if (lost++ === 0) throw new TypeError('the answer was lost');
  };
  const beside = makeOutbox({ store: trial.house.firewall.outbox, now: () => trial.clock.ms, receivers: new Map([['microblog/reactions', receive]]), onError: () => {} });
  beside.wake(podOf(bob));
  await beside.idle();
  await beside.close();
  assert.deepEqual([lost, waiting(bob), (await seen(ada, key)).likes!.people.length], [1, ['put'], 1]);
  await trial.shut();
  trial.clock.ms += 2000;
  await trial.open();
  await trial.house.views.ask(() => {});
  await new Promise(setImmediate);
  await trial.house.outbox.idle();
  assert.deepEqual([waiting(bob), history(ada).length - before, (await seen(ada, key)).likes!.people.length], [[], 1, 1]);
});

test('a like that waited while its post was removed ends quietly', async () => {
  const { key } = await post(ada);
  await trial.house.outbox.close();
  await trial.house.microblog.like(bob, { persona: ada.persona, key });
  await trial.house.microblog.remove(ada, key);
  await trial.shut();
  await trial.open();
  await trial.house.views.ask(() => {});
  await new Promise(setImmediate);
  await trial.house.outbox.idle();
  assert.deepEqual([waiting(bob), records(ada, 'reactions').filter(({ body }) => body.includes(key))], [[], []]);
  trial.errors.length = 0;
});

test('what is taken back during a block is gone when the block ends, whoever ends it', async () => {
  const { microblog, people, outbox } = trial.house;
  for (const [blocker, blocked] of [[ada, bob], [bob, ada]] as const) {
    const { key } = await post(ada);
    const ref = { persona: ada.persona, key };
    await people.follow(bob, ada.persona);
    await microblog.like(bob, ref);
    await outbox.idle();
    await people.block(blocker, blocked.persona);
    await microblog.unlike(bob, ref);
    await people.unfollow(bob, ada.persona);
    await outbox.idle();
    assert.deepEqual((await seen(ada, key)).likes, { people: [], more: 0 }, 'hidden at once');
    await people.unblock(blocker, blocked.persona);
    await outbox.idle();
    assert.deepEqual([waiting(bob), records(ada, 'reactions').filter(({ body }) => body.includes(key)), people.profile(ada, 'bob').followsYou], [[], [], false]);
  }
  assert.deepEqual(trial.errors, []);
});
