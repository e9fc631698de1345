import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { wordsIn, type Json } from '@commonhold/core';
import { openTrialHouse, type Person } from '../../../testing/house.ts';
import { MICROBLOG, type PostItem, type Ref } from '../types.ts';
import type { SearchInput } from './search.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo', 'dan']);
after(() => trial.close());
const { ada, bob, cleo, dan } = trial.people as Record<'ada' | 'bob' | 'cleo' | 'dan', Person>;
const { microblog, people, gate, outbox, views } = trial.house;

interface Found { posts: { items: PostItem[]; next: string | null }; people: { handle: string }[]; tags: string[] }
const search = async (of: Person, q: string, more: Partial<SearchInput> = {}): Promise<Found> => JSON.parse(await microblog.search(of, { q, first: 50, ...more })) as Found;
const texts = async (of: Person, q: string, more: Partial<SearchInput> = {}): Promise<string[]> => (await search(of, q, more)).posts.items.map(({ body }) => body.text);
const post = (of: Person, text: string, audience = 'house', replyTo?: Ref): Promise<PostItem> => {
  trial.clock.ms += 1000;
  return microblog.post(of, { text, audience, ...(replyTo ? { replyTo: { persona: replyTo.persona, key: replyTo.key } } : {}) });
};
const put = (of: Person, body: object, key?: string): Promise<string> => gate.transact(of, of.persona, MICROBLOG, (tx) => tx.put('posts', { ...(key ? { key } : {}), body: { createdAt: ++trial.clock.ms, ...body } as unknown as Json }).key);

test('every word must occur, the last may be a beginning; capitals and accents make no difference', async () => {
  await post(bob, 'The Fauré is on Tuesday, in the old brewery');
  await post(cleo, 'Tuesday is laundry day');
  assert.deepEqual(await texts(ada, 'faure TUES'), ['The Fauré is on Tuesday, in the old brewery']);
  assert.deepEqual(await texts(ada, 'tuesday'), ['Tuesday is laundry day', 'The Fauré is on Tuesday, in the old brewery']);
  assert.deepEqual(await texts(ada, '"old brewery"'), ['The Fauré is on Tuesday, in the old brewery']);
  assert.deepEqual(await texts(ada, '"brewery old"'), []);
  assert.deepEqual(await texts(ada, '"old brew"'), []);
});

test('authors, tags and what is in a post narrow a search', async () => {
  await post(bob, 'Look at https://example.org for the #Chöre of spring');
  await put(bob, { text: 'who brings what to spring', poll: { options: ['Cake', 'Juice'], until: 1, multiple: false } });
  await post(cleo, 'spring is here #chore #frühling');
  assert.equal((await texts(ada, 'spring')).length, 3);
  assert.deepEqual(await texts(ada, 'spring from:cleo'), ['spring is here #chore #frühling']);
  assert.deepEqual(await texts(ada, 'from:@Bob has:link'), ['Look at https://example.org for the #Chöre of spring']);
  assert.deepEqual(await texts(ada, 'has:poll'), ['who brings what to spring']);
  assert.deepEqual(await texts(ada, 'juice'), ['who brings what to spring']);
  assert.equal((await texts(ada, '#CHORE')).length, 2);
  assert.deepEqual(await texts(ada, '#chore #fruhling'), ['spring is here #chore #frühling']);
  assert.deepEqual(await texts(ada, 'spring', { tag: 'Frühling' }), ['spring is here #chore #frühling']);
  assert.deepEqual(await texts(bob, 'spring', { in: 'own' }).then((found) => found.length), 2);
  assert.deepEqual(await texts(ada, 'spring', { in: cleo.persona }), ['spring is here #chore #frühling']);
  for (const nobody of ['spring from:zed', 'spring from:bob from:cleo', 'has:image', 'from:', '"', '""', '', '  ', '!!!']) assert.deepEqual(await texts(ada, nobody), [], nobody);
  assert.deepEqual((await search(ada, 'ch')).tags, ['chore']);
  assert.deepEqual((await search(ada, '#fr')).tags, ['fruhling']);
  const page = JSON.parse(await microblog.tag(ada, 'CHÖRE', {})) as { items: PostItem[] };
  assert.deepEqual(page.items.map(({ persona }) => persona), [cleo.persona, bob.persona]);
});

test('people are found by name and handle; whoever a block parts from one is not', async () => {
  const handles = async (of: Person, q: string) => (await search(of, q)).people.map(({ handle }) => handle).toSorted();
  assert.deepEqual(await handles(ada, 'CLE'), ['cleo']);
  assert.deepEqual(await handles(ada, 'choir'), ['ada', 'bob', 'cleo', 'dan']);
  await people.setProfile(cleo, { name: 'Zoë Quince' });
  assert.deepEqual(await handles(ada, 'quince zo'), ['cleo']);
  await people.block(cleo, ada.persona);
  assert.deepEqual([await handles(ada, 'quince'), await texts(ada, 'laundry')], [[], []]);
  await people.unblock(cleo, ada.persona);
  assert.deepEqual([await handles(ada, 'quince'), await texts(ada, 'laundry')], [['cleo'], ['Tuesday is laundry day']]);
});

test('only what the reader may read is found, answers that others keep among it; the muted are left out unless one asks for them', async () => {
  const secret = await post(bob, 'kiwi for few', 'followers');
  await post(bob, 'kiwi alone', 'only-me');
  assert.deepEqual([await texts(bob, 'kiwi'), await texts(ada, 'kiwi')], [['kiwi alone', 'kiwi for few'], []]);
  for (const one of [ada, dan]) await people.follow(one, bob.persona);
  await outbox.idle();
  await post(ada, 'kiwi answered', 'only-me', secret);
  await outbox.idle();
  for (const one of [ada, dan]) assert.deepEqual(await texts(one, 'kiwi'), ['kiwi answered', 'kiwi for few']);
  assert.deepEqual(await texts(cleo, 'kiwi'), []);
  await people.block(dan, ada.persona);
  assert.deepEqual(await texts(dan, 'kiwi'), ['kiwi for few']);
  await people.unblock(dan, ada.persona);
  await people.mute(dan, ada.persona, {});
  assert.deepEqual(await texts(dan, 'kiwi'), ['kiwi for few']);
  await people.mute(dan, bob.persona, {});
  assert.deepEqual([await texts(dan, 'kiwi'), await texts(dan, 'kiwi from:bob')], [[], ['kiwi for few']]);
  await people.unmute(dan, bob.persona);
  await people.unmute(dan, ada.persona);
  await microblog.setAudience(bob, secret.key, 'close');
  await outbox.idle();
  assert.deepEqual(await texts(dan, 'kiwi'), []);
});

test('new words are found and old ones are not; what is removed leaves no trace in the index', async () => {
  const one = await post(ada, 'quagga here #zebra');
  await microblog.edit(ada, one.key, { text: 'okapi here' });
  assert.deepEqual([await texts(bob, 'quagga'), await texts(bob, '#zebra'), await texts(bob, 'okapi')], [[], [], ['okapi here']]);
  await microblog.remove(ada, one.key);
  assert.deepEqual([await texts(bob, 'okapi'), (await search(bob, 'zeb')).tags], [[], []]);
});

test('pages of any size hold each post once, newest first', async () => {
  for (let n = 0; n < 12; n++) await put(n % 2 ? bob : ada, { text: `walnut ${n}`, createdAt: 1_700_000_000_000 });
  const whole = (await search(dan, 'walnut')).posts.items.map(({ key }) => key);
  assert.equal(whole.length, 12);
  for (const first of [1, 5, 12]) {
    const walked: string[] = [];
    for (let before: string | null = ''; before !== null;) {
      const { posts }: Found = await search(dan, 'walnut', { first, ...(before ? { before } : {}) });
      walked.push(...posts.items.map(({ key }) => key));
      before = posts.next;
    }
    assert.deepEqual(walked, whole);
  }
});

test('whoever writes little and whoever writes much is searched alike, by whole words, beginnings and phrases', async () => {
  const said = ['lorem ipsum', 'loremit ipsumo', 'ipsum lorem', 'lorem, IPSUM dolor', 'dolor lorem ipsumatic', 'lorebook', 'lo re', 'Ünter lorem', 'unterwegs ipsum'];
  const typed = ['lorem', '"lorem"', '"lorem ipsum"', 'lorem ipsum', 'ipsum lore', '"lorem ips', 'loremit', 'lor', 'l', 'unter', 'ipsum "dolor lorem"', 'lorex'];
  const folded = (text: string) => ` ${wordsIn(text).join(' ')} `;
  const due = (q: string): string[] => {
    const pieces = [...q.matchAll(/"([^"]*)("|$)|(\S+)/g)].map(([, quoted, , plain]) => ({ words: wordsIn(quoted ?? plain ?? '').join(' '), isOpen: quoted === undefined }));
    return said.filter((text) => pieces.every(({ words, isOpen }, i) => folded(text).includes(isOpen && i === pieces.length - 1 ? ` ${words}` : ` ${words} `))).toSorted();
  };
  for (const text of said) await post(dan, text);
  const check = async () => {
    for (const q of typed) {
      for (const found of [await texts(dan, q, { in: 'own' }), await texts(ada, `from:dan ${q}`), await texts(ada, q)]) {
        assert.deepEqual(found.filter((text) => said.includes(text)).toSorted(), due(q), q);
      }
    }
  };
  await check();
  // Words that begin alike, more of them than are asked for one by one.
  for (let n = 0; n < 12; n++) { said.push(`loremit${n}`); await post(dan, `loremit${n}`); }
  await check();
  await gate.transact(dan, dan.persona, MICROBLOG, (tx) => { for (let n = 0; n < 2001; n++) tx.put('posts', { body: { text: 'filler', createdAt: ++trial.clock.ms } }); });
  await check();
});

test('what lies where the newest entries end and the rest begins is found once, page by page too', async () => {
  const said = Array.from({ length: 12 }, (_, n) => `zebr${String.fromCharCode(97 + n)}`);
  for (const text of said) await post(dan, text);
  // 200 entries are the newest: the end of them goes through the middle of what is sought.
  await gate.transact(dan, dan.persona, MICROBLOG, (tx) => { for (let n = 0; n < 194; n++) tx.put('posts', { body: { text: 'filler', createdAt: ++trial.clock.ms } }); });
  const newest = said.toReversed();
  for (let more = 0; more < 8; more++) {
    assert.deepEqual(await texts(ada, 'zebr'), newest, `${194 + more} entries later`);
    const first = await search(ada, 'zebr', { first: 5 });
    const rest = await texts(ada, 'zebr', { before: first.posts.next! });
    assert.deepEqual([...first.posts.items.map(({ body }) => body.text), ...rest], newest);
    await post(dan, 'filler');
  }
});

test('whatever is typed has an answer', async () => {
  const odd = fc.stringMatching(/^[a"*^:(){}+\-# \u0000NEAROTfromhs.,']{0,40}$/);
  await fc.assert(fc.asyncProperty(fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('a AND', 'NOT b', 'a NEAR b', 'text:a', '"a', 'a*b', '^a', '-a', 'a " b " c', 'rank', "'")), async (q) => {
    const { posts } = await search(ada, q, { first: 5 });
    assert.ok(Array.isArray(posts.items));
  }), { numRuns: 500 });
});

test('built anew the index finds the same', async () => {
  const all = async () => Promise.all([ada, bob, cleo, dan].map(async (one) => [(await texts(one, 'is')).toSorted(), await texts(one, '#chore'), (await search(one, 'choir')).people]));
  const before = await all();
  await views.reindex(() => {});
  assert.deepEqual(await all(), before);
});

test('what was removed stands in no byte of the views', async () => {
  const one = await post(ada, 'thylacine once #numbat');
  const other = await post(ada, 'aardvark once');
  await microblog.remove(ada, one.key);
  await microblog.edit(ada, other.key, { text: 'said anew' });
  await texts(ada, 'anew');
  await trial.shut();
  const bytes = readdirSync(trial.folder).filter((name) => name.startsWith('views.db')).map((name) => readFileSync(join(trial.folder, name)));
  for (const word of ['thylacine', 'numbat', 'aardvark']) assert.ok(bytes.every((file) => !file.includes(word)), word);
  assert.ok(bytes.some((file) => file.includes('laundry')));
  await trial.open();
});
