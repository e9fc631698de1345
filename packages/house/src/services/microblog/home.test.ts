import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openTrialHouse, type Person } from '../../testing/house.ts';
import { MICROBLOG, type PostItem, type Ref } from './types.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo', 'dan', 'eve']);
after(() => trial.close());
const { ada, bob, cleo, dan, eve } = trial.people as Record<'ada' | 'bob' | 'cleo' | 'dan' | 'eve', Person>;
const { microblog, people, gate } = trial.house;

interface Page { items: PostItem[]; people: Record<string, object>; next: string | null; newest: string | null }
type Asked = Parameters<typeof microblog.home>[1];
const home = async (of: Person, query: Asked = {}): Promise<Page> => JSON.parse(await microblog.home(of, { first: 50, ...query })) as Page;
/** Every entry as `text`, or `text by handle` where somebody passed it on. */
const lines = async (of: Person, query: Asked = {}): Promise<string[]> => (await home(of, query)).items.map(({ body, boost }) => (boost ? `${body.text} by ${handle(boost.by)}` : body.text));
const handle = (persona: string): string => Object.entries(trial.people).find(([, one]) => one.persona === persona)![0];

const post = (of: Person, text: string, more: { audience?: string; replyTo?: Ref } = {}): Promise<PostItem> => {
  trial.clock.ms += 1000;
  return microblog.post(of, { text, audience: 'house', ...more });
};
const boost = ({ persona }: Person, of: Ref, audience = 'house'): Promise<string> => gate.transact({ kind: 'owner', persona }, persona, MICROBLOG, (tx) => {
  trial.clock.ms += 1000;
  return tx.put('boosts', { body: { post: { persona: of.persona, key: of.key }, createdAt: trial.clock.ms }, audience }).key;
});

await people.follow(ada, bob.persona);
await people.follow(ada, cleo.persona);

test('what the people one follows pass on stands at the time of its boost, once a page, by the newest', async () => {
  const far = await post(dan, 'from dan');
  const near = await post(bob, 'from bob');
  await boost(bob, far);
  await boost(cleo, far);
  await boost(cleo, near);
  await boost(dan, near);
  assert.deepEqual(await lines(ada), ['from dan by cleo', 'from bob']);
  assert.deepEqual(await lines(ada, { boosts: false }), ['from bob']);
  const { items: [first], people: named } = await home(ada);
  assert.deepEqual([first!.persona, Object.keys(named).toSorted()], [dan.persona, [bob, cleo, dan].map(({ persona }) => persona).toSorted()]);
});

test("somebody's own boosts and those of strangers are no news to them", async () => {
  assert.deepEqual(await lines(bob), ['from bob']);
  assert.deepEqual(await lines(dan), ['from dan']);
});

test('both must be for the reader: the boost and what is passed on; neither a block nor a mute is got around', async () => {
  const shown = () => lines(ada).then((all) => all.filter((line) => line.includes('secret')));
  const narrow = await post(dan, 'secret', { audience: 'everyone' });
  await boost(bob, narrow, 'everyone');
  assert.deepEqual(await shown(), ['secret by bob']);
  for (const [on, off] of [['block', 'unblock'], ['mute', 'unmute']] as const) {
    for (const other of [dan, bob]) {
      await people[on](ada, other.persona, {});
      assert.deepEqual(await shown(), [], `${on} ${handle(other.persona)}`);
      await people[off](ada, other.persona);
      if (other === bob) await people.follow(ada, bob.persona);
      assert.deepEqual(await shown(), ['secret by bob']);
    }
  }
  await people.block(dan, ada.persona);
  assert.deepEqual(await shown(), []);
  await people.unblock(dan, ada.persona);
  for (const audience of ['followers', 'close', 'only-me']) {
    await microblog.setAudience(dan, narrow.key, audience);
    await people.follow(eve, dan.persona);
    await people.follow(eve, bob.persona);
    assert.deepEqual([await shown(), await lines(eve).then((all) => all.includes('secret by bob'))], [[], false], `narrowed to ${audience}`);
  }
  await microblog.setAudience(dan, narrow.key, 'house');
  assert.deepEqual(await shown(), ['secret by bob']);
  await microblog.remove(dan, narrow.key);
  assert.deepEqual(await shown(), []);
});

test('a boost that is taken back is gone', async () => {
  const one = await post(dan, 'taken back');
  const key = await boost(bob, one);
  assert.equal((await lines(ada))[0], 'taken back by bob');
  await gate.transact(bob, bob.persona, MICROBLOG, (tx) => tx.remove('boosts', key));
  assert.ok(!(await lines(ada)).includes('taken back by bob'));
});

test('answers are left out where they are not wanted', async () => {
  const one = await post(bob, 'asked');
  await post(cleo, 'answered', { replyTo: one });
  assert.deepEqual((await lines(ada)).slice(0, 2), ['answered', 'asked']);
  assert.deepEqual((await lines(ada, { replies: false }))[0], 'asked');
});

test('cursors walk every entry once and in order, however small the page, from either end', async () => {
  for (let n = 0; n < 6; n++) {
    const one = await post(dan, `walk ${n}`);
    await boost(n % 2 ? bob : cleo, one);
    await post(bob, `beside ${n}`);
  }
  const whole = await lines(ada);
  for (const first of [1, 2, 3, 5]) {
    const walked: string[] = [];
    for (let before: string | null = ''; before !== null;) {
      const page: Page = await home(ada, { first, ...(before ? { before } : {}) });
      walked.push(...page.items.map(({ body, boost: by }) => (by ? `${body.text} by ${handle(by.by)}` : body.text)));
      before = page.next;
    }
    // In a page of its own a post is told of by each boost, and as its author's.
    assert.deepEqual(walked.filter((line) => whole.includes(line)), whole, `pages of ${first}`);
  }
  const { newest } = await home(ada);
  assert.deepEqual(await lines(ada, { after: newest! }), []);
  await boost(cleo, await post(dan, 'new'));
  assert.deepEqual(await lines(ada, { after: newest! }), ['new by cleo']);
});
