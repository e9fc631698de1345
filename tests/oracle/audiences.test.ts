import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ANYONE, type Caller } from '../../packages/house/src/firewall/caller.ts';
import type { NewPost } from '../../packages/house/src/services/microblog/index.ts';
import { openTrialHouse, type Person } from '../../packages/house/src/testing/house.ts';
import { makeRandom } from './random.ts';

/*
 * No audience ever widens: five people live for a while, and whatever any of them can get hold of, in any way there is, holds only words
 * that are for them. Every wording is unlike any other, so that it is found in whatever answer holds it. The account below is kept
 * beside the house; no code is shared.
 */
interface Words { text: string; author: string; key: string; audience: string; before: string[]; gone: boolean; handed: { to: Words; atMost: string } | null; dropped: boolean }

const trial = await openTrialHouse(['ada', 'bob', 'cy', 'dee', 'eve']);
after(() => trial.close());
const { microblog, people, news, gate, outbox, views } = trial.house;
const persons: readonly Person[] = Object.values(trial.people);
const FIVE = ['only-me', 'close', 'followers', 'house', 'everyone'];
const SERVICE = 'microblog';

const words: Words[] = [];
const pairs = new Map<string, Set<string>>(['block', 'close', 'follower', 'follow', 'asked', 'request'].map((name) => [name, new Set()]));
const locked = new Set<string>();
const has = (relation: string, one: string, other: string): boolean => pairs.get(relation)!.has(`${one}>${other}`);
const set = (relation: string, one: string, other: string, on: boolean): void => { if (on) pairs.get(relation)!.add(`${one}>${other}`); else pairs.get(relation)!.delete(`${one}>${other}`); };
const apart = (one: string, other: string): boolean => one !== other && (has('block', one, other) || has('block', other, one));

/** Is this reader among those for whom the owner's words of an audience are? */
function isIn(audience: string, owner: string, reader: string | null): boolean {
  if (reader === owner) return true;
  if (reader !== null && apart(owner, reader)) return false;
  if (audience === 'everyone') return true;
  if (reader === null || audience === 'only-me') return false;
  if (audience === 'house') return true;
  return has('close', owner, reader) || (audience === 'followers' && has('follower', owner, reader));
}

const mayRead = ({ author, audience, gone }: Words, reader: string | null): boolean => !gone && isIn(audience, author, reader);

/** A reply that is handed on is for who may read the post, and was among its readers' kind when it was written. */
function mayHear(one: Words, reader: string | null): boolean {
  if (mayRead(one, reader)) return true;
  if (one.gone || one.dropped || one.handed === null || one.handed.to.gone) return false;
  const { to, atMost } = one.handed;
  if (apart(to.author, one.author) || (reader !== null && apart(reader, one.author))) return false;
  return reader === to.author || (isIn(atMost, to.author, reader) && isIn(to.audience, to.author, reader));
}

let serial = 0;
/** How often somebody heard a reply that another kept. */
let keptHeard = 0;
const fresh = (): string => `<<${++serial}>>`;
/** Who may find a wording: the present one, or one of the past. */
const owners = new Map<string, Words>();

function judge(text: string, reader: string | null, where: string): number {
  let found = 0;
  for (const [token] of text.matchAll(/<<\d+>>/g)) {
    const one = owners.get(token)!;
    const isPast = one.text !== token;
    // What lies in one's own pod is one's own to look at by hand, until whoever is blocked can be heard again and takes it back.
    const isMine = reader === one.handed?.to.author && where.includes('query of replies') && apart(reader, one.author);
    const may = isMine || (isPast ? one.before.includes(token) && mayRead(one, reader) : mayHear(one, reader));
    assert.ok(may, `${where} tells ${token}, which is for ${one.audience} of ${name(one.author)} ${JSON.stringify({ ...one.handed, to: one.handed?.to.audience })}`);
    if (one.handed && reader !== one.author) keptHeard++;
    found++;
  }
  return found;
}

const name = (persona: string | null): string => Object.entries(trial.people).find(([, one]) => one.persona === persona)?.[0] ?? 'anyone';
const known = (one: Words): boolean => !one.gone;
const said = async (work: Promise<string>): Promise<string> => work.catch((error: { code?: string }) => (error.code === undefined ? Promise.reject(error as Error) : ''));

/** Nobody whom a block parts from the reader is named as having done anything: written, passed on, liked, answered, followed. */
function judgeNames(value: unknown, reader: string | null, where: string): void {
  if (reader === null || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) { for (const one of value) judgeNames(one, reader, where); return; }
  const { persona, by, who, missing: _missing, people: _people, replyTo: _replyTo, root: _root, quote: _quote, mentions: _mentions, ...more } = value as Record<string, unknown>;
  const doers = [persona, by, ...Array.isArray(who) ? who : []].filter((one) => typeof one === 'string');
  for (const one of doers) assert.ok(!apart(one, reader), `${where} names ${name(one)} in ${JSON.stringify(value)}`);
  for (const one of Array.isArray(_people) ? _people : []) judgeNames(one, reader, where);
  for (const one of Object.values(more)) judgeNames(one, reader, where);
}

/** What one reads by, beside timelines. */
async function findAll(caller: Person, ask: (where: string, work: Promise<string>) => Promise<void>): Promise<void> {
  const some = words.filter(() => random.once(8)).map(({ text }) => /\d+/.exec(text)![0]);
  const searches = [...some.map((q) => ({ q })), { q: '#choir' }, { q: 'said', in: 'own' }, { q: `from:${random.pick(['ada', 'bob', 'cy'])} said` }, { q: '', tag: 'choir' }, { q: 'somebody' }];
  for (const query of searches) await ask(`a search for ${JSON.stringify(query)}`, microblog.search(caller, { first: 100, ...query }));
  await ask('a tag', microblog.tag(caller, 'Chöir', { first: 500 }));
  await ask('bookmarks', microblog.bookmarks(caller, { first: 500 }));
  await ask('catching up', microblog.catchUp(caller, 72));
  const { lists } = JSON.parse(microblog.lists(caller)) as { lists: { key: string }[] };
  for (const { key } of lists) await ask('a list', microblog.listPosts(caller, key, { first: 500 }));
  await ask('lists', Promise.resolve(microblog.lists(caller)));
  for (const one of mine(caller).filter(() => random.once(4))) await ask('who quotes', microblog.quotesOf(caller, refTo(one), {}));
}

/** Everything that somebody can ask. Answers how many wordings they found. */
async function readAll(caller: Caller): Promise<number> {
  const reader = 'persona' in caller ? caller.persona : null;
  const answers: [string, string][] = [];
  const ask = async (where: string, work: Promise<string>) => { answers.push([where, await said(work)]); };
  if ('persona' in caller) {
    await ask('the house', microblog.houseTimeline(caller, { first: 500 }));
    await ask('home', microblog.home(caller, { first: 500 }));
    await ask('news', news.list(caller, { first: 100 }));
    await findAll(caller, ask);
  }
  for (const { persona } of persons) {
    await ask(`the page of ${name(persona)}`, microblog.byPersona(caller, persona, { first: 500, replies: true }));
    for (const collection of ['posts', 'post_versions', 'replies', 'reactions', 'likes', 'moves', 'boosts', 'bookmarks', 'mutes', 'votes', 'ballots', 'unquoted', 'pins', 'lists']) {
      const target = { persona, service: SERVICE, collection };
      await ask(`a query of ${collection} of ${name(persona)}`, gate.data.query(caller, target, { first: 500 }));
      if (collection !== 'posts') continue;
      const { count } = await gate.data.count(caller, target, {}).catch(() => ({ count: 0 }));
      assert.equal(count, words.filter((one) => one.author === persona && mayRead(one, reader)).length, `${name(reader)} counts posts of ${name(persona)}`);
    }
  }
  for (const one of words.filter(known)) {
    await ask(`thread ${one.text}`, microblog.thread(caller, one.author, one.key));
    await ask(`history ${one.text}`, microblog.versions(caller, { persona: one.author, key: one.key }).then((list) => JSON.stringify(list)));
    await ask(`record ${one.text}`, Promise.resolve(gate.get(caller, one.author, SERVICE, 'posts', one.key) ?? ''));
  }
  for (const [where, text] of answers) if (text !== '' && !where.includes('a query') && !where.startsWith('lists')) judgeNames(JSON.parse(text), reader, `${name(reader)}: ${where}`);
  return answers.reduce((sum, [where, text]) => sum + judge(text, reader, `${name(reader)}: ${where}`), 0);
}

const random = makeRandom(7);
const anyOf = <T>(list: readonly T[]): T | undefined => (list.length > 0 ? random.pick(list) : undefined);
const two = (): [Person, Person] => { const one = random.pick(persons); return [one, random.pick(persons.filter((other) => other !== one))]; };
const refTo = (one: Words) => ({ persona: one.author, key: one.key });
const REFUSED = ['reply_too_wide', 'quote_not_allowed', 'quote_too_wide', 'few_words_only'];
const mine = (of: Person): Words[] => words.filter((one) => known(one) && one.author === of.persona);

function drop(one: Words): void {
  one.gone = true;
  for (const other of words) if (other.handed?.to === one) other.dropped = true;
}

/** What is said beside the words that matter: to somebody, under a tag, with a warning, and who may quote it. */
const spoken = (text: string): Pick<NewPost, 'text' | 'warning' | 'quotes'> => ({
  text: `${text} said to @${name(random.pick(persons).persona)} ${random.once(3) ? '#chöir' : ''}`, ...(random.once(4) ? { warning: text } : {}),
  ...(random.once(3) ? { quotes: random.pick(['anyone', 'followers', 'nobody'] as const) } : {}),
});

async function write(): Promise<void> {
  const author = random.pick(persons);
  const heard = words.filter((one) => mayHear(one, author.persona));
  const few = heard.filter((one) => one.author !== author.persona && (one.handed || ['close', 'followers'].includes(one.audience)));
  const parent = random.once(2) ? undefined : anyOf(few.length > 0 && random.once(2) ? few : heard);
  const text = fresh();
  const audience = parent && few.includes(parent) ? 'only-me' : random.pick(FIVE);
  const quoted = random.once(4) ? anyOf(heard) : undefined;
  const wanted = { ...spoken(text), audience, ...(parent ? { replyTo: refTo(parent) } : {}), ...(quoted ? { quote: refTo(quoted) } : {}) };
  const made = await microblog.post(author, wanted).catch((error: { code?: string }) => {
    // Kept replies may be gone for some whom they would be for.
    if (!REFUSED.includes(error.code ?? '') && !(error.code === 'post_unknown' && (parent?.handed || quoted))) throw error;
    return null;
  });
  if (!made) return;
  const to = parent?.handed ? parent.handed.to : parent;
  const isHanded = made.keptBy !== undefined;
  // The words are for nobody whom what they answer is not for.
  const atMost = parent?.handed ? (FIVE.indexOf(made.audience) < 2 ? made.audience : parent.handed.atMost) : parent?.audience ?? '';
  const one: Words = { text, author: author.persona, key: made.key, audience, before: [], gone: false, handed: isHanded ? { to: to!, atMost } : null, dropped: false };
  owners.set(text, one);
  words.push(one);
}

const STEPS: readonly (() => Promise<unknown>)[] = [
  write, write, write, write, write,
  async () => {
    const one = anyOf(mine(random.pick(persons)));
    if (!one) return;
    const text = fresh();
    owners.set(text, one);
    one.before.push(one.text);
    one.text = text;
    await microblog.edit(asPerson(one), one.key, { text: `${text} said anew #choir`, warning: random.once(3) ? text : null });
  },
  async () => {
    const answered = words.filter((each) => known(each) && words.some((reply) => known(reply) && !reply.dropped && reply.handed?.to === each));
    const one = random.once(2) ? anyOf(answered) : anyOf(mine(random.pick(persons)));
    if (!one) return;
    const audience = random.pick(FIVE);
    const was = one.audience;
    one.audience = audience;
    // Words that were handed on stay where their author has them.
    await microblog.setAudience(asPerson(one), one.key, audience).catch((error: { code?: string }) => { assert.equal(error.code, 'reply_too_wide'); one.audience = was; });
  },
  async () => { const one = anyOf(mine(random.pick(persons))); if (one && random.once(2)) { drop(one); await microblog.remove(asPerson(one), one.key); } },
  async () => { const one = anyOf(words.filter((post) => known(post) && post.handed)); if (one && random.once(3)) { await microblog.removeKept(byPersona(one.handed!.to.author), { persona: one.author, key: one.key }).then(() => { one.dropped = true; }, () => {}); } },
  async () => { const one = anyOf(mine(random.pick(persons))); if (one) { one.before = []; await microblog.forget(asPerson(one), one.key); } },
  async () => { const [one, other] = two(); const on = random.once(3); if (on) block(one, other); else set('block', one.persona, other.persona, false); await (on ? people.block : people.unblock)(one, other.persona); },
  async () => { const [one, other] = two(); set('block', one.persona, other.persona, false); await people.unblock(one, other.persona); },
  async () => { const [one, other] = two(); if (apart(one.persona, other.persona)) return; const on = !random.once(3); set('close', one.persona, other.persona, on); await (on ? people.close : people.notClose)(one, other.persona); },
  async () => { const [one, other] = two(); if (apart(one.persona, other.persona)) return; await people.follow(one, other.persona); follow(one.persona, other.persona); },
  async () => { const [one, other] = two(); if (apart(one.persona, other.persona)) return; await people.follow(one, other.persona); follow(one.persona, other.persona); },
  async () => { const [one, other] = two(); await people.unfollow(one, other.persona); unfollow(one.persona, other.persona); },
  async () => { const one = random.pick(persons); const on = random.once(2); if (on) locked.add(one.persona); else locked.delete(one.persona); await people.setProfile(one, { name: 'Somebody', locked: on }); },
  async () => { const [one, other] = two(); await people.accept(one, other.persona).then(() => { accepted(one.persona, other.persona); }, () => {}); },
  async () => { const [one, other] = two(); if (has('follower', one.persona, other.persona)) set('close', one.persona, other.persona, false); set('follower', one.persona, other.persona, false); await people.removeFollower(one, other.persona); },
  async () => { const [one] = two(); const post = anyOf(words.filter((each) => mayHear(each, one.persona))); if (post) await microblog.like(one, { persona: post.author, key: post.key }).catch(() => {}); },
  // What is passed on, kept for later, pinned, quoted no more.
  async () => { const [one] = two(); const post = anyOf(words.filter((each) => mayHear(each, one.persona))); if (post) await microblog.boost(one, refTo(post)).catch(() => {}); },
  async () => { const [one] = two(); const post = anyOf(words.filter((each) => mayHear(each, one.persona))); if (post) await microblog.boost(one, refTo(post)).catch(() => {}); },
  async () => { const [one] = two(); const post = anyOf(words.filter(known)); if (post) await (random.once(3) ? microblog.unboost : microblog.unbookmark)(one, refTo(post)); },
  async () => { const [one] = two(); const post = anyOf(words.filter((each) => mayHear(each, one.persona))); if (post) await microblog.bookmark(one, refTo(post)).catch(() => {}); },
  async () => { const [one] = two(); const post = anyOf(words.filter((each) => mayHear(each, one.persona))); if (post && random.once(3)) await (random.once(2) ? microblog.mute : microblog.unmute)(one, refTo(post)).catch(() => {}); },
  async () => { const one = anyOf(mine(random.pick(persons))); if (one) await (random.once(3) ? microblog.unpin : microblog.pin)(asPerson(one), one.key).catch(() => {}); },
  async () => { const one = anyOf(mine(random.pick(persons))); const by = anyOf(words.filter(known)); if (one && by) await microblog.withdraw(asPerson(one), one.key, refTo(by)).catch(() => {}); },
  // The data API: an owner says anew whom a post is for; a stranger tries what offers are for.
  async () => {
    const one = anyOf(mine(random.pick(persons)).filter(({ handed }) => handed === null));
    if (!one) return;
    const person = asPerson(one);
    const { body } = JSON.parse(gate.get(person, one.author, SERVICE, 'posts', one.key)!) as { body: object };
    one.audience = random.pick(FIVE);
    await gate.data.put(person, { persona: one.author, service: SERVICE, collection: 'posts' }, { items: [{ key: one.key, body, audience: one.audience }] });
    await microblog.tidy(one.author);
  },
  async () => {
    const [one, other] = two();
    const post = anyOf(words.filter((each) => known(each) && each.author === other.persona && !mayRead(each, one.persona)));
    const tries: [string, string, object][] = [
      [SERVICE, 'posts', { text: 'stranger', createdAt: 1 }], ['people', 'links', { persona: one.persona, relation: 'close', createdAt: 1 }],
      ['people', 'accepted', { persona: one.persona, createdAt: 1 }], ['people', 'followers', { persona: random.pick(persons).persona, relation: 'follower', createdAt: 1 }],
      [SERVICE, 'replies', { text: 'stranger', createdAt: 1, post: 'x', under: post?.key ?? 'x', audience: 'followers', replyTo: { persona: other.persona, key: post?.key ?? 'x' }, root: { persona: other.persona, key: post?.key ?? 'x' } }],
    ];
    const [service, collection, body] = random.pick(tries);
    const isTrue = collection === 'followers' && (body as { persona: string }).persona === one.persona && !apart(one.persona, other.persona)
      && (!locked.has(other.persona) || has('follower', other.persona, one.persona));
    // Whoever was asked may say yes this way, too.
    const isYes = collection === 'accepted' && has('asked', other.persona, one.persona);
    await gate.data.put(one, { persona: other.persona, service, collection }, { items: [{ body }] }).then(() => {
      assert.ok(isTrue || isYes, `${collection} took ${JSON.stringify(body)}`);
      if (isTrue) set('follower', other.persona, one.persona, true);
      else { set('asked', other.persona, one.persona, false); set('follow', other.persona, one.persona, true); }
    }, () => {});
  },
];

const byPersona = (persona: string): Person => persons.find((one) => one.persona === persona)!;
const asPerson = ({ author }: Words): Person => byPersona(author);

function block({ persona: one }: Person, { persona: other }: Person): void {
  set('block', one, other, true);
  for (const relation of ['close', 'follower', 'follow', 'asked', 'request']) { set(relation, one, other, false); set(relation, other, one, false); }
}

function follow(one: string, other: string): void {
  if (has('follow', one, other)) return;
  if (!locked.has(other)) { set('asked', one, other, false); set('request', other, one, false); set('follow', one, other, true); set('follower', other, one, true); return; }
  set('asked', one, other, true);
  if (has('follower', other, one)) accepted(other, one); else set('request', other, one, true);
}

function accepted(owner: string, asker: string): void {
  set('request', owner, asker, false);
  set('follower', owner, asker, true);
  if (has('asked', asker, owner)) { set('asked', asker, owner, false); set('follow', asker, owner, true); }
}

function unfollow(one: string, other: string): void {
  const told = has('follow', one, other) || has('asked', one, other);
  set('follow', one, other, false);
  set('asked', one, other, false);
  if (told) { set('follower', other, one, false); set('request', other, one, false); }
}

test('whatever happens among five people, nobody gets hold of words that are not for them', async () => {
  for (const one of persons) await microblog.addList(one, { name: 'all', people: persons.map(({ persona }) => persona), replies: true });
  const heard: [string | null, string][] = [];
  const ends = persons.flatMap((one) => [microblog.live, news.live].map((live) => live(one, ({ data }) => { heard.push([one.persona, data]); })));
  let found = 0;
  for (let step = 1; step <= 400; step++) {
    trial.clock.ms += 1 + random.below(2000);
    await random.pick(STEPS)();
    await outbox.idle();
    for (let i = 0; i < 4; i++) { await views.ask(() => {}); await new Promise(setImmediate); }
    for (const [reader, data] of heard.splice(0)) found += judge(data, reader, `a live event to ${name(reader)} in step ${step}`);
    if (step % 20 === 0) for (const caller of [...persons, ANYONE]) found += await readAll(caller);
  }
  for (const end of ends) end();
  assert.ok(found > 5000 && keptHeard > 100, `only ${found} wordings were found, ${keptHeard} of them kept`);
  assert.deepEqual(trial.errors.map((error) => (error as { code?: string }).code).filter((code) => !['denied', 'post_unknown', 'not_asked'].includes(code ?? '')), []);
});
