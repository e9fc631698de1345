import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { ANYONE, type Caller } from '../../firewall/caller.ts';
import { makeOutbox, type Receive } from '../../outbox/outbox.ts';
import { openTrialHouse, type Person } from '../../testing/house.ts';
import type { PostItem, Ref } from './types.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo', 'dee']);
after(() => trial.close());
const { ada, bob, cleo, dee } = trial.people as Record<'ada' | 'bob' | 'cleo' | 'dee', Person>;
const settled = () => trial.house.outbox.idle();
const post = async (of: Person, text: string, audience: string, replyTo?: Ref) => {
  trial.clock.ms += 1000;
  const made = await trial.house.microblog.post(of, { text, audience, ...(replyTo ? { replyTo: { persona: replyTo.persona, key: replyTo.key } } : {}) });
  await settled();
  return made;
};
const thread = async (of: Caller, ref: Ref) => (JSON.parse(await trial.house.microblog.thread(of, ref.persona, ref.key)) as { items: PostItem[] }).items;
const said = async (of: Caller, ref: Ref) => (await thread(of, ref)).map(({ body, audience, keptBy }) => `${body.text} ${audience}${keptBy === undefined ? '' : ' kept'}`);
const hidden = (of: Caller, ref: Ref) => assert.rejects(thread(of, ref), { code: 'post_unknown' });
const records = (of: Person, collection: string) => trial.house.gate.reader(of, of.persona, 'microblog')!.list(collection);
const wordings = async (of: Caller, ref: Ref) => (await trial.house.microblog.versions(of, ref)).map(({ key: _key, ...version }) => version);
const everyPersonButOwner = [bob, cleo, dee];

// bob is close to ada, cleo follows her, dee neither.
beforeEach(async () => {
  const { people } = trial.house;
  for (const one of everyPersonButOwner) { await people.unblock(ada, one.persona); await people.unblock(one, ada.persona); }
  for (const one of [bob, dee]) await people.unfollow(one, ada.persona);
  await people.unfollow(cleo, ada.persona);
  await people.follow(cleo, ada.persona);
  await people.close(ada, bob.persona);
  await people.notClose(ada, cleo.persona);
  await settled();
});

test('each audience reads what is for it, also what is older than the relation, and nobody more', async () => {
  const who: Record<string, Person[]> = { 'only-me': [], close: [bob], followers: [bob, cleo], house: [bob, cleo, dee], everyone: [bob, cleo, dee] };
  const posts = new Map<string, PostItem>();
  for (const audience of Object.keys(who)) posts.set(audience, await post(ada, `for ${audience}`, audience));
  const home = async (of: Person) => JSON.parse(await trial.house.microblog.houseTimeline(of, {})) as { items: PostItem[] };
  for (const [audience, item] of posts) {
    for (const one of everyPersonButOwner) {
      const may = who[audience]!.includes(one);
      assert.equal((await home(one)).items.some(({ key }) => key === item.key), may, `${audience} in timelines`);
      assert.equal(trial.house.gate.get(one, ada.persona, 'microblog', 'posts', item.key) !== null, may, audience);
      if (may) assert.deepEqual(await said(one, item), [`for ${audience} ${audience}`]); else await hidden(one, item);
    }
    assert.equal(trial.house.gate.get(ANYONE, ada.persona, 'microblog', 'posts', item.key) !== null, audience === 'everyone');
  }
  await trial.house.people.follow(dee, ada.persona);
  await settled();
  assert.deepEqual(await said(dee, posts.get('followers')!), ['for followers followers']);
  await trial.house.people.unfollow(dee, ada.persona);
  await settled();
  await hidden(dee, posts.get('followers')!);
});

test('a reply to a post for few lies with its author and is kept by whose post it is, for the readers of that', async () => {
  const root = await post(ada, 'root', 'followers');
  const reply = await post(cleo, 'reply', 'only-me', root);
  assert.deepEqual([reply.audience, reply.keptBy, reply.replyAudiences, reply.body.root], ['followers', ada.persona, ['only-me'], { persona: ada.persona, key: root.key }]);
  const answer = await post(bob, 'answer', 'only-me', reply);
  const own = await post(ada, 'own', 'close', answer);
  assert.equal(own.keptBy, undefined);
  for (const one of [ada, bob]) assert.deepEqual(await said(one, root), ['root followers', 'reply followers kept', 'answer followers kept', 'own close']);
  assert.deepEqual(await said(cleo, root), ['root followers', 'reply followers kept', 'answer followers kept']);
  assert.deepEqual(await said(bob, reply), await said(bob, root), 'a thread opens on a kept reply, too');
  await hidden(dee, reply);
  assert.deepEqual(records(cleo, 'posts').filter(({ key }) => key === reply.key).map(({ audience }) => audience), ['only-me']);
  const [kept] = records(ada, 'replies').filter(({ author }) => author === cleo.persona);
  assert.deepEqual([kept!.audience, kept!.author], ['followers', cleo.persona]);
  assert.equal(trial.house.gate.get(dee, ada.persona, 'microblog', 'replies', kept!.key), null);
  for (const audience of ['house', 'followers', 'everyone']) await assert.rejects(post(cleo, 'wider', audience, root), { code: 'reply_too_wide' });
  await assert.rejects(trial.house.microblog.like(bob, reply), { code: 'like_kept' });
  await assert.rejects(trial.house.microblog.like(dee, reply), { code: 'post_unknown' });
});

test('deleting a reply takes it away there; deleting the post takes its replies away; its author may end keeping one', async () => {
  const root = await post(ada, 'root', 'close');
  const [one, two, three] = [await post(bob, 'one', 'only-me', root), await post(bob, 'two', 'only-me', root), await post(bob, 'three', 'only-me', root)];
  await trial.house.microblog.remove(bob, one.key);
  await settled();
  assert.deepEqual(await said(ada, root), ['root close', 'two close kept', 'three close kept']);
  await trial.house.microblog.removeKept(ada, two);
  assert.deepEqual(await said(ada, root), ['root close', 'three close kept']);
  await assert.rejects(trial.house.microblog.removeKept(cleo, three), { code: 'post_unknown' });
  await trial.house.microblog.remove(ada, root.key);
  assert.deepEqual(records(ada, 'replies').filter(({ body }) => body.includes(root.key)), []);
  assert.deepEqual(await said(bob, three), ['three close kept', 'two close kept'], 'to their author they are still there');
  await hidden(ada, three);
});

test('words change with a history for the same readers, which can be forgotten, and goes with the post', async () => {
  const { microblog } = trial.house;
  const made = await post(ada, 'frist', 'followers');
  trial.clock.ms += 5000;
  const edited = await microblog.edit(ada, made.key, { text: 'first' });
  assert.deepEqual([edited.body.text, edited.body.createdAt, edited.body.editedAt, edited.audience], ['first', made.body.createdAt, trial.clock.ms, 'followers']);
  trial.clock.ms += 5000;
  await microblog.edit(ada, made.key, { text: 'First.', lang: 'en' });
  await microblog.edit(ada, made.key, { text: 'First.', lang: 'en' });
  const versions = [{ text: 'first', at: edited.body.editedAt! }, { text: 'frist', at: made.body.createdAt }];
  for (const one of [ada, bob, cleo]) assert.deepEqual(await wordings(one, made), versions);
  for (const one of [dee, ANYONE]) await assert.rejects(microblog.versions(one, made), { code: 'post_unknown' });
  await assert.rejects(microblog.edit(bob, made.key, { text: 'mine' }), { code: 'post_unknown' });
  await assert.rejects(microblog.edit(ada, made.key, { text: ' ' }), { code: 'bad_text' });
  const like = await microblog.like(bob, made).then(settled);
  assert.equal(like, undefined);
  const narrowed = await microblog.setAudience(ada, made.key, 'close');
  assert.deepEqual([narrowed.likes!.people.length, narrowed.body], [1, { ...edited.body, text: 'First.', lang: 'en', editedAt: narrowed.body.editedAt! }], 'likes stay');
  assert.deepEqual(await wordings(bob, made), versions);
  await assert.rejects(microblog.versions(cleo, made), { code: 'post_unknown' });
  for (const { key } of records(ada, 'post_versions')) assert.equal(trial.house.gate.get(cleo, ada.persona, 'microblog', 'post_versions', key), null);
  await microblog.forget(ada, made.key);
  assert.deepEqual([await microblog.versions(bob, made), records(ada, 'post_versions')], [[], []]);
  await microblog.edit(ada, made.key, { text: 'again' });
  await microblog.remove(ada, made.key);
  assert.deepEqual(records(ada, 'post_versions'), []);
  assert.ok(![...trial.house.firewall.exportOf(ada.persona)!].some((line) => line.includes('frist')), 'erased words stand nowhere');
});

test('an edited reply is edited where it is kept, in its place, and nobody is told twice', async () => {
  const root = await post(ada, 'root', 'followers');
  const reply = await post(cleo, 'hullo', 'only-me', root);
  const news = async () => (JSON.parse(await trial.house.news.list(ada, { kinds: ['reply'] })) as { items: { unread: boolean; post?: PostItem }[]; newest: string; unread: number });
  assert.equal((await news()).items[0]!.post!.body.text, 'hullo');
  await trial.house.news.read(ada, (await news()).newest);
  trial.clock.ms += 1000;
  await trial.house.microblog.edit(cleo, reply.key, { text: 'hello' });
  await settled();
  assert.deepEqual(await said(bob, root), ['root followers', 'hello followers kept']);
  assert.deepEqual([(await news()).items[0]!.post!.body.text, (await news()).items[0]!.unread], ['hello', false]);
  assert.deepEqual([await wordings(cleo, reply), await wordings(bob, reply)], [[{ text: 'hullo', at: reply.body.createdAt }], []]);
});

test('kept replies follow their post to fewer readers, and never to more than they were written for', async () => {
  const { microblog } = trial.house;
  const root = await post(ada, 'root', 'followers');
  await post(bob, 'from bob', 'only-me', root);
  await post(cleo, 'from cleo', 'only-me', root);
  await microblog.setAudience(ada, root.key, 'close');
  await settled();
  assert.deepEqual(await said(ada, root), ['root close', 'from bob close kept'], 'who may not read it any more has nothing to say in it');
  await hidden(cleo, root);
  await microblog.setAudience(ada, root.key, 'everyone');
  await settled();
  assert.deepEqual(await said(dee, root), ['root everyone']);
  assert.deepEqual(await said(cleo, root), ['root everyone', 'from bob followers kept', 'from cleo followers kept'], 'their own they have');
  await microblog.setAudience(ada, root.key, 'house');
  await settled();
  assert.deepEqual(await said(ada, root), ['root house', 'from bob only-me kept'], 'neither narrower nor wider: only who keeps it and who wrote it');
  assert.deepEqual([await said(bob, root), await said(cleo, root)], [['root house', 'from bob only-me kept'], ['root house', 'from cleo followers kept']]);
  assert.deepEqual([records(bob, 'moves'), records(cleo, 'moves')], [[], []]);
  assert.deepEqual(trial.errors.map((error) => (error as { code: string }).code), ['post_unknown']);
  trial.errors.length = 0;
});

test('a reply stays within what it answers when its audience is said anew', async () => {
  const { microblog } = trial.house;
  const root = await post(ada, 'root', 'house');
  const reply = await post(bob, 'reply', 'only-me', root);
  assert.equal((await microblog.setAudience(bob, reply.key, 'house')).audience, 'house');
  for (const audience of ['everyone', 'followers', 'close']) await assert.rejects(microblog.setAudience(bob, reply.key, audience), { code: 'reply_too_wide' });
  await microblog.setAudience(ada, root.key, 'only-me');
  assert.equal((await microblog.setAudience(bob, reply.key, 'only-me')).audience, 'only-me');
  await assert.rejects(microblog.setAudience(bob, reply.key, 'house'), { code: 'reply_too_wide' });
});

test('whichever way a post was changed, what lies beside it follows', async () => {
  const { microblog, gate, views } = trial.house;
  const root = await post(ada, 'wrong', 'followers');
  await post(bob, 'from bob', 'only-me', root);
  await microblog.edit(ada, root.key, { text: 'right' });
  const target = { persona: ada.persona, service: 'microblog', collection: 'posts' };
  const { body } = records(ada, 'posts').find(({ key }) => key === root.key)!;
  await gate.data.put(ada, target, { items: [{ key: root.key, body: JSON.parse(body) as object, audience: 'close' }] });
  await new Promise(setImmediate);
  await microblog.tidy(ada.persona);
  await settled();
  assert.deepEqual([records(ada, 'post_versions'), records(ada, 'replies').filter(({ body: words }) => words.includes(root.key))].map((items) => items.map(({ audience }) => audience)), [['close'], ['close']]);
  await gate.data.remove(ada, target, { where: { $key: { eq: root.key } } });
  await views.ask(() => {});
  await microblog.tidy(ada.persona);
  assert.deepEqual([records(ada, 'post_versions'), records(ada, 'replies').filter(({ body: words }) => words.includes(root.key))], [[], []]);
});

test('a block between any two hides what one of them said to the other\'s readers, and from each other; what changed meanwhile is right afterwards', async () => {
  const { microblog, people } = trial.house;
  const root = await post(ada, 'root', 'followers');
  const reply = await post(cleo, 'said', 'only-me', root);
  await people.block(bob, cleo.persona);
  assert.deepEqual([await said(bob, root), await said(ada, root)], [['root followers'], ['root followers', 'said followers kept']]);
  const [{ key } = { key: '' }] = records(ada, 'replies').filter(({ body }) => body.includes(reply.key));
  assert.deepEqual([trial.house.gate.get(bob, ada.persona, 'microblog', 'replies', key), trial.house.gate.get(ada, ada.persona, 'microblog', 'replies', key) === null], [null, false]);
  await people.unblock(bob, cleo.persona);
  await people.block(cleo, ada.persona);
  assert.deepEqual([await said(bob, root), await said(ada, root), await said(cleo, reply)], [['root followers'], ['root followers'], ['said followers kept']]);
  await microblog.edit(cleo, reply.key, { text: 'said better' });
  await settled();
  await people.unblock(cleo, ada.persona);
  await settled();
  assert.deepEqual(await said(bob, root), ['root followers', 'said better followers kept']);
  await people.block(ada, cleo.persona);
  await microblog.remove(cleo, reply.key);
  await people.unblock(ada, cleo.persona);
  await settled();
  assert.deepEqual([await said(bob, root), records(ada, 'replies').filter(({ body }) => body.includes(reply.key))], [['root followers'], []]);
});

test('live: whoever loses a post hears that it is gone, the others what it became; kept replies are heard by their readers', async () => {
  const { microblog } = trial.house;
  const heard = new Map<Person, string[]>();
  const people = [ada, bob, cleo, dee];
  const ends = people.map((one) => {
    heard.set(one, []);
    return microblog.live(one, ({ type, data }) => { const { item, key } = JSON.parse(data) as { item?: PostItem; key?: string }; heard.get(one)!.push(item ? `${type} ${item.body.text} ${item.audience}` : `${type} ${key!.slice(0, 4)}`); });
  });
  const events = async () => { await settled(); for (let i = 0; i < 5; i++) { await trial.house.views.ask(() => {}); await new Promise(setImmediate); } return people.map((one) => heard.get(one)!.splice(0)); };
  const root = await post(ada, 'root', 'followers');
  assert.deepEqual(await events(), [['post root followers'], ['post root followers'], ['post root followers'], []]);
  await microblog.setAudience(ada, root.key, 'close');
  assert.deepEqual(await events(), [['post root close'], ['post root close'], [`remove ${root.key.slice(0, 4)}`], []]);
  const reply = await post(bob, 'reply', 'only-me', root);
  const [forAda, forBob, ...others] = await events();
  assert.deepEqual([forAda, forBob!.at(-1), others], [['post reply close'], 'post reply close', [[], []]]);
  await microblog.edit(bob, reply.key, { text: 'reworded' });
  assert.deepEqual((await events()).map((list) => list.at(-1)), ['post reworded close', 'post reworded close', undefined, undefined]);
  await microblog.remove(bob, reply.key);
  assert.deepEqual((await events()).map((list) => [...new Set(list)]), [[`remove ${reply.key.slice(0, 4)}`], [`remove ${reply.key.slice(0, 4)}`], [], []]);
  for (const end of ends) end();
});

test('nobody learns from their news that something happened which is not for them, not even when', async () => {
  const root = await post(dee, 'root', 'everyone');
  const pokes: string[] = [];
  const end = trial.house.news.live(dee, ({ data }) => { pokes.push(data); });
  const before = await trial.house.news.list(dee, {});
  await post(bob, 'a note to myself', 'only-me', root);
  await post(bob, 'to close people', 'close', root);
  await trial.house.views.ask(() => {});
  await new Promise(setImmediate);
  assert.deepEqual([await trial.house.news.list(dee, {}), pokes], [before, []]);
  end();
});

test('replies, rewordings and removals are told at least once and done once, across lost answers and a closed house', async () => {
  const root = await post(ada, 'root', 'followers');
  trial.clock.ms += 1;
  await trial.house.outbox.close();
  const reply = await trial.house.microblog.post(bob, { text: 'helo', audience: 'only-me', replyTo: { persona: ada.persona, key: root.key } });
  await trial.house.microblog.edit(bob, reply.key, { text: 'hello' });
  const podOf = ({ persona }: Person) => trial.house.household.personOf(persona)!.pod;
  const waiting = (of: Person) => trial.house.firewall.outbox.waiting(podOf(of)).length;
  const deliverLosing = async (from: Person, service: string, take: (author: { kind: 'owner'; persona: string }, proved: Parameters<Receive>[1]) => Promise<void>) => {
    const outbox = makeOutbox({
      store: trial.house.firewall.outbox, now: () => trial.clock.ms, onError: () => {},
      receivers: new Map([[service, async (author: string, proved: Parameters<Receive>[1]) => { await take({ kind: 'owner', persona: author }, proved); throw new TypeError('the answer was lost'); }]]),
    });
    outbox.wake(podOf(from));
    await outbox.idle();
    await outbox.close();
  };
  const reopen = async () => {
    await trial.shut();
    trial.clock.ms += 5000;
    await trial.open();
    await trial.house.views.ask(() => {});
    await new Promise(setImmediate);
    await settled();
  };
  const ops = () => [...trial.house.firewall.exportOf(ada.persona)!].map((line) => JSON.parse(line) as { envelope?: string }).flatMap(({ envelope }) => (envelope ? [JSON.parse(envelope) as { collection: string; op: string; author?: string }] : []))
    .filter(({ collection, author }) => collection === 'replies' && author === bob.persona).map(({ op }) => op);
  const had = ops().length;
  await deliverLosing(bob, 'microblog/replies', trial.house.microblog.acceptReply);
  assert.deepEqual([waiting(bob), await said(cleo, root)], [2, ['root followers', 'helo followers kept']], 'in order: the rewording waits for the reply');
  await reopen();
  assert.deepEqual([waiting(bob), await said(cleo, root), ops().length - had], [0, ['root followers', 'hello followers kept'], 1]);
  await trial.house.outbox.close();
  await trial.house.microblog.setAudience(ada, root.key, 'close');
  await deliverLosing(ada, 'microblog/moves', trial.house.microblog.acceptMove);
  await reopen();
  assert.deepEqual([waiting(ada), waiting(bob), await said(bob, root), records(ada, 'replies').filter(({ body }) => body.includes(root.key)).length], [0, 0, ['root close', 'hello close kept'], 1], 'offered again once');
  await trial.house.outbox.close();
  await trial.house.microblog.remove(bob, reply.key);
  await deliverLosing(bob, 'microblog/replies', trial.house.microblog.acceptReply);
  await reopen();
  assert.deepEqual([waiting(bob), await said(ada, root)], [0, ['root close']]);
  assert.deepEqual(trial.errors, []);
});
