import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { ANYONE, type Caller } from '../../firewall/caller.ts';
import { openTrialHouse, type Person } from '../../testing/house.ts';
import type { PostItem, Quotable, Ref } from './types.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo', 'dee']);
after(() => trial.close());
const { ada, bob, cleo, dee } = trial.people as Record<'ada' | 'bob' | 'cleo' | 'dee', Person>;
const { microblog, people, outbox, gate } = trial.house;
const settled = () => outbox.idle();
const refOf = ({ persona, key }: Ref): Ref => ({ persona, key });
const post = async (of: Person, text: string, more: { audience?: string; quote?: Ref; quotes?: Quotable; replyTo?: Ref } = {}) => {
  trial.clock.ms += 1000;
  const made = await microblog.post(of, { text, audience: 'house', ...more });
  await settled();
  return made;
};
const seen = async (by: Caller, ref: Ref): Promise<PostItem> =>
  (JSON.parse(await microblog.thread(by, ref.persona, ref.key)) as { items: PostItem[] }).items.find(({ key }) => key === ref.key)!;
const records = (of: Person, collection: string) => gate.reader(of, of.persona, 'microblog').list(collection);
let since = 0;
interface News { items: { kind: string; time: number; who: string[]; post?: { key: string } }[]; unread: number }
const news = async (of: Person): Promise<string[]> => (JSON.parse(await trial.house.news.list(of, {})) as News).items.filter(({ time }) => time >= since).map(({ kind, who, post: about }) => `${kind} ${who.length} ${about?.key}`);
const stateOf = async (by: Caller, ref: Ref) => (await seen(by, ref)).quoted?.state;

beforeEach(async () => {
  since = trial.clock.ms += 1000;
  for (const one of [ada, bob, cleo, dee]) for (const other of [ada, bob, cleo, dee]) if (one !== other) await people.unblock(one, other.persona);
  for (const one of [bob, cleo, dee]) await people.unfollow(one, ada.persona);
  await microblog.setChoices(ada, { quotes: 'anyone', counts: false });
  await settled();
});

test('a boost is for whom the post is for; its author hears of it, and it can be taken back', async () => {
  const made = await post(ada, 'pass it on', { audience: 'everyone' });
  await Promise.all([microblog.boost(bob, made), microblog.boost(bob, made), microblog.boost(cleo, refOf(made))]);
  await settled();
  assert.deepEqual(records(bob, 'boosts').map(({ audience, body }) => [audience, (JSON.parse(body) as { post: Ref }).post]), [['everyone', refOf(made)]]);
  assert.deepEqual([(await seen(bob, made)).boosted, (await seen(dee, made)).boosted, (await seen(ada, made)).boosts?.people.length], [true, undefined, 2]);
  assert.deepEqual(await news(ada), [`boost 2 ${made.key}`]);
  assert.deepEqual(await microblog.unboost(bob, made), { boosted: false });
  await settled();
  assert.deepEqual([records(bob, 'boosts'), (await seen(ada, made)).boosts?.people.map(({ handle }) => handle)], [[], ['cleo']]);
  await microblog.boost(ada, made);
  assert.deepEqual([(await seen(ada, made)).boosted, await news(ada)], [true, [`boost 1 ${made.key}`]], 'one passes on what is one\'s own, and is not told');
  await microblog.remove(ada, made.key);
  assert.deepEqual([records(ada, 'reactions'), await news(ada)], [[], []]);
  await assert.rejects(microblog.boost(bob, made), { code: 'post_unknown' });
});

test('what is for few is passed on by nobody, and what one may not read is not there', async () => {
  await people.follow(bob, ada.persona);
  const few = await post(ada, 'for few', { audience: 'followers' });
  for (const one of [ada, bob]) await assert.rejects(microblog.boost(one, few), { code: 'boost_not_allowed' });
  await assert.rejects(microblog.boost(cleo, few), { code: 'post_unknown' });
  const kept = await post(bob, 'kept', { audience: 'only-me', replyTo: refOf(few) });
  await assert.rejects(microblog.boost(ada, kept), { code: 'boost_not_allowed' });
  assert.deepEqual(await microblog.bookmark(ada, kept), { bookmarked: true });
  await assert.rejects(microblog.bookmark(cleo, kept), { code: 'post_unknown' });
});

test('a bookmark is its owner\'s alone', async () => {
  const made = await post(ada, 'keep it');
  await Promise.all([microblog.bookmark(bob, made), microblog.bookmark(bob, made)]);
  const [bookmark, ...more] = records(bob, 'bookmarks').filter(({ body }) => body.includes(made.key));
  assert.deepEqual([more.length, (await seen(bob, made)).bookmarked, (await seen(ada, made)).bookmarked, await news(ada)], [0, true, undefined, []]);
  for (const one of [ada, cleo, ANYONE]) assert.equal(gate.get(one, bob.persona, 'microblog', 'bookmarks', bookmark!.key), null);
  assert.deepEqual([await microblog.unbookmark(bob, made), await microblog.unbookmark(bob, made)], [{ bookmarked: false }, { bookmarked: false }]);
  assert.equal((await seen(bob, made)).bookmarked, undefined);
});

test('a conversation that is muted is told of no more, by whichever post it was muted, and everything else is; nobody else knows', async () => {
  const first = await post(ada, 'shall we meet?');
  const answer = await post(bob, 'on Tuesday', { replyTo: refOf(first) });
  const deeper = await post(ada, 'at seven', { replyTo: refOf(answer) });
  const other = await post(ada, 'something else');
  await microblog.like(cleo, refOf(first));
  await microblog.like(dee, refOf(other));
  await post(cleo, 'I come, too', { replyTo: refOf(deeper) });
  await settled();
  const before = await news(ada);
  assert.equal(before.length, 4);
  assert.deepEqual(await Promise.all([microblog.mute(ada, refOf(answer)), microblog.mute(ada, refOf(deeper))]), [{ muted: true }, { muted: true }]);
  assert.deepEqual([records(ada, 'mutes').map(({ body }) => (JSON.parse(body) as { post: Ref }).post), await news(ada)], [[refOf(first)], [`like 1 ${other.key}`]]);
  await post(dee, 'so do I', { replyTo: refOf(first) });
  await microblog.boost(dee, refOf(deeper));
  await settled();
  assert.deepEqual(await news(ada), [`like 1 ${other.key}`]);
  assert.deepEqual(await Promise.all([first, answer, deeper, other].map(async (one) => (await seen(ada, one)).muted)), [true, true, true, undefined]);
  assert.deepEqual([(await seen(bob, first)).muted, await news(bob)].flat().length, 2, 'bob hears as before');
  for (const one of [bob, ANYONE]) assert.equal(gate.get(one, ada.persona, 'microblog', 'mutes', records(ada, 'mutes')[0]!.key), null);
  assert.deepEqual(await microblog.unmute(ada, refOf(deeper)), { muted: false });
  assert.deepEqual([records(ada, 'mutes'), (await news(ada)).length], [[], 6], 'what was said meanwhile is told');
  assert.deepEqual(await microblog.unmute(ada, { persona: ada.persona, key: 'nothing' }), { muted: false });
  for (const { key } of [first, deeper, other]) await microblog.remove(ada, key);
});

test('replies that another keeps are muted with their conversation; what one may not read one cannot mute', async () => {
  await people.follow(bob, ada.persona);
  const few = await post(ada, 'for few', { audience: 'followers' });
  const kept = await post(bob, 'kept', { audience: 'only-me', replyTo: refOf(few) });
  assert.deepEqual((await news(ada)).map((one) => one.split(' ')[0]).toSorted(), ['follow', 'reply']);
  await microblog.mute(ada, refOf(kept));
  assert.deepEqual([(await news(ada)).map((one) => one.split(' ')[0]), (await seen(ada, kept)).muted, (await seen(ada, few)).muted], [['follow'], true, true]);
  await assert.rejects(microblog.mute(cleo, refOf(few)), { code: 'post_unknown' });
  await assert.rejects(microblog.mute(cleo, { persona: ada.persona, key: 'nothing' }), { code: 'post_unknown' });
  await microblog.unmute(ada, refOf(few));
});

test('a quote shows what it quotes with the reader\'s own rights, and tells its author', async () => {
  const made = await post(ada, 'quote me', { audience: 'everyone' });
  const quoting = await post(bob, 'look', { audience: 'everyone', quote: refOf(made) });
  assert.deepEqual([quoting.quoted?.state, quoting.body.quote], ['shown', refOf(made)]);
  for (const one of [ada, bob, cleo, ANYONE]) {
    const { quoted } = await seen(one, quoting);
    assert.ok(quoted?.state === 'shown');
    assert.deepEqual([quoted.item.body.text, quoted.item.quoted, quoted.item.mayQuote ?? false], ['quote me', undefined, one !== ANYONE]);
  }
  assert.deepEqual(await news(ada), [`quote 1 ${quoting.key}`]);
  assert.deepEqual((JSON.parse(await microblog.quotesOf(ada, made, {})) as { items: PostItem[] }).items.map(({ key }) => key), [quoting.key]);
  await assert.rejects(microblog.quotesOf(bob, made, {}), { code: 'post_unknown' });
  await microblog.setAudience(ada, made.key, 'house');
  assert.deepEqual([await stateOf(cleo, quoting), await stateOf(ANYONE, quoting)], ['shown', 'hidden']);
  await microblog.setAudience(ada, made.key, 'close');
  for (const one of [ada, cleo]) assert.equal(await stateOf(one, quoting), 'hidden', 'what is for few by now is quoted no more');
  await microblog.setAudience(ada, made.key, 'everyone');
  assert.equal(await stateOf(cleo, quoting), 'shown');
  await microblog.remove(ada, made.key);
  assert.deepEqual([await stateOf(cleo, quoting), await news(ada), records(ada, 'reactions')], ['hidden', [], []]);
});

test('nobody quotes without consent: by what the post says, else by what its author chose', async () => {
  await people.follow(bob, ada.persona);
  await settled();
  const table: [Quotable | undefined, Quotable, boolean, boolean][] = [
    [undefined, 'anyone', true, true], [undefined, 'followers', true, false], [undefined, 'nobody', false, false],
    ['anyone', 'nobody', true, true], ['followers', 'anyone', true, false], ['nobody', 'anyone', false, false],
  ];
  for (const [said, chosen, follower, other] of table) {
    await microblog.setChoices(ada, { quotes: chosen, counts: false });
    const made = await post(ada, 'words', said ? { quotes: said } : {});
    for (const [one, may] of [[bob, follower], [cleo, other], [ada, true]] as const) {
      assert.equal((await seen(one, made)).mayQuote ?? false, may, `${said} ${chosen}`);
      if (may) assert.equal((await post(one, 'quoting', { quote: refOf(made) })).quoted?.state, 'shown');
      else await assert.rejects(post(one, 'quoting', { quote: refOf(made) }), { code: 'quote_not_allowed' });
    }
  }
  const made = await post(ada, 'words');
  await assert.rejects(post(bob, 'wider', { audience: 'everyone', quote: refOf(made) }), { code: 'quote_too_wide' });
  await assert.rejects(post(bob, 'of nothing', { quote: { persona: ada.persona, key: 'nothing' } }), { code: 'post_unknown' });
  const few = await post(ada, 'few', { audience: 'followers' });
  await assert.rejects(post(bob, 'of few', { quote: refOf(few), audience: 'only-me' }), { code: 'quote_not_allowed' });
  await assert.rejects(post(cleo, 'of few', { quote: refOf(few), audience: 'only-me' }), { code: 'post_unknown' });
  const narrow = await post(bob, 'for me', { audience: 'only-me', quote: refOf(made) });
  await assert.rejects(microblog.setAudience(bob, narrow.key, 'everyone'), { code: 'quote_too_wide' });
  await microblog.setAudience(bob, narrow.key, 'house');
  await settled();
  assert.ok((await news(ada)).includes(`quote 1 ${narrow.key}`), 'she hears of it when it is for her to read');
});

test('consent holds against who writes into their own pod by hand, and a quote that was allowed stays when the choice changes', async () => {
  const made = await post(ada, 'words');
  const allowed = await post(bob, 'allowed', { quote: refOf(made) });
  await microblog.setQuotable(ada, made.key, 'nobody');
  await gate.data.put(cleo, { persona: cleo.persona, service: 'microblog', collection: 'posts' }, { items: [{ body: { text: 'forged', createdAt: trial.clock.ms, quote: refOf(made) } as never, audience: 'house' }] });
  const forged = records(cleo, 'posts').find(({ body }) => body.includes('forged'))!;
  assert.deepEqual([await stateOf(dee, allowed), await stateOf(dee, forged)], ['shown', 'hidden']);
  const reaction = (body: object) => gate.data.put(cleo, { persona: ada.persona, service: 'microblog', collection: 'reactions' }, { items: [{ body: { createdAt: 1, post: made.key, ...body } as never }] });
  for (const body of [{ kind: 'quote', by: forged.key }, { kind: 'quote' }, { kind: 'quote', by: allowed.key }]) await assert.rejects(reaction(body));
  await microblog.setQuotable(ada, made.key, 'anyone');
  await assert.rejects(reaction({ kind: 'quote', by: allowed.key }), 'nobody says of another\'s post that it is theirs');
});

test('an author withdraws their post from a quote, for good, and only where there is one', async () => {
  const made = await post(ada, 'words');
  const quoting = await post(bob, 'quoting', { quote: refOf(made) });
  const other = await post(cleo, 'quoting, too', { quote: refOf(made) });
  await assert.rejects(microblog.withdraw(bob, made.key, refOf(quoting)), { code: 'post_unknown' });
  await assert.rejects(microblog.withdraw(ada, made.key, { persona: bob.persona, key: 'nothing' }), { code: 'post_unknown' });
  await microblog.withdraw(ada, made.key, refOf(quoting));
  await microblog.withdraw(ada, made.key, refOf(quoting));
  assert.deepEqual([records(ada, 'unquoted').filter(({ body }) => body.includes(made.key)).length, await stateOf(dee, quoting), await stateOf(dee, other)], [1, 'withdrawn', 'shown']);
  await microblog.setAudience(ada, made.key, 'everyone');
  assert.deepEqual([await stateOf(bob, quoting), records(ada, 'unquoted').find(({ body }) => body.includes(made.key))!.audience], ['withdrawn', 'everyone']);
  await microblog.edit(bob, quoting.key, { text: 'quoting again' });
  assert.equal(await stateOf(dee, quoting), 'withdrawn');
  await microblog.remove(ada, made.key);
  assert.deepEqual([await stateOf(dee, quoting), records(ada, 'unquoted').filter(({ body }) => body.includes(made.key))], ['hidden', []]);
});

test('a block parts quotes, boosts and names, whichever way it goes', async () => {
  const made = await post(ada, 'words', { audience: 'everyone' });
  const quoting = await post(bob, 'quoting', { audience: 'everyone', quote: refOf(made) });
  await microblog.boost(bob, made);
  await settled();
  for (const [one, other] of [[ada, bob], [bob, ada]] as const) {
    await people.block(one, other.persona);
    for (const reader of [cleo, ANYONE]) assert.equal(await stateOf(reader, quoting), 'hidden');
    await assert.rejects(post(bob, 'again', { quote: refOf(made) }), { code: 'post_unknown' });
    await assert.rejects(microblog.boost(bob, made), { code: 'post_unknown' });
    assert.deepEqual([(await seen(ada, made)).boosts, await news(ada)], [undefined, []]);
    assert.equal((await post(bob, 'hi @ada')).body.mentions, undefined, 'who is parted from one is nobody');
    await people.unblock(one, other.persona);
    assert.equal(await stateOf(cleo, quoting), 'shown');
  }
  await people.block(cleo, ada.persona);
  assert.deepEqual([await stateOf(cleo, quoting), await stateOf(dee, quoting)], ['hidden', 'shown']);
});

test('whom words name is told, if the words are for them, once, and not beside an answer', async () => {
  await people.follow(bob, ada.persona);
  await settled();
  const first = await post(ada, '@bob, @Cleo. @nobody me@dee @bob', { audience: 'followers' });
  assert.deepEqual(first.body.mentions, [bob.persona, cleo.persona]);
  assert.deepEqual([await news(bob), (await news(cleo)).filter((line) => line.includes(first.key))], [[`mention 1 ${first.key}`], []]);
  await microblog.edit(ada, first.key, { text: '@dee @cleo' });
  await microblog.setAudience(ada, first.key, 'house');
  assert.deepEqual([await news(bob), (await news(cleo))[0], (await news(dee))[0]], [[], `mention 1 ${first.key}`, `mention 1 ${first.key}`]);
  const answer = await post(dee, '@ada yes', { replyTo: refOf(first) });
  assert.deepEqual((await news(ada)).filter((line) => line.includes(answer.key)), [`reply 1 ${answer.key}`]);
  const quoting = await post(dee, '@ada look', { quote: refOf(first) });
  assert.deepEqual((await news(ada)).filter((line) => line.includes(quoting.key)), [`quote 1 ${quoting.key}`]);
  await microblog.remove(ada, first.key);
  assert.deepEqual((await news(dee)).filter((line) => line.includes(first.key)), []);
});

test('a boost comes by itself into the homes in which it stands, and is told to nobody else', async () => {
  await people.follow(dee, bob.persona);
  const heard: string[] = [];
  const stops = Object.entries({ ada, bob, cleo, dee }).map(([name, one]) => microblog.live(one, ({ type, data }) => {
    if (type !== 'boost') return;
    const { item: { key, boost, boosted }, people: named } = JSON.parse(data) as { item: PostItem; people: Record<string, { handle: string }> };
    heard.push(`${name}: ${key} by ${named[boost!.by]!.handle}${boosted ? ', too' : ''}`);
  }));
  const settle = async () => { await settled(); await trial.house.views.ask(() => {}); for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate); return heard.splice(0); };
  const made = await post(ada, 'just now');
  await microblog.boost(bob, made);
  assert.deepEqual(await settle(), [`dee: ${made.key} by bob`]);
  await microblog.boost(cleo, made);
  assert.deepEqual(await settle(), [], 'nobody follows Cleo');
  const narrow = await post(ada, 'not for long');
  await people.mute(dee, ada.persona, {});
  await microblog.boost(bob, narrow);
  assert.deepEqual(await settle(), [], 'whom one has muted');
  await people.unmute(dee, ada.persona);
  await people.block(ada, dee.persona);
  await microblog.unboost(bob, made);
  await microblog.boost(bob, made);
  assert.deepEqual(await settle(), [], 'a block lies between');
  for (const stop of stops) stop();
});
