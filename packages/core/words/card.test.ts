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
function card(of: Contract, locale = 'en'): Card {
  const result = contractCard(of, locale);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}
const full = contract(good[2]!.contract);

test('every rule of every good contract has one plain sentence, and every question an answer', () => {
  for (const { contract: document, name } of good) {
    const made = contract(document);
    const said = card(made);
    const german = card(made, 'de');
    const ids = Object.entries(made.collections).flatMap(([of, { allow }]) => allow.map((_, i) => `${of}.allow[${i}]`));
    assert.deepEqual([[...said.rules.keys()], [...german.rules.keys()]], [ids, ids], name);
    assert.deepEqual(Object.values(german).map((part) => part.length ?? part.size), Object.values(said).map((part) => part.length ?? part.size), `${name} in German`);
    for (const list of [said.keeps, said.readers, said.does, said.leaving]) assert.ok(list.length > 0, name);
    for (const sentence of [...said.keeps, ...said.readers, ...said.does, ...said.leaving, ...said.redLines, ...said.rules.values(), ...german.keeps, ...german.readers, ...german.does, ...german.leaving, ...german.redLines, ...german.rules.values(), ...[...said.circles, ...german.circles].map(({ reads }) => reads)]) {
      assert.match(sentence, /^\p{Lu}.*[.”“]$/su);
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
    ...['bookmarks', 'conversations that you muted', 'lists of people', 'word filters'].map((what) => `Your ${what} are for you alone.`),
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
  assert.deepEqual(microblog.redLines, ['Strangers can add to your replies that you keep, your notes that posts changed their audience, your received likes, boosts and quotes, and your received votes without asking.']);
  const news = card(contract(json('contracts/news.json')));
  assert.deepEqual([news.keeps, news.readers, news.does], [
    ['On your own pod only, your reading marks: read up to, unwanted kinds, and quiet.'], ['Your reading marks are for you alone.'], ['Nothing. It acts only when you do.'],
  ]);
  const people = card(contract(json('contracts/people.json')));
  assert.ok(people.readers.includes('Your links are for you alone.'));
  assert.deepEqual(people.redLines, ['Strangers can add to your followers, your received requests, and your received acceptances without asking.']);
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
  assert.deepEqual(said.redLines, [
    'Anyone who joins Potluck, its makers included, reaches your dishes and your inbox: joining is all it takes.',
    'The makers of Potluck reach your dishes without asking.',
    'People who never joined Potluck reach your profile, where it is meant for them.',
  ]);
  assert.deepEqual(said.circles.map(({ name, reads }) => `${name}: ${reads}`), [
    'Only you: Your friends; your seen; your drafts.',
    'Its makers: The date of your dishes. Only what you mean for them.',
    'People you link: People you linked as “friend”, where they confirmed it: everything in your dishes. Only what you mean for them.',
    'Members: The title and date of your dishes; what they added to your inbox. Only what you mean for them.',
    'Anyone with a name: Everything in your profile. Only what you mean for them.',
    'Everyone: Nothing.',
  ]);
  assert.deepEqual(said.clusters, [{ name: 'Your meals', count: 1 }]);
  assert.match(said.leaving[0]!, /file with everything/);
});

test('that the service itself writes is said above the fold, beside what it reads, and once for all it may do', () => {
  const { collections, ...rest } = full;
  const { allow } = collections['dishes']!;
  const of = (...may: string[]) => contract({ ...rest, collections: { ...collections, dishes: { ...collections['dishes']!, allow: [...allow, { who: 'service', may, ...(may.includes('change') ? { rows: 'own' } : {}) }] } } });
  const added = card(of('add'));
  assert.equal(added.rules.get('dishes.allow[6]'), 'The makers of Potluck can add to your dishes.');
  assert.ok(added.does.includes('The makers of Potluck can add to your dishes.'));
  assert.deepEqual(added.redLines.filter((line) => line.startsWith('The makers')), ['The makers of Potluck reach your dishes without asking.', 'The makers of Potluck write in your dishes without asking.']);
  assert.equal(card(of('change', 'remove')).rules.get('dishes.allow[6]'), 'The makers of Potluck can change and remove what they added to your dishes.');
  assert.ok(card(of('remove'), 'de').redLines.includes('Die Leute hinter „Potluck“ schreiben ohne zu fragen hinein: deine Einträge „dishes“.'));
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
  assert.match(said.readers.join('\n'), /Each entry of “your box” is for whom you say: you alone \(unless you choose otherwise\) or everyone\./);
  assert.ok(said.readers.includes('Your secret is for you alone.'));
  assert.ok(said.redLines.includes('Unless you choose otherwise, everyone can read your profile and your my dishes.'));
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

test('German, in its own order', () => {
  const said = card(full, 'de');
  assert.equal(said.rules.get('dishes.allow[1]'), 'Leute, die du als „friend“ verbunden hast, wenn sie es bestätigt haben, können deine Einträge „dishes“ lesen und verfolgen, soweit für sie bestimmt.');
  assert.equal(said.rules.get('dishes.allow[2]'), 'Alle, die „Potluck“ beitreten, auch die Leute dahinter, können deine Einträge „dishes“ lesen, nur: Titel und Datum, soweit für sie bestimmt.');
  assert.equal(said.rules.get('dishes.allow[4]'), 'Alle, die „Potluck“ beitreten, auch die Leute dahinter, können deine Einträge „dishes“ ändern und entfernen, nur, was sie selbst hinzugefügt haben.');
  assert.equal(said.rules.get('profile.allow[1]'), 'Alle, die einen Namen nachweisen, auch Fremde, können deine Angaben „profile“ lesen, soweit für sie bestimmt.');
  const people = card(contract(json('contracts/people.json')), 'de');
  assert.ok(people.readers.includes('Deine Verbindungen zu Leuten: nur für dich.'));
  assert.ok(people.rules.get('profile.allow[1]')!.startsWith('Die Leute deines Hauses können dein Profil lesen'));
});

test('what a service calls itself and its things cannot pass for words of ours', () => {
  const { collections, service } = full;
  const said = card(contract({ ...full, service: { ...service, title: 'Potluck” and nobody else' }, collections: { ...collections,
    dishes: { ...collections['dishes']!, label: { one: 'nothing', many: 'nothing. Only you can read them' }, allow: [{ who: 'service', may: ['read'], fields: ['title'], because: 'to help.” They never look. “Really' }] },
  } }));
  assert.equal(said.rules.get('dishes.allow[0]'), 'The makers of “Potluck’ and nobody else” can read the title of those of your “nothing. Only you can read them” that are meant for them. They say why: “to help.’ They never look. ’Really”');
});

test('whose people decide is said, where a service leans on them', () => {
  const { collections } = full;
  const said = card(contract({ ...full, collections: { ...collections, dishes: { ...collections['dishes']!, allow: [{ who: { linked: ['close'] }, may: ['read'] }] } } }));
  assert.ok(said.redLines.includes('Whom you follow or call close decides who reads your dishes. Potluck does not keep that itself: it is in your People.'));
});
