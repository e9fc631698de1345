import assert from 'node:assert/strict';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openSqlite } from '../sqlite/port.ts';
import { ANYONE, type Caller } from '../firewall/caller.ts';
import { openTrialHouse, type Person } from '../testing/house.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo']);
after(() => trial.close());
const everybody = Object.values(trial.people);
const { ada, bob } = trial.people as Record<'ada' | 'bob', Person>;

/** The plainest account of what was done: a list of posts, and pairs of personas. */
interface Post { persona: string; key: string; created: number; audience: string; root: string; reply: boolean }
const posts: Post[] = [];
const follows = new Set<string>();
const blocks = new Set<string>();
const pair = (one: string, other: string) => `${one}/${other}`;

const blocked = (one: string | null, other: string) => one !== null && (blocks.has(pair(one, other)) || blocks.has(pair(other, one)));
const visible = (reader: string | null) => ({ persona, audience }: Post) => !blocked(reader, persona) && (audience === 'everyone' || reader !== null);
const byTime = (one: Post, other: Post) => one.created - other.created || (one.key < other.key ? -1 : 1);
const keys = (of: (post: Post) => boolean) => posts.filter(of).toSorted(byTime).map(({ key }) => key);
const newest = (of: (post: Post) => boolean) => keys(of).reverse();

const page = async (json: Promise<string>) => JSON.parse(await json) as { items: { key: string }[]; next: string | null; newest: string | null };
const keysOf = async (json: Promise<string>) => (await page(json)).items.map(({ key }) => key);
const ALL = { first: 10_000 };

async function checkAll(): Promise<void> {
  const { microblog } = trial.house;
  for (const reader of everybody) {
    const sees = visible(reader.persona);
    assert.deepEqual(await keysOf(microblog.houseTimeline(reader, ALL)), newest(sees), 'house');
    assert.deepEqual(await keysOf(microblog.home(reader, ALL)),
      newest((post) => sees(post) && (post.persona === reader.persona || follows.has(pair(reader.persona, post.persona)))), 'home');
  }
  for (const caller of [...everybody, ANYONE]) {
    const sees = visible('persona' in caller ? caller.persona : null);
    for (const { persona } of everybody) {
      assert.deepEqual(await keysOf(microblog.byPersona(caller, persona, { ...ALL, replies: true })), newest((post) => sees(post) && post.persona === persona), 'by, replies too');
      assert.deepEqual(await keysOf(microblog.byPersona(caller, persona, ALL)), newest((post) => sees(post) && post.persona === persona && !post.reply), 'by');
    }
    for (const post of posts.filter(sees)) {
      const due = keys((one) => sees(one) && one.root === post.root);
      assert.deepEqual((await threadOf(caller, post, 500)).flat().toSorted(), due.toSorted(), 'thread');
    }
  }
}

/** A conversation page by page. */
async function threadOf(caller: Caller, { persona, key }: Post, first: number): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after: string | null | undefined; after !== null;) {
    const { items, next } = JSON.parse(await trial.house.microblog.thread(caller, persona, key, { first, ...(after !== undefined && { after }) })) as { items: { key: string }[]; next: string | null };
    pages.push(items.map((item) => item.key));
    after = next;
  }
  return pages;
}

/** The same sequence for the same seed, so that a failure can be had again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

async function post(author: Person, audience: string, parent?: Post): Promise<void> {
  const { persona, key, body } = await trial.house.microblog.post(author, {
    text: 'words', audience, ...(parent ? { replyTo: { persona: parent.persona, key: parent.key } } : {}),
  });
  posts.push({ persona, key, created: body.createdAt, audience, root: parent?.root ?? pair(persona, key), reply: parent !== undefined });
}

async function remove(one: Post): Promise<void> {
  posts.splice(posts.indexOf(one), 1);
  await trial.house.microblog.remove(everybody.find(({ persona }) => persona === one.persona)!, one.key);
}

async function block(one: Person, other: Person): Promise<void> {
  const name = pair(one.persona, other.persona);
  const ends = blocks.delete(name);
  if (!ends) { blocks.add(name); follows.delete(name); }
  const { people } = trial.house;
  await (ends ? people.unblock : people.block)(one, other.persona);
}

async function follow(one: Person, other: Person): Promise<void> {
  const name = pair(one.persona, other.persona);
  const { people } = trial.house;
  const ends = follows.delete(name);
  if (!ends && blocked(one.persona, other.persona)) { await assert.rejects(people.follow(one, other.persona), { code: 'person_unknown' }); return; }
  if (!ends) follows.add(name);
  await (ends ? people.unfollow : people.follow)(one, other.persona);
}

/** A life of a house: every kind of thing happens, several in one tick and in one millisecond. */
async function live(seed: number, days: number): Promise<void> {
  const roll = dice(seed);
  const one = <T>(list: readonly T[]): T | undefined => list[roll(list.length)];
  for (let day = 0; day < days; day++) {
    const author = one(everybody)!;
    const other = one(everybody.filter((person) => person !== author))!;
    const works: Promise<void>[] = [];
    const does = roll(10);
    if (does < 5) for (let n = 0; n <= roll(3); n++) works.push(post(author, roll(2) ? 'everyone' : 'house', roll(2) ? one(posts.filter((parent) => parent.audience === 'everyone' && visible(author.persona)(parent))) : undefined));
    else if (does < 7 && posts.length > 0) works.push(remove(one(posts)!), post(other, 'house'));
    else if (does < 9) works.push(follow(author, other));
    else works.push(block(author, other));
    await Promise.all(works);
    trial.clock.ms += roll(3);
    if (roll(4) === 0) await checkAll();
  }
  await trial.house.outbox.idle();
  assert.ok(trial.errors.every((error) => (error as { code?: string }).code === 'denied'), 'only those who are blocked were told no');
  trial.errors.length = 0;
}

test('timelines, threads and people\'s pages are what a plain list of what was done says', async () => {
  await live(1, 60);
  await checkAll();
  assert.ok(posts.length > 15 && posts.some(({ reply }) => reply) && follows.size > 0, 'the history is no empty one');
});

test('cursors walk every post exactly once and in order, however small the page', async () => {
  const { microblog } = trial.house;
  const walks: [string, Caller, (query: object) => Promise<string>][] = [
    ['house', ada, (query) => microblog.houseTimeline(ada, query)], ['home', bob, (query) => microblog.home(bob, query)],
    ['by', ANYONE, (query) => microblog.byPersona(ANYONE, bob.persona, { ...query, replies: true })],
  ];
  for (const [name, , ask] of walks) {
    const whole = await keysOf(ask(ALL));
    for (const first of [1, 2, 7]) assert.deepEqual((await walk(ask, first)).flat(), whole, `${name} by ${first}`);
  }
});

test('a conversation is read page by page, every post exactly once, the way to the focus on the first', async () => {
  const { microblog } = trial.house;
  const say = async (text: string, parent?: { persona: string; key: string }) => {
    // Of posts of one moment the keys decide, which are drawn.
    trial.clock.ms++;
    return microblog.post(ada, { text, audience: 'everyone', ...(parent && { replyTo: { persona: parent.persona, key: parent.key } }) });
  };
  const root = await say('root');
  const first = await say('first', root), second = await say('second', root);
  const deep = await say('deep', first), deeper = await say('deeper', deep), last = await say('last', second);
  const names = new Map([root, first, second, deep, deeper, last].map(({ key, body }) => [key, body.text]));
  const read = async (of: { persona: string; key: string }, count: number) => (await threadOf(ANYONE, of as Post, count)).map((keysOfPage) => keysOfPage.map((key) => names.get(key)));
  assert.deepEqual(await read(root, 4), [['root', 'first', 'deep', 'deeper'], ['second', 'last']]);
  assert.deepEqual(await read(deep, 2), [['root', 'first', 'deep', 'deeper'], ['second', 'last']], 'what leads there is on the first page, however short that is');
  assert.deepEqual(await read(last, 1), [['root', 'second', 'last'], ['first'], ['deep'], ['deeper']]);
  const { next } = JSON.parse(await microblog.thread(ANYONE, root.persona, root.key, { first: 3 })) as { next: string };
  await microblog.remove(ada, deep.key);
  const rest = JSON.parse(await microblog.thread(ANYONE, root.persona, root.key, { first: 3, after: next })) as { items: { key: string }[]; missing: { key: string }[] };
  assert.deepEqual(rest.items.map(({ key }) => names.get(key)), ['root', 'first', 'second'], 'where the post that one had come to is gone, it begins anew');
  assert.deepEqual(rest.missing, []);
  const end = JSON.parse(await microblog.thread(ANYONE, root.persona, root.key, { first: 1, after: Buffer.from(`${last.body.createdAt}.${last.key}`).toString('base64url') })) as { items: { key: string }[]; missing: { key: string }[] };
  assert.deepEqual([end.items.map(({ key }) => names.get(key)), end.missing.map(({ key }) => names.get(key))], [['deeper'], ['deep']], 'what answers something that is gone comes last, and says so');
  await assert.rejects(microblog.thread(ANYONE, root.persona, root.key, { after: 'AAAA' }), { code: 'bad_cursor' });
  for (const one of [deeper, last, first, second, root]) await microblog.remove(ada, one.key);
});

async function walk(ask: (query: { first: number; before?: string }) => Promise<string>, first: number, between: () => Promise<void> = async () => {}): Promise<string[][]> {
  const pages: string[][] = [];
  for (let before: string | null | undefined; before !== null;) {
    const { items, next } = await page(ask({ first, ...(before === undefined ? {} : { before }) }));
    assert.ok(items.length <= first);
    pages.push(items.map(({ key }) => key));
    before = next;
    await between();
  }
  return pages;
}

test('a walk misses and repeats nothing, whatever is posted and removed on the way', async () => {
  const { microblog } = trial.house;
  const sees = visible(ada.persona);
  const atFirst = newest(sees);
  const walked = (await walk((query) => microblog.houseTimeline(ada, query), 3, async () => {
    trial.clock.ms += 1;
    await Promise.all([post(ada, 'house'), posts.length > 4 ? remove(posts.filter(sees)[1]!) : undefined]);
  })).flat();
  assert.equal(new Set(walked).size, walked.length, 'nothing twice');
  const still = newest(sees).filter((key) => atFirst.includes(key));
  assert.ok(still.length > 2 && still.length < atFirst.length);
  assert.deepEqual(walked.filter((key) => still.includes(key)), still, 'whatever was there all the time');
});

test('after a cursor come the newer posts, and none when there are none', async () => {
  const { microblog } = trial.house;
  const { newest: mark } = await page(microblog.houseTimeline(ada, { first: 5 }));
  assert.deepEqual(await page(microblog.houseTimeline(ada, { after: mark! })), { items: [], people: {}, next: null, newest: mark });
  trial.clock.ms += 1;
  await post(ada, 'house');
  const late = await page(microblog.houseTimeline(ada, { after: mark! }));
  assert.deepEqual(late.items.map(({ key }) => key), [posts.at(-1)!.key]);
  assert.notEqual(late.newest, mark);
  await assert.rejects(microblog.houseTimeline(ada, { before: 'nonsense' }), { code: 'bad_cursor' });
});

test('built anew the views are the same, and questions asked meanwhile get whole answers', async () => {
  const { views, microblog } = trial.house;
  const told: number[] = [];
  let posting: Promise<unknown> = Promise.resolve();
  const before = posts.map(({ key }) => key);
  const building = views.reindex((done, of) => {
    if (done === 1) posting = Promise.all(everybody.map((author) => post(author, 'everyone')));
    told.push(done / of);
  });
  const during = keysOf(microblog.houseTimeline(ada, ALL));
  await building;
  await posting;
  assert.deepEqual(told, [1 / 3, 2 / 3, 1]);
  const known = (key: string) => before.includes(key);
  assert.deepEqual((await during).filter(known), newest(visible(ada.persona)).filter(known), 'asked while it was being built');
  await checkAll();
});

test('a lost views.db is made again from the pods', async () => {
  await trial.shut();
  for (const end of ['', '-wal', '-shm']) rmSync(join(trial.folder, `views.db${end}`), { force: true });
  await trial.open();
  await checkAll();
});

test('what a crash between the two commits left out is taken in at the next boot', async () => {
  const [file, older] = ['views.db', 'views.old'].map((name) => join(trial.folder, name)) as [string, string];
  await trial.shut();
  copyFileSync(file, older);
  await trial.open();
  await live(2, 20);
  await trial.shut();
  copyFileSync(older, file);
  await trial.open();
  await checkAll();
});

test('what was taken in is marked, so that a boot reads only what is new', async () => {
  const files = new Map(Object.keys(trial.people).map((handle) => [trial.house.household.byHandle(handle)!.pod, trial.podFile(handle)]));
  await Promise.all(everybody.map((author) => post(author, 'everyone')));
  await trial.shut();
  const marks = rowsOf(join(trial.folder, 'views.db'), 'SELECT pod, pos FROM fed');
  const newestOf = (file: string) => rowsOf(file, "SELECT max(pos) AS pos FROM rows WHERE service IN ('microblog', 'people')")[0]!['pos'];
  assert.deepEqual(new Map(marks.map(({ pod, pos }) => [pod, pos])), new Map([...files].map(([pod, file]) => [pod, newestOf(file)])));
  await trial.open();
});

function rowsOf(file: string, sql: string) {
  const db = openSqlite(file, { durability: 'normal' });
  try { return db.prepare(sql).all(); } finally { db.close(); }
}

test('what the views could not take in is told, kept and taken in later; a first post reaches those who asked before', async (t) => {
  const fresh = await openTrialHouse(['ada', 'bob']);
  t.after(() => fresh.close());
  const { ada: one, bob: other } = fresh.people as Record<'ada' | 'bob', Person>;
  const sees = () => keysOf(fresh.house.microblog.houseTimeline(other, ALL));
  assert.deepEqual(await sees(), []);
  const db = openSqlite(join(fresh.folder, 'views.db'), { durability: 'normal' });
  db.exec("CREATE TRIGGER broken BEFORE INSERT ON posts BEGIN SELECT RAISE(ABORT, 'the disk says no'); END");
  const { key } = await fresh.house.microblog.post(one, { text: 'the first', audience: 'everyone' });
  assert.deepEqual(await sees(), [], 'an answer all the same');
  assert.match(String(fresh.errors[0]), /the disk says no/);
  db.exec('DROP TRIGGER broken');
  db.close();
  assert.deepEqual(await sees(), [key]);
  const { key: second } = await fresh.house.microblog.post(one, { text: 'the first for the house', audience: 'house' });
  assert.deepEqual((await sees()).sort(), [key, second].sort());
});

test('a damaged pod is its own person\'s trouble', async () => {
  await post(bob, 'everyone');
  const file = trial.podFile('bob');
  await trial.shut();
  const db = openSqlite(file, { durability: 'full' });
  db.exec('UPDATE statements SET signed = substr(signed, 2) WHERE height = 1');
  db.close();
  await trial.open();
  await post(ada, 'everyone');
  assert.deepEqual(await keysOf(trial.house.microblog.houseTimeline(ada, ALL)), newest((one) => visible(ada.persona)(one) && one.persona !== bob.persona));
  const listed = trial.house.people.list(ada).map(({ handle }) => handle);
  assert.deepEqual([listed.includes('ada'), listed.includes('bob')], [true, false]);
  await assert.rejects(post(bob, 'everyone'), { code: 'pod_damaged' });
  assert.ok(trial.errors.every((error) => (error as { code?: string }).code === 'pod_damaged') && trial.errors.length > 0);
  trial.errors.length = 0;
});

test('a post that is edited stands in a timeline that was asked before once, and one that is removed not at all', async () => {
  const { microblog } = trial.house;
  const { key } = await microblog.post(ada, { text: 'Once', audience: 'house' });
  const standing = async () => (await keysOf(microblog.houseTimeline(ada, ALL))).filter((one) => one === key).length;
  assert.equal(await standing(), 1);
  await microblog.edit(ada, key, { text: 'Once more' });
  assert.equal(await standing(), 1);
  await microblog.remove(ada, key);
  assert.equal(await standing(), 0);
});

test('closing finishes what was asked before, and listeners hear of it', async () => {
  const heard: string[] = [];
  trial.house.microblog.live(ada, ({ type }) => heard.push(type));
  const posting = post(ada, 'house');
  await trial.shut();
  await posting;
  assert.deepEqual(heard, ['post']);
  await trial.open();
  assert.ok((await keysOf(trial.house.microblog.home(ada, ALL))).includes(posts.at(-1)!.key));
});
