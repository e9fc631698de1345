import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openTrialHouse, type Person } from '../../testing/house.ts';
import { MICROBLOG, type PostItem } from './types.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo']);
after(() => trial.close());
const { ada, bob, cleo } = trial.people as Record<'ada' | 'bob' | 'cleo', Person>;
const { microblog, gate, outbox } = trial.house;

const page = async (of: Person): Promise<PostItem[]> => (JSON.parse(await microblog.houseTimeline(of, { first: 50 })) as { items: PostItem[] }).items;
const post = (text: string): Promise<PostItem> => {
  trial.clock.ms += 1000;
  return microblog.post(ada, { text, audience: 'house' });
};
const marks = (of: Person, collection: string, posts: readonly PostItem[], more: object = {}): Promise<string[]> => gate.transact(of, of.persona, MICROBLOG, (tx) =>
  posts.map(({ persona, key }, i) => tx.put(collection, { body: { post: { persona, key }, createdAt: i + 1, ...more } }).key));

test('a page says what its reader has done to each post, and nobody else is told', async () => {
  const [first, second] = [await post('one'), await post('two')];
  await marks(bob, 'bookmarks', [first]);
  await marks(bob, 'boosts', [first, second]);
  await marks(bob, 'votes', [second], { choices: [2, 0] });
  await microblog.like(bob, first);
  await outbox.idle();
  const of = ({ liked, boosted, bookmarked, voted }: PostItem) => ({ liked, boosted, bookmarked, voted });
  assert.deepEqual((await page(bob)).map(of), [{ liked: false, boosted: true, bookmarked: undefined, voted: [2, 0] }, { liked: true, boosted: true, bookmarked: true, voted: undefined }]);
  const nothing = { liked: false, boosted: undefined, bookmarked: undefined, voted: undefined };
  assert.deepEqual((await page(cleo)).map(of), [nothing, nothing]);
  assert.deepEqual((await page(ada)).map(of), [nothing, nothing]);
  assert.deepEqual((await page(ada)).map(({ likes }) => likes!.people.map(({ handle }) => handle)), [[], ['bob']]);
  assert.deepEqual((await page(cleo)).map(({ likes, boosts }) => [likes, boosts]), [[undefined, undefined], [undefined, undefined]]);
});

test('a mark that is taken back is gone', async () => {
  const third = await post('three');
  const [key] = await marks(bob, 'bookmarks', [third]);
  assert.equal((await page(bob))[0]!.bookmarked, true);
  await gate.transact(bob, bob.persona, MICROBLOG, (tx) => tx.remove('bookmarks', key!));
  assert.equal((await page(bob))[0]!.bookmarked, undefined);
});
