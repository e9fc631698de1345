import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cardWith, contractCard, parseContract, type Card, type Contract, type Glossary, type Json } from '../index.ts';
import { en } from './en.ts';

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../../spec/${path}`, import.meta.url), 'utf8'));
const { good } = json('vectors/contract.json') as { good: { name: string; contract: Json }[] };

function contract(document: unknown): Contract {
  const result = parseContract(document);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}
function card(of: Contract): Card {
  const result = contractCard(of, 'en');
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}
const full = contract(good[2]!.contract);

test('every rule of every good contract has one plain sentence, and every question an answer', () => {
  for (const { contract: document, name } of good) {
    const made = contract(document);
    const said = card(made);
    const ids = Object.entries(made.collections).flatMap(([of, { allow }]) => allow.map((_, i) => `${of}.allow[${i}]`));
    assert.deepEqual([...said.rules.keys()], ids, name);
    for (const list of [said.keeps, said.readers, said.does, said.leaving]) assert.ok(list.length > 0, name);
    for (const sentence of [...said.keeps, ...said.readers, ...said.does, ...said.leaving, ...said.redLines, ...said.rules.values()]) {
      assert.match(sentence, /^\p{Lu}.*[.”]$/su);
      assert.doesNotMatch(sentence, /undefined|null|\[object|_/);
    }
  }
});

test('the built-in contracts in words', () => {
  const microblog = card(contract(json('contracts/microblog.json')));
  const read = (what: string) => [
    `People who follow you or people you call close can read and watch those of your ${what} that are meant for them.`,
    `The people of your house can read and watch those of your ${what} that are meant for them.`,
    `Anyone at all can read those of your ${what} that are meant for them.`,
  ];
  const five = 'you alone, people you call close, your followers, the people of your house (unless you choose otherwise), or everyone. Nobody else reads it.';
  assert.deepEqual(microblog.readers, [
    `Each post is for whom you say: ${five}`, ...read('posts'),
    `Each earlier wording is for whom you say: ${five}`, ...read('earlier wordings'),
    'Each reply that you keep is for whom you say: you alone (unless you choose otherwise), people you call close, or your followers. Nobody else reads it.',
    read('replies that you keep')[0],
    'Anyone who proves a name, strangers included, can read, change, and remove what they added to your replies that you keep.',
    'Your notes that posts changed their audience are for you alone.',
    'Your likes are for you alone.',
    'Your received likes, boosts and quotes are for you alone.',
    'Each boost is for whom you say: the people of your house (unless you choose otherwise) or everyone. Nobody else reads it.', ...read('boosts'),
    'Each quote that you withdrew from is for whom you say: people you call close, your followers, the people of your house (unless you choose otherwise), or everyone. Nobody else reads it.',
    ...read('quotes that you withdrew from'),
    'Your votes are for you alone.',
    'Your received votes are for you alone.',
    'Anyone who proves a name, strangers included, can read and remove what they added to your received votes.',
    'Your choice of pinned posts is for whom you say: the people of your house (unless you choose otherwise) or everyone. Nobody else reads it.',
    'The people of your house can read and watch your choice of pinned posts, where it is meant for them.',
    'Anyone at all can read your choice of pinned posts, where it is meant for them.',
    ...['bookmarks', 'lists of people', 'word filters'].map((what) => `Your ${what} are for you alone.`),
    'Your set of choices is for you alone.',
    ...['drafts', 'posts that wait for their time', 'reading marks'].map((what) => `Your ${what} are for you alone.`),
  ]);
  const strangers = (what: string) => [
    `Anyone who proves a name, strangers included, can add to your ${what}.`,
    `Anyone who proves a name, strangers included, can remove what they added to your ${what}.`,
  ];
  assert.deepEqual(microblog.does, [
    'Anyone who proves a name, strangers included, can add to your replies that you keep.',
    'Anyone who proves a name, strangers included, can read, change, and remove what they added to your replies that you keep.',
    ...strangers('notes that posts changed their audience'), ...strangers('received likes, boosts and quotes'),
    'Anyone who proves a name, strangers included, can add to your received votes.',
    'Anyone who proves a name, strangers included, can read and remove what they added to your received votes.',
  ]);
  const red = (what: string) => `Strangers can add to your ${what} without asking.`;
  assert.deepEqual(microblog.redLines, [red('replies that you keep'), red('notes that posts changed their audience'), red('received likes, boosts and quotes'), red('received votes')]);
  const news = card(contract(json('contracts/news.json')));
  assert.deepEqual([news.keeps, news.readers, news.does], [
    ['On your own pod only, your reading marks: read up to, unwanted kinds, and quiet.'], ['Your reading marks are for you alone.'], ['Nothing. It acts only when you do.'],
  ]);
  const people = card(contract(json('contracts/people.json')));
  assert.ok(people.readers.includes('Your links are for you alone.'));
  assert.deepEqual(people.redLines, ['followers', 'received requests', 'received acceptances'].map(red));
  assert.match(people.leaving[0]!, /part of your pod/);
});

test('a service with a key, in words', () => {
  const said = card(full);
  assert.equal(said.rules.get('dishes.allow[1]'), 'People you linked as “friend”, where they confirmed it, can read and watch those of your dishes that are meant for them.');
  assert.equal(said.rules.get('dishes.allow[2]'), 'Anyone who joins Potluck, its makers included, can read the title and date of those of your dishes that are meant for them.');
  assert.equal(said.rules.get('dishes.allow[4]'), 'Anyone who joins Potluck, its makers included, can change and remove what they added to your dishes.');
  assert.equal(said.rules.get('dishes.allow[5]'), 'The makers of Potluck can read and count the date of those of your dishes that are meant for them. They say why: “to find a date that suits everyone”');
  assert.equal(said.rules.get('profile.allow[1]'), 'Anyone who proves a name, strangers included, can read your profile, where it is meant for them.');
  assert.match(said.keeps[0]!, /^Your dishes, up to 5,000, for 2 years\. Each holds title, date,/);
  assert.ok(said.does.includes(said.rules.get('dishes.allow[5]')!), 'what the service reads is also what it does without asking');
  assert.equal(said.redLines.filter((line) => line.includes('Potluck')).length, 3);
  assert.match(said.leaving[0]!, /file with everything/);
});

test('names without labels, single days, and being public by default', () => {
  const { collections, ...rest } = full;
  const { label: _, cluster: __, index: ___, counts: ____, ...dishes } = collections['dishes']!;
  const said = card(contract({ ...rest, collections: { ...collections,
    my_dishes: { ...dishes, retention: 'P1D', audiences: ['everyone'], defaultAudience: 'everyone', allow: [{ who: { linked: ['close', 'friend'] }, may: ['add', 'read'] }] },
    secret: { kind: 'single', item: 'profile', allow: [] },
    your_box: { ...dishes, audiences: ['only-me', 'everyone'], defaultAudience: 'only-me', allow: [] },
    profile: { ...collections['profile'], defaultAudience: 'everyone', allow: [{ who: 'owner', may: ['add'] }, { who: 'service', may: ['read'], fields: ['name'] }] },
  } }));
  assert.match(said.keeps.join('\n'), /Your my dishes, up to 5,000, for 1 day\./);
  assert.equal(said.rules.get('my_dishes.allow[0]'), 'People you call close or people you linked as “friend” can add to your my dishes, and read your my dishes.');
  assert.equal(said.rules.get('profile.allow[1]'), 'The makers of Potluck can read the name of your profile, where it is meant for them.');
  assert.match(said.readers.join('\n'), /Each entry of your box is for whom you say: you alone \(unless you choose otherwise\) or everyone\./);
  assert.ok(said.readers.includes('Your secret is for you alone.'));
  assert.ok(said.redLines.includes('Unless you choose otherwise, your my dishes are for everyone.'));
});

test('what has no words blocks, with the place', () => {
  const because = (glossary: Partial<Glossary>): unknown => {
    const result = cardWith({ ...en, ...glossary }, full);
    return result.ok ? null : [result.code, result.at];
  };
  assert.deepEqual(because({ rule: () => null }), ['no_sentence', '/collections/dishes/allow/0']);
  assert.deepEqual(because({ keeps: () => null }), ['no_sentence', '/collections/dishes']);
  assert.deepEqual(because({ audiences: () => null }), ['no_sentence', '/collections/dishes']);
  assert.deepEqual(because({ redLine: () => null }), ['no_sentence', '/collections/dishes']);
  const unknownVerb = { ...full, collections: { dishes: { ...full.collections['dishes']!, allow: [{ who: 'owner', may: ['shred'] }] } } } as unknown as Contract;
  const result = contractCard(unknownVerb, 'en');
  assert.equal(result.ok ? '' : result.code, 'no_sentence');
});

test('a language without a glossary is a no', () => {
  const result = contractCard(full, 'tlh');
  assert.equal(result.ok ? '' : result.code, 'unknown_locale');
  const proto = contractCard(full, 'constructor');
  assert.equal(proto.ok, false);
});
