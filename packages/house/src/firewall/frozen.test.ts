import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openThawed } from '../testing/frozen.ts';
import { verifyFolder } from '../verify/folder.ts';
import type { Damage } from './verify/damage.ts';

const thawed = await openThawed('contracts-2');
const { folder, clock, errors, signIn } = thawed;
after(thawed.close);

const [ada, bob, cleo] = [await signIn('ada'), await signIn('bob'), await signIn('cleo')];

interface Item { body: { text: string }; audience: string; likes?: { people: { handle: string }[] } }
const postsOf = async (json: Promise<string>): Promise<Item[]> => (JSON.parse(await json) as { items: Item[] }).items;
const textsOf = async (json: Promise<string>): Promise<string[]> => (await postsOf(json)).map(({ body }) => body.text);

test('a folder of the second contracts opens with everything that was in it', async () => {
  const { microblog, people, news } = thawed.house;
  const first = 'The first of the second version', moved = 'Once for everyone, now for the house';
  assert.deepEqual(await textsOf(microblog.home(ada, {})), ['An answer', moved, first]);
  assert.deepEqual((await postsOf(microblog.byPersona(bob, ada.persona, {}))).map(({ audience }) => audience), ['house', 'everyone']);
  assert.deepEqual(await textsOf(microblog.byPersona({ kind: 'anyone' }, ada.persona, {})), [first], 'what left an audience is gone for it');
  assert.deepEqual(await textsOf(microblog.houseTimeline(cleo, {})), ['An answer'], 'who is blocked sees nothing');
  const mine = (await postsOf(microblog.byPersona(ada, ada.persona, {}))).find(({ body }) => body.text === first);
  assert.ok(mine?.likes?.people.some(({ handle }) => handle === 'bob'));
  const { name, bio } = people.profile(bob, 'ada');
  assert.deepEqual([name, bio], ['Ada of the altos', 'Second row']);
  assert.deepEqual([people.profile(ada, 'bob').follows, people.profile(ada, 'bob').followsYou], [true, true]);
  assert.deepEqual(people.blocked(ada).blocked.map(({ handle }) => handle), ['cleo']);
  assert.deepEqual(people.blocked(bob).muted.map(({ handle }) => handle), ['cleo']);
  assert.equal((JSON.parse(await news.list(ada, {}) as string) as { unread: number }).unread, 0, 'what was read stays read');
});

test('what waited for the end of a block is still delivered', async () => {
  await thawed.house.people.unblock(ada, cleo.persona);
  await thawed.house.outbox.idle();
  await thawed.house.views.ask(() => {});
  const [, , mine] = await postsOf(thawed.house.microblog.home(ada, {}));
  assert.deepEqual(mine?.likes?.people.map(({ handle }) => handle), ['bob']);
});

test('it is written on, and everything of it verifies', async () => {
  clock.ms += 60_000;
  await thawed.house.microblog.post(ada, { text: 'And on it goes', audience: 'everyone' });
  await thawed.reopen(() => {
    const damages: Damage[] = [];
    verifyFolder(thawed.house.suite, folder, { tell: (damage) => { damages.push(damage); }, progress: () => {} });
    assert.deepEqual(damages, []);
  });
  assert.equal((await textsOf(thawed.house.microblog.home(bob, {})))[0], 'And on it goes');
  assert.deepEqual(errors, []);
});
