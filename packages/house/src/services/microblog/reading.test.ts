import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openTrialHouse, type Person } from '../../testing/house.ts';
import { MICROBLOG, type PostItem, type Ref } from './types.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo', 'dan']);
after(() => trial.close());
const { ada, bob, cleo, dan } = trial.people as Record<'ada' | 'bob' | 'cleo' | 'dan', Person>;
const { microblog, people, gate, outbox } = trial.house;

interface Page { items: PostItem[]; next: string | null; newest: string | null; more?: boolean }
const page = async (json: Promise<string>): Promise<Page> => JSON.parse(await json) as Page;
const texts = async (json: Promise<string>): Promise<string[]> => (await page(json)).items.map(({ body }) => body.text);
const post = (of: Person, text: string, audience = 'house', replyTo?: Ref): Promise<PostItem> => {
  trial.clock.ms += 1000;
  return microblog.post(of, { text, audience, ...(replyTo ? { replyTo: { persona: replyTo.persona, key: replyTo.key } } : {}) });
};
const bookmark = (of: Person, { persona, key }: Ref): Promise<string> => gate.transact(of, of.persona, MICROBLOG, (tx) =>
  tx.put('bookmarks', { body: { post: { persona, key }, createdAt: trial.clock.ms += 1000 } }).key);
const refused = (code: string) => (error: unknown) => (error as { code: string }).code === code;

test('bookmarks come by when they were made, and show only what may still be read', async () => {
  const [one, two] = [await post(bob, 'one'), await post(cleo, 'two')];
  const few = await post(bob, 'few', 'followers');
  await people.follow(ada, bob.persona);
  await people.follow(dan, bob.persona);
  await outbox.idle();
  const answer = await post(dan, 'kept', 'only-me', few);
  await outbox.idle();
  for (const ref of [two, one, few, answer]) await bookmark(ada, ref);
  assert.deepEqual(await texts(microblog.bookmarks(ada, {})), ['kept', 'few', 'one', 'two']);
  assert.deepEqual(await texts(microblog.bookmarks(bob, {})), []);
  const first = await page(microblog.bookmarks(ada, { first: 3 }));
  assert.deepEqual([first.items.every(({ bookmarked }) => bookmarked), await texts(microblog.bookmarks(ada, { first: 3, before: first.next! }))], [true, ['two']]);
  await microblog.remove(cleo, two.key);
  await people.unfollow(ada, bob.persona);
  await outbox.idle();
  assert.deepEqual(await texts(microblog.bookmarks(ada, {})), ['one']);
  await people.block(bob, ada.persona);
  assert.deepEqual(await texts(microblog.bookmarks(ada, {})), []);
  await people.unblock(bob, ada.persona);
});

test('a list shows the posts of its people, as far as they are for the reader; whom one cannot see stays in it unseen', async () => {
  const { key } = await microblog.addList(ada, { name: ' Altos ', people: [bob.persona, cleo.persona, bob.persona] });
  const asked = await post(bob, 'from bob');
  await post(dan, 'from dan');
  await post(bob, 'for close', 'close');
  await post(cleo, 'answer', 'house', asked);
  const names = () => (JSON.parse(microblog.lists(ada)) as { lists: { name: string; people: { handle: string }[]; replies: boolean }[] }).lists.map(({ name, people: who, replies }) => [name, who.map(({ handle }) => handle), replies]);
  const shown = async (query = {}) => (await texts(microblog.listPosts(ada, key, { first: 3, ...query }))).filter((text) => !['one', 'two'].includes(text));
  assert.deepEqual([names(), await shown()], [[['Altos', ['bob', 'cleo'], false]], ['from bob']]);
  await microblog.setList(ada, key, { name: 'Altos', people: [bob.persona, cleo.persona], replies: true });
  assert.deepEqual(await shown(), ['answer', 'from bob']);
  await people.block(bob, ada.persona);
  assert.deepEqual([names(), await shown()], [[['Altos', ['cleo'], true]], ['answer']]);
  await microblog.setList(ada, key, { name: 'Altos 2', people: [] });
  await people.unblock(bob, ada.persona);
  assert.deepEqual([names(), await shown()], [[['Altos 2', ['bob'], false]], ['from bob']]);
  await people.mute(ada, bob.persona, {});
  assert.deepEqual(await shown(), []);
  await people.unmute(ada, bob.persona);
  assert.equal(microblog.lists(bob), '{"lists":[]}');
  await assert.rejects(microblog.listPosts(bob, key, {}), refused('list_unknown'));
  await assert.rejects(microblog.addList(ada, { name: 'x', people: [`c${'a'.repeat(52)}`] }), refused('person_unknown'));
  await assert.rejects(microblog.addList(ada, { name: '  ', people: [] }), refused('bad_name'));
  await microblog.dropList(ada, key);
  await assert.rejects(microblog.dropList(ada, key), refused('list_unknown'));
});

test('filters are kept for their owner alone', async () => {
  const wanted = { words: [' fish ', 'fish', 'eel'], how: 'warn' as const, places: ['home' as const, 'home' as const] };
  const { key, words, places } = await microblog.addFilter(ada, wanted);
  assert.deepEqual([words, places, microblog.filters(ada).length, microblog.filters(bob).length], [['fish', 'eel'], ['home'], 1, 0]);
  const changed = await microblog.setFilter(ada, key, { ...wanted, how: 'hide', until: 5 });
  assert.deepEqual(microblog.filters(ada), [changed]);
  await assert.rejects(microblog.addFilter(ada, { ...wanted, words: ['  '] }), refused('bad_words'));
  await assert.rejects(microblog.setFilter(bob, key, wanted), refused('filter_unknown'));
  await microblog.dropFilter(ada, key);
  assert.deepEqual(microblog.filters(ada), []);
});

test('marks go forward on every screen, and never back', async () => {
  const heard: string[] = [];
  const end = microblog.liveMarks(ada, ({ type, data }) => { heard.push(`${type} ${data}`); });
  const older = (await page(microblog.houseTimeline(ada, {}))).newest!;
  await post(bob, 'newer');
  const newer = (await page(microblog.houseTimeline(ada, {}))).newest!;
  assert.deepEqual(microblog.marks(ada), {});
  await microblog.setMarks(ada, { house: newer });
  assert.deepEqual(await microblog.setMarks(ada, { house: older, home: older }), { home: older, house: newer });
  assert.deepEqual([microblog.marks(ada), microblog.marks(bob)], [{ home: older, house: newer }, {}]);
  await assert.rejects(microblog.setMarks(ada, { home: 'nonsense' }), refused('bad_cursor'));
  assert.deepEqual(heard, [`marks {"house":"${newer}"}`, `marks {"home":"${older}","house":"${newer}"}`]);
  end();
});

test('catching up shows what came to home in the last hours, and says when there was more', async () => {
  trial.clock.ms += 5 * 3_600_000;
  await people.follow(ada, bob.persona);
  await post(bob, 'this morning');
  trial.clock.ms += 3 * 3_600_000;
  await post(bob, 'just now');
  const { items, more, next } = await page(microblog.catchUp(ada, 4));
  assert.deepEqual([items.map(({ body }) => body.text), more, next], [['just now', 'this morning'], false, null]);
  assert.deepEqual(await texts(microblog.catchUp(ada, 1)), ['just now']);
  await gate.transact(bob, bob.persona, MICROBLOG, (tx) => { for (let n = 0; n < 501; n++) tx.put('posts', { body: { text: `n${n}`, createdAt: trial.clock.ms - 1000 } }); });
  const much = await page(microblog.catchUp(ada, 1));
  assert.deepEqual([much.items.length, much.more], [500, true]);
});

test("somebody's pictures are found among their posts", async () => {
  const image = { full: '', width: 1, height: 1 };
  const bytes = await gate.blobs.receive(bob, { persona: bob.persona, service: MICROBLOG }, [Buffer.from('a picture')]);
  await gate.transact(bob, bob.persona, MICROBLOG, (tx) => tx.put('posts', { body: { text: 'look', createdAt: trial.clock.ms, images: [{ ...image, full: bytes.blob, alt: 'A heron' }] } }));
  assert.deepEqual(await texts(microblog.byPersona(ada, bob.persona, { media: true })), ['look']);
  assert.deepEqual((JSON.parse(await microblog.search(ada, { q: 'heron has:image' })) as { posts: Page }).posts.items.map(({ body }) => body.text), ['look']);
  assert.deepEqual(await texts(microblog.byPersona(ada, cleo.persona, { media: true })), []);
});
