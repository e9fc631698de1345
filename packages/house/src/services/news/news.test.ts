import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openTrialHouse, type Person } from '../../testing/house.ts';
import { openSqlite } from '../../sqlite/port.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo', 'dee']);
after(() => trial.close());
const everybody = Object.values(trial.people);
const { ada, bob, cleo, dee } = trial.people as Record<'ada' | 'bob' | 'cleo' | 'dee', Person>;

interface Item { id: string; kind: string; time: number; unread: boolean; who: string[]; more: number; post?: { key: string; likes?: { people: { handle: string }[]; more: number } } }
interface Page { items: Item[]; people: Record<string, { handle: string }>; next: string | null; newest: string | null; unread: number }
const news = async (of: Person, query: object = {}): Promise<Page> => JSON.parse(await trial.house.news.list(of, query)) as Page;
const settled = () => trial.house.outbox.idle();
const post = async (of: Person, text: string, replyTo?: { persona: string; key: string }) => {
  trial.clock.ms += 1000;
  return trial.house.microblog.post(of, { text, audience: 'house', ...(replyTo ? { replyTo } : {}) });
};
const like = async (of: Person, ref: { persona: string; key: string }) => {
  trial.clock.ms += 1000;
  await trial.house.microblog.like(of, ref);
  await settled();
};
const said = ({ items, people }: Page) => items.map(({ kind, who, more, unread }) => `${kind} ${who.map((one) => people[one]!.handle).join('+')}${more ? ` and ${more}` : ''}${unread ? '!' : ''}`);

test('answers, likes in one piece a post, and followers are told, newest first', async () => {
  const first = await post(ada, 'one');
  const second = await post(ada, 'two');
  await like(bob, first);
  await post(cleo, 'an answer', first);
  for (const one of [cleo, dee]) await like(one, first);
  await like(bob, second);
  trial.clock.ms += 1000;
  await trial.house.people.follow(dee, ada.persona);
  await settled();
  const page = await news(ada);
  assert.deepEqual(said(page), ['follow dee!', 'like bob!', 'like dee+cleo+bob!', 'reply cleo!']);
  assert.equal(page.unread, 4);
  assert.deepEqual(page.items[2]!.post!.likes, { people: [dee, cleo, bob].map(({ persona }) => page.people[persona]), more: 0 });
  assert.ok(page.items.every(({ time }, i) => i === 0 || time < page.items[i - 1]!.time));
  assert.deepEqual(said(await news(ada, { kinds: ['like'] })), ['like bob!', 'like dee+cleo+bob!']);
  for (const one of [bob, cleo, dee]) assert.deepEqual(said(await news(one)), [], 'nobody else is told');
});

test('pages of any size hold each piece once', async () => {
  const whole = (await news(ada)).items.map(({ id }) => id);
  for (const first of [1, 2, 3]) {
    const got: string[] = [];
    for (let before: string | null | undefined; before !== null;) {
      const page: Page = await news(ada, { first, ...(before === undefined ? {} : { before }) });
      got.push(...page.items.map(({ id }) => id));
      before = page.next;
    }
    assert.deepEqual(got, whole);
  }
  await assert.rejects(news(ada, { before: 'nonsense' }), { code: 'bad_cursor' });
});

test('what is read stays read across a restart, and what comes later is new; a mark never goes back or ahead', async () => {
  const { newest, items } = await news(ada);
  const older = await news(ada, { first: 1 });
  assert.deepEqual(await trial.house.news.read(ada, newest!), { unread: 0 });
  assert.deepEqual(await trial.house.news.read(ada, older.next!), { unread: 0 }, 'never back');
  await trial.house.news.read(ada, Buffer.from(`${'f'.repeat(16)}.zzz`).toString('base64url'));
  await trial.shut();
  await trial.open();
  assert.deepEqual((await news(ada)).items.map(({ unread }) => unread), items.map(() => false));
  await post(bob, 'another answer', { persona: ada.persona, key: items.at(-2)!.post!.key });
  assert.deepEqual([(await news(ada)).unread, said(await news(ada))[0]], [1, 'reply bob!']);
});

test('what is taken back takes its news away: an unlike, a removed answer, an unfollow, a removed post', async () => {
  const { microblog, people } = trial.house;
  const { items } = await news(ada);
  const likedKey = items.find(({ who }) => who.length === 3)!.post!.key;
  await microblog.unlike(bob, { persona: ada.persona, key: likedKey });
  const answer = items[0]!.post!;
  await microblog.remove(bob, answer.key);
  await people.unfollow(dee, ada.persona);
  await settled();
  assert.deepEqual(said(await news(ada)), ['like bob', 'like dee+cleo', 'reply cleo']);
  await microblog.unlike(dee, { persona: ada.persona, key: likedKey });
  await settled();
  assert.deepEqual(said(await news(ada)), ['like bob', 'like cleo', 'reply cleo'], 'without the newest the one before stands for all');
  await microblog.remove(ada, likedKey);
  assert.deepEqual(said(await news(ada)), ['like bob', 'reply cleo']);
  const reactions = trial.house.gate.reader(ada, ada.persona, 'microblog')!.list('reactions');
  assert.equal(reactions.length, 1, 'nothing is kept of who liked what is gone');
});

test('nothing of whom one muted, until the mute ends by itself; nothing of whom a block parts from one', async () => {
  const { people, microblog } = trial.house;
  const house = async () => (JSON.parse(await microblog.houseTimeline(ada, {})) as { items: { persona: string }[] }).items.map(({ persona }) => persona);
  await people.mute(ada, bob.persona, { until: trial.clock.ms + 60_000 });
  assert.deepEqual(said(await news(ada)), ['reply cleo']);
  const own = (JSON.parse(await microblog.byPersona(ada, ada.persona, {})) as { items: { likes: { people: { handle: string }[] } }[] }).items;
  assert.deepEqual(own.map(({ likes }) => likes.people.map(({ handle }) => handle)), [['bob']], 'a mute is about timelines and news alone');
  assert.equal(people.profile(ada, 'bob').muted, true);
  await post(bob, 'hush');
  assert.deepEqual((await house()).includes(bob.persona), false);
  trial.clock.ms += 60_000;
  assert.deepEqual([(await house()).includes(bob.persona), said(await news(ada))], [true, ['like bob', 'reply cleo']]);
  assert.deepEqual([people.profile(ada, 'bob').muted, people.blocked(ada).muted], [false, []]);
  await people.block(cleo, ada.persona);
  assert.deepEqual(said(await news(ada)), ['like bob']);
  await people.unblock(cleo, ada.persona);
  assert.deepEqual(said(await news(ada)), ['like bob', 'reply cleo']);
});

test('kinds that are not wanted are neither listed nor counted', async () => {
  const wanted = { reply: true, mention: true, like: false, boost: true, quote: true, poll: true, follow: true, request: true, accepted: true };
  assert.deepEqual(await trial.house.news.setSettings(ada, wanted), { ...wanted, quiet: null });
  assert.deepEqual(said(await news(ada)), ['reply cleo']);
  assert.deepEqual(said(await news(ada, { kinds: ['like'] })), []);
  await trial.house.news.setSettings(ada, { ...wanted, like: true });
});

test('quiet hours are kept beside the kinds, stay when nothing is said of them, and keep nothing back', async () => {
  const wanted = { reply: true, mention: true, like: true, boost: true, quote: true, poll: true, follow: true, request: true, accepted: true };
  const before = said(await news(ada));
  await trial.house.news.setSettings(ada, { ...wanted, quiet: { from: 22 * 60, to: 7 * 60 } });
  assert.deepEqual(trial.house.news.settings(ada).quiet, { from: 1320, to: 420 });
  await trial.house.news.setSettings(ada, { ...wanted, like: false });
  assert.deepEqual((await trial.house.news.setSettings(ada, wanted)).quiet, { from: 1320, to: 420 });
  assert.deepEqual(said(await news(ada)), before);
  await assert.rejects(trial.house.news.setSettings(ada, { ...wanted, quiet: { from: 60, to: 60 } }), { code: 'bad_quiet' });
  assert.equal((await trial.house.news.setSettings(ada, { ...wanted, quiet: null })).quiet, null);
});

test('listeners hear what came, what went and what was read, each for themselves alone', async () => {
  const heard = new Map<Person, { unread: number; item: Item | null }[]>(everybody.map((one) => [one, []]));
  const ends = everybody.map((one) => trial.house.news.live(one, ({ data }) => { heard.get(one)!.push(JSON.parse(data) as { unread: number; item: Item | null }); }));
  const next = async (of: Person, work: () => Promise<unknown>) => {
    const count = heard.get(of)!.length;
    await work();
    await settled();
    for (let turn = 0; heard.get(of)!.length === count && turn < 200; turn++) {
      await trial.house.views.ask(() => {});
      await new Promise(setImmediate);
    }
    return heard.get(of)!.at(-1)!;
  };
  const one = await post(dee, 'listen');
  const came = await next(dee, () => like(bob, one));
  assert.deepEqual([came.unread, came.item?.kind, came.item?.who], [1, 'like', [bob.persona]]);
  const { newest } = await news(dee);
  assert.deepEqual(await next(dee, () => trial.house.news.read(dee, newest!)), { unread: 0, item: null, people: {} });
  assert.deepEqual(await next(dee, () => trial.house.microblog.unlike(bob, one)), { unread: 0, item: null, people: {} });
  assert.deepEqual([ada, bob, cleo].map((other) => heard.get(other)!.length), [0, 0, 0]);
  const again = await next(dee, () => like(cleo, one));
  assert.deepEqual(again.unread, 1);
  assert.deepEqual(await next(dee, () => trial.house.microblog.mute(dee, one)), { unread: 0, item: null, people: {} }, 'a muted conversation is counted no more');
  await like(bob, one);
  await trial.house.views.ask(() => {});
  assert.equal((await next(dee, () => trial.house.microblog.unmute(dee, one))).unread, 1);
  for (const end of ends) end();
});

test('built anew the views are the same row by row', async () => {
  const rows = () => {
    const db = openSqlite(join(trial.folder, 'views.db'), { durability: 'normal' });
    try {
      return [
        db.prepare('SELECT t.persona, t.key, created, root, reply, audience FROM posts t JOIN lanes ON ref = lane ORDER BY 1, 2').all(),
        db.prepare('SELECT * FROM marks ORDER BY persona, kind, key').all(),
        db.prepare('SELECT record, owner, place, kind, actor, post, persona, audience FROM news LEFT JOIN lanes ON ref = lane ORDER BY record').all(),
      ].map((table) => table.map((row) => ({ ...row as object })));
    } finally { db.close(); }
  };
  const roll = dice(7);
  const all: { persona: string; key: string }[] = [];
  for (let day = 0; day < 120; day++) {
    const who = everybody[roll(4)]!, other = everybody[roll(4)]!;
    const target = all[roll(all.length)];
    await [
      async () => { all.push(await post(who, 'words', target && roll(2) ? target : undefined)); },
      async () => { if (target) await trial.house.microblog.like(who, target); },
      async () => { if (target) await trial.house.microblog.unlike(who, target); },
      async () => { if (target) await trial.house.microblog[roll(2) ? 'mute' : 'unmute'](who, target); },
      async () => { await trial.house.people[roll(2) ? 'follow' : 'unfollow'](who, other.persona); },
      async () => { await trial.house.people[roll(3) ? 'unblock' : 'block'](who, other.persona); },
      async () => { if (target) await trial.house.microblog.remove(who, target.key); },
    ][roll(7)]!().catch((error: { code: string }) => assert.ok(['like_self', 'post_unknown', 'follow_self', 'person_unknown', 'block_self'].includes(error.code), String(error)));
  }
  await settled();
  const pages = async () => Promise.all(everybody.map(async (one) => news(one, { first: 100 })));
  const before = await pages();
  const held = rows();
  assert.ok(held.every((table) => table.length > 3));
  await trial.house.views.reindex(() => {});
  assert.deepEqual([rows(), await pages()], [held, before]);
  trial.errors.length = 0;
});

function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}
