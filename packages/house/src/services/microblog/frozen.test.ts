import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { utf8, verifyExport } from '@commonhold/core';
import { openThawed } from '../../testing/frozen.ts';
import type { Person } from '../../testing/house.ts';
import { verifyFolder } from '../../verify/folder.ts';

const thawed = await openThawed('contracts-3');
const { clock, errors, folder, signIn } = thawed;
after(thawed.close);
const [ada, bob, cleo, dan] = [await signIn('ada'), await signIn('bob'), await signIn('cleo'), await signIn('dan')];

interface Shown { persona: string; key: string; audience: string; body: { text: string }; keptBy?: string }
const timeline = async (who: Person): Promise<Shown[]> => (JSON.parse(await thawed.house.microblog.houseTimeline(who, {})) as { items: Shown[] }).items;
const told = async (who: Person): Promise<string[]> => (await timeline(who)).map(({ body, audience }) => `${body.text} (${audience})`);
const find = async (text: string): Promise<Shown> => (await timeline(ada)).find(({ body }) => body.text === text)!;

test('five audiences reach whom they reached', async () => {
  assert.deepEqual(await told(dan), ['Heard by all (house)', 'For everyone, of whom the first words are forgotten (everyone)', 'For house, said best (house)'], 'bob blocks dan; ada has not let him in');
  assert.deepEqual(await told(bob), ['Was for everyone (followers)', 'Heard by all (house)', 'Only your followers hear this (followers)',
    'For everyone, of whom the first words are forgotten (everyone)', 'For house, said best (house)', 'For followers (followers)']);
  assert.deepEqual((await told(cleo)).filter((line) => line.endsWith('(close)')), ['Close enough (close)', 'For close (close)']);
  assert.deepEqual((await told(ada)).at(-1), 'For only-me (only-me)');
  assert.deepEqual(errors, []);
});

test('answers that are kept for few, wordings, requests, rings and distances are there', async () => {
  const { microblog, people, news } = thawed.house;
  const { persona, key } = await find('For followers');
  const { items } = JSON.parse(await microblog.thread(ada, persona, key)) as { items: Shown[] };
  assert.deepEqual(items.map(({ body, keptBy }) => [body.text, keptBy]), [['For followers', undefined], ['Only your followers hear this', ada.persona]]);
  assert.deepEqual((await microblog.versions(bob, await find('For house, said best'))).map(({ text }) => text), ['For house, said better', 'For house']);
  assert.deepEqual(await microblog.versions(bob, await find('For everyone, of whom the first words are forgotten')), []);
  assert.deepEqual(people.requests(ada).map(({ handle }) => handle), ['dan']);
  const { locked, follows } = people.profile(bob, 'ada');
  assert.deepEqual([locked, follows, people.profile(ada, 'cleo').close, people.profile(cleo, 'dan').muted], [true, true, true, true]);
  assert.deepEqual(people.blocked(bob).blocked.map(({ handle }) => handle), ['dan']);
  assert.equal((JSON.parse(await news.list(ada, {})) as { unread: number }).unread, 0);
});

test('it is written on in the newest way, and everything of it verifies', async () => {
  clock.ms += 60_000;
  const { people, microblog, outbox } = thawed.house;
  await people.accept(ada, dan.persona);
  await microblog.post(dan, { text: 'Nobody else hears that', audience: 'only-me', replyTo: await find('For house, said best') });
  clock.ms += 1000;
  // Of two posts of one moment either may come first.
  clock.ms += 1;
  await microblog.post(ada, { text: 'And on it goes', audience: 'followers' });
  await outbox.idle();
  assert.equal((await told(dan))[0], 'And on it goes (followers)');
  for (const { persona } of [ada, bob, cleo, dan]) {
    const verdict = await verifyExport(thawed.house.suite, [...thawed.house.firewall.exportOf(persona)!].map(utf8));
    assert.ok(verdict.ok, JSON.stringify(verdict));
  }
  await thawed.reopen(async () => {
    const damages: string[] = [];
    const { pods } = await verifyFolder(thawed.house.suite, folder, { tell: ({ code, file, says }) => { damages.push(`${file} ${code} ${says}`); }, progress: () => {} });
    assert.deepEqual([damages, pods], [[], 4]);
  });
  assert.equal((await told(bob))[0], 'And on it goes (followers)');
  assert.deepEqual(errors, []);
});
