import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { utf8, verifyExport } from '@commonhold/core';
import { openThawed } from '../../testing/frozen.ts';
import { verifyFolder } from '../../verify/folder.ts';
import type { PostItem } from './types.ts';

const thawed = await openThawed('contracts-4');
const { clock, errors, folder, signIn } = thawed;
after(thawed.close);
const [ada, bob, cleo] = [await signIn('ada'), await signIn('bob'), await signIn('cleo')];

const timeline = async (): Promise<PostItem[]> => (JSON.parse(await thawed.house.microblog.houseTimeline(ada, {})) as { items: PostItem[] }).items;
const find = async (text: string): Promise<PostItem> => (await timeline()).find(({ body }) => body.text === text)!;
const news = async (): Promise<string[]> => (JSON.parse(await thawed.house.news.list(ada, {})) as { items: { kind: string }[] }).items.map(({ kind }) => kind).toSorted();

test('answers, polls, quotes, boosts, bookmarks, pins, lists and filters are what they were', async () => {
  assert.deepEqual((await timeline()).map(({ body, audience }) => `${body.text} (${audience})`), ['For followers. (followers)', 'Is worded now. (house)', 'For those who are close. (close)',
    'Framed, above my desk. (house)', 'Which song first? (house)', 'I bring the boat. (house)', 'I have the oars. (house)', 'Shall we row on Sunday? (house)']);
  const [asked, answer, first, quoting] = [await find('Which song first?'), await find('I have the oars.'), await find('Shall we row on Sunday?'), await find('Framed, above my desk.')];
  assert.deepEqual([asked.body.poll?.counts, answer.liked, answer.bookmarked, first.boosts?.people.map(({ handle }) => handle), quoting.quoted?.state], [[0, 1], true, true, ['cleo'], 'shown']);
  const { microblog, people } = thawed.house;
  assert.deepEqual((JSON.parse(await microblog.byPersona(bob, ada.persona, {})) as { items: PostItem[] }).items[0]?.pinned, true);
  assert.match(microblog.lists(ada), /Rowers/);
  assert.deepEqual(microblog.filters(bob).map(({ words }) => words), [['fog']]);
  assert.deepEqual([microblog.choices(ada), people.profile(ada, 'cleo').close], [{ quotes: 'followers', counts: true }, true]);
  assert.deepEqual(await news(), ['boost', 'follow', 'quote', 'reply', 'reply']);
  assert.deepEqual(errors, []);
});

test('what came since works on it: a conversation of then is muted, and everything of it verifies', async () => {
  clock.ms += 60_000;
  await thawed.house.microblog.mute(ada, await find('I have the oars.'));
  assert.deepEqual(await news(), ['follow', 'quote', 'reply'], 'the quote and the answer to another post stay');
  for (const { persona } of [ada, bob, cleo]) {
    const verdict = await verifyExport(thawed.house.suite, [...thawed.house.firewall.exportOf(persona)!].map(utf8));
    assert.ok(verdict.ok, JSON.stringify(verdict));
  }
  await thawed.reopen(async () => {
    const damages: string[] = [];
    const { pods } = await verifyFolder(thawed.house.suite, folder, { tell: ({ code, file, says }) => { damages.push(`${file} ${code} ${says}`); }, progress: () => {} });
    assert.deepEqual([damages, pods], [[], 3]);
  });
  assert.deepEqual(await news(), ['follow', 'quote', 'reply']);
  assert.deepEqual(errors, []);
});
