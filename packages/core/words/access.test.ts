import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { accessSentence, thingWords, type Access } from '../index.ts';

const VERBS = ['read', 'add', 'change', 'remove', 'watch', 'count', 'search'];
const line = (more: Partial<Access>): Access => ({ service: 'microblog', collection: 'posts', verb: 'read', who: 'person', audience: null, refused: false, rule: null, n: 1, ...more });
const what = (more: Partial<Access>): string => accessSentence(line(more), 'en').what;

interface Contract { service: { name: string }; collections: Record<string, { label?: { one: string; many: string } }> }
const contracts = ['microblog', 'people', 'news'].map((name) => JSON.parse(readFileSync(new URL(`../../../spec/contracts/${name}.json`, import.meta.url), 'utf8')) as Contract);

test('every verb on every collection of the built-in contracts has words of our own', () => {
  for (const { service, collections } of contracts) {
    for (const collection of Object.keys(collections)) {
      for (const verb of VERBS) {
        for (const refused of [false, true]) {
          const of = (n: number, label: Access['label'] = null) => what({ service: service.name, collection, verb, refused, n, label });
          const said = of(3);
          assert.match(said, /^[a-z].*[a-z0-9]$/, `${service.name}.${collection}.${verb}`);
          // Not what a contract calls it: the glossary knows it.
          assert.equal(of(3, { one: 'ZZZ', many: 'ZZZ' }), said, `${service.name}.${collection}`);
        }
      }
    }
  }
});

test('a line in words', () => {
  assert.equal(what({ n: 3 }), 'read 3 of your posts');
  assert.equal(what({ n: 12_431 }), 'read 12,431 of your posts');
  assert.equal(what({}), 'read one of your posts');
  assert.equal(what({ service: 'people', collection: 'profile', n: 4 }), 'read your profile, 4 times');
  assert.equal(what({ collection: 'reactions', verb: 'add', n: 2 }), 'liked, boosted or quoted posts of yours, 2 times');
  assert.equal(what({ service: 'people', collection: 'followers', verb: 'add', refused: true, rule: 'no_rule' }), 'follow you');
  assert.equal(what({ service: 'house', collection: 'session', verb: 'add', refused: true, rule: 'wrong_passphrase', who: 'anyone' }), 'log in as you');
  assert.equal(what({ service: '', collection: '', verb: '', rule: 'more', n: 7 }), 'did more, of many kinds: 7 things');
  assert.equal(accessSentence(line({ audience: 'house', who: 'housemates' }), 'en').why, 'Your house may read this.');
  assert.equal(accessSentence(line({ collection: 'reactions', verb: 'add' }), 'en').why, 'Whoever may read a post may like it.');
  assert.equal(accessSentence(line({ refused: true, rule: 'no_audience' }), 'xx').why, 'It was not meant for them. Nothing was given.');
});

test('what a service itself writes is said with its reason, in both languages', () => {
  const said = (verb: string, locale: string, n = 1) => { const { what: does, why } = accessSentence(line({ service: 'A'.repeat(43), collection: 'days', verb, n, who: 'service', label: { one: 'day', many: 'days' }, because: 'to say which day it is' }), locale); return `${does}. ${why}`; };
  assert.equal(said('add', 'en', 2), 'added 2 to your days. Its contract lets it: “to say which day it is”');
  assert.equal(said('change', 'en'), 'changed one of your days. Its contract lets it: “to say which day it is”');
  assert.equal(said('remove', 'en', 3), 'removed 3 of your days. Its contract lets it: “to say which day it is”');
  assert.equal(said('add', 'de'), 'hat etwas hinzugefügt: day. Sein Vertrag lässt ihn: „to say which day it is“');
});

test('what has no words of ours goes by the labels of its contract, then by its name', () => {
  const dishes = { service: 'potluck', collection: 'main_dishes', n: 2 };
  assert.equal(what({ ...dishes, label: { one: 'dish', many: 'dishes' } }), 'read 2 of your dishes');
  assert.equal(what(dishes), 'read 2 of your main dishes');
  assert.equal(what({ ...dishes, refused: true, rule: 'x', verb: 'add' }), 'add to your main dishes');
});

test('what records are called', () => {
  assert.deepEqual(thingWords('microblog', 'posts', 'en'), { one: 'post', many: 'posts' });
  assert.deepEqual(thingWords('x', 'main_dishes', 'en', { one: 'dish', many: 'dishes' }), { one: 'dish', many: 'dishes' });
});

test('whatever stands in a line, it has words', () => {
  const name = fc.constantFrom('', 'microblog', 'house', '__proto__', 'constructor', 'toString', 'a_b');
  fc.assert(fc.property(name, name, name, fc.option(name), fc.boolean(), fc.nat(), (service, collection, verb, rule, refused, n) => {
    const said = accessSentence(line({ service, collection, verb, rule, refused, n }), 'en');
    for (const text of [said.what, said.why]) assert.doesNotMatch(text, /undefined|\[object|function|\{n\}/);
  }));
});

test('German has words for the same, none of them English, and orders them in its own way', () => {
  const german = (more: Partial<Access>) => accessSentence(line(more), 'de');
  for (const { service, collections } of contracts) {
    for (const collection of Object.keys(collections)) {
      for (const verb of VERBS) {
        for (const refused of [false, true]) {
          const of = (n: number, label: Access['label'] = null) => german({ service: service.name, collection, verb, refused, n, label }).what;
          assert.notEqual(of(3), what({ service: service.name, collection, verb, refused, n: 3 }));
          assert.doesNotMatch(of(3), /\byour?\b|undefined|\{n\}/);
          assert.match(of(1), refused ? /[er]n$/ : /^(?:hat|folgt|lässt|zeigt) /, `${service.name}.${collection}.${verb}`);
          assert.equal(of(3, { one: 'ZZZ', many: 'ZZZ' }), of(3), `${service.name}.${collection}`);
        }
      }
    }
  }
  assert.equal(german({ n: 12_431 }).what, 'hat 12.431 deiner Beiträge gelesen');
  assert.equal(german({}).what, 'hat einen deiner Beiträge gelesen');
  assert.equal(german({ service: 'people', collection: 'profile', n: 4 }).what, 'hat dein Profil gelesen, 4-mal');
  assert.equal(german({ refused: true, rule: 'no_audience', n: 2 }).what, 'deine Beiträge lesen');
  assert.equal(german({ refused: true, rule: 'no_audience' }).why, 'Es war nicht für sie bestimmt. Nichts wurde gegeben.');
  assert.equal(german({ service: 'potluck', collection: 'main_dishes', n: 2, label: { one: 'dish', many: 'dishes' } }).what, 'hat 2 deiner Einträge „dishes“ gelesen');
  const name = fc.constantFrom('', 'microblog', 'house', '__proto__', 'constructor', 'toString', 'a_b');
  fc.assert(fc.property(name, name, name, fc.option(name), fc.boolean(), fc.nat(), (service, collection, verb, rule, refused, n) => {
    for (const text of Object.values(german({ service, collection, verb, rule, refused, n }))) assert.doesNotMatch(text, /undefined|\[object|function|\{n\}/);
  }));
});

test('every reason has words in both languages', () => {
  for (const rule of ['blocked', 'paused', 'unknown_collection', 'no_rule', 'narrowed', 'no_audience', 'no_field', 'no_offer', 'wrong_offer', 'wrong_key', 'not_granted', 'app_origin_gone', 'service_paused', 'token_services', 'token_read_only', 'token_not_here', 'wrong_passphrase', 'wrong_passkey', 'wrong_recovery', 'recovery_unknown', 'way_unknown', 'wrong_invite', 'wrong_code']) {
    const [en, de, none] = [['en', rule], ['de', rule], ['de', 'of another kind']].map(([locale, because]) => accessSentence(line({ refused: true, rule: because! }), locale!).why);
    assert.notEqual(en, de);
    assert.notEqual(de, none, rule);
  }
});
