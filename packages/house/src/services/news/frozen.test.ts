import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { utf8, verifyExport } from '@commonhold/core';
import { openThawed } from '../../testing/frozen.ts';
import type { Person } from '../../testing/house.ts';
import { verifyFolder } from '../../verify/folder.ts';

const thawed = await openThawed('marks');
const { folder, errors, signIn } = thawed;
after(thawed.close);

const [ada, bob, cleo] = [await signIn('ada'), await signIn('bob'), await signIn('cleo')];
type Shown = { body: { text: string }; audience: string; liked: boolean; likes?: { people: { handle: string }[] } };
const timeline = async (who: Person): Promise<Shown[]> => (JSON.parse(await thawed.house.microblog.houseTimeline(who, {})) as { items: Shown[] }).items;
const exported = ({ persona }: Person): string[] => [...thawed.house.firewall.exportOf(persona)!];

test('posts, answers, likes, audiences, names and distances are what they were', async () => {
  const shown = await timeline(ada);
  assert.deepEqual(shown.map(({ body: { text }, audience }) => `${text} ${audience}`), [
    'Who has a piano? house', 'I shall bring the music. house', 'A concert in May, for everybody. house', 'We meet on Tuesday at seven. house',
  ]);
  assert.deepEqual(shown.map(({ likes, liked }) => [liked, likes?.people.map(({ handle }) => handle).toSorted() ?? null]), [[false, null], [true, null], [false, []], [false, ['bob', 'cleo']]]);
  assert.deepEqual((await timeline(bob)).map(({ body }) => body.text), ['I shall bring the music.', 'A concert in May, for everybody.', 'We meet on Tuesday at seven.']);
  assert.deepEqual((await timeline(cleo)).map(({ body }) => body.text), ['Who has a piano?', 'A concert in May, for everybody.', 'We meet on Tuesday at seven.']);
  const { name, bio, followsYou, follows } = thawed.house.people.profile(bob, 'ada');
  assert.deepEqual([name, bio, followsYou, follows], ['Ada L.', 'Alto.', true, true]);
  assert.deepEqual(errors, []);
});

test('what was read is read, what was not wanted is not told, and the marks are local now: no signed record of them is left', async () => {
  assert.equal((JSON.parse(await thawed.house.news.list(ada, {})) as { unread: number }).unread, 0);
  assert.deepEqual([thawed.house.news.settings(bob).like, thawed.house.news.settings(bob).reply], [false, true]);
  for (const person of [ada, bob]) {
    const text = exported(person).join('');
    assert.ok(!text.includes('readUpTo":"') && !text.includes('"unwantedKinds":["like"]'));
    assert.ok(text.includes('\\"collection\\":\\"state\\"') && text.includes('\\"op\\":\\"remove\\"'), 'the removal of the signed one stands');
  }
});

test('exports verify, and so does the folder, before and after it is opened again', async () => {
  for (const person of [ada, bob, cleo]) {
    const verdict = await verifyExport(thawed.house.suite, exported(person).map(utf8));
    assert.ok(verdict.ok, JSON.stringify(verdict));
  }
  for (let i = 0; i < 2; i++) {
    await thawed.reopen(async () => {
      const damages: string[] = [];
      const tally = await verifyFolder(thawed.house.suite, folder, { tell: ({ code, file, says }) => { damages.push(`${file} ${code} ${says}`); }, progress: () => {} });
      assert.deepEqual([damages, tally.pods], [[], 3]);
    });
  }
});

test('it is written to under the current contracts', async () => {
  await thawed.house.microblog.post(ada, { text: 'Written later.', audience: 'house' });
  await thawed.house.people.unblock(cleo, bob.persona);
  await thawed.house.outbox.idle();
  assert.equal((await timeline(bob))[0]!.body.text, 'Written later.');
});
