import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { openArchive, zipOf, type ZipFile } from '../archive/index.ts';
import { photo } from '../testing/pictures.ts';
import { openTrialHouse, type Person } from '../testing/house.ts';
import { makeFailures } from './failures.ts';
import { bringProfile } from './profile.ts';
import { bringPast, pastOf, type BringTally, type Choice, type Failed } from './index.ts';
import { textOfHtml } from './html.ts';
import { partsOf } from './words.ts';

const trial = await openTrialHouse(['ada', 'bob']);
after(() => trial.close());
const { ada, bob } = trial.people as Record<'ada' | 'bob', Person>;
const { house } = trial;
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';
const ME = 'https://old.example/users/ada';

const note = (n: number, content: string, more: object = {}): object => ({
  id: `${ME}/statuses/${n}/activity`, type: 'Create', actor: ME, published: `2021-03-0${n}T10:00:00Z`, to: [PUBLIC], cc: [`${ME}/followers`],
  object: { id: `${ME}/statuses/${n}`, type: 'Note', published: `2021-03-0${n}T10:00:00Z`, to: [PUBLIC], cc: [], content, url: `https://old.example/@ada/${n}`, inReplyTo: null, summary: null, attachment: [], ...more },
});
const keyOf = (persona: string, kind: string, id: string): string => createHash('sha256').update(`${persona} ${kind} ${id}`).digest().subarray(0, 16).toString('base64url');

async function zipAt(name: string, files: readonly ZipFile[]): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of zipOf(files)) pieces.push(piece);
  const path = join(trial.folder, name);
  writeFileSync(path, Buffer.concat(pieces));
  return path;
}
const json = (name: string, value: unknown, before = ''): ZipFile => ({ name, bytes: [Buffer.from(before + JSON.stringify(value))] });

async function bring(path: string, { choice = 'as-it-was', who = ada, stopAfter = Infinity }: { choice?: Choice; who?: Person; stopAfter?: number } = {}): Promise<{ tally: BringTally; failed: Failed[] }> {
  const archive = await openArchive(path, { spool: `${path}.spool` });
  const failed: Failed[] = [];
  const stop = new AbortController();
  let steps = 0;
  try {
    const past = pastOf(archive, house.now)!;
    const tally = await bringPast({ ...house, keyOf }, {
      caller: who, past, archive, choice, signal: stop.signal, fail: async (one) => { failed.push(one); }, progress: () => { if (++steps >= stopAfter) stop.abort(); },
    });
    return { tally, failed };
  } finally { await archive.close(); }
}
const own = async (who: Person, reader = who): Promise<{ key: string; audience: string; body: { text: string; createdAt: number; warning?: string; replyTo?: { key: string }; root?: { key: string }; images?: { alt?: string }[]; part?: object } }[]> =>
  (JSON.parse(await house.microblog.byPersona(reader, who.persona, { first: 50, replies: true, media: false })) as { items: Awaited<ReturnType<typeof own>> }).items;

const mastodon = async (): Promise<string> => zipAt('mastodon.zip', [
  json('outbox.json', { '@context': 'x', type: 'OrderedCollection', totalItems: 9, orderedItems: [
    note(1, '<p>First &amp; <a href="https://example.org/a/very/long/path"><span class="invisible">https://</span><span>example.org/a/ve</span></a></p><p>@<span>bob</span></p>'),
    note(2, '<p>Second</p>', { inReplyTo: `${ME}/statuses/1`, to: [`${ME}/followers`] }),
    note(3, '<p>Third</p>', { inReplyTo: `${ME}/statuses/2`, summary: 'Soup', sensitive: true }),
    note(4, '', { attachment: [{ type: 'Document', mediaType: 'image/jpeg', url: '/bucket/media_attachments/files/1/original/cat.jpg', name: 'A cat' }, { type: 'Document', mediaType: 'image/png', url: '/media_attachments/gone.png', name: null }] }),
    note(5, '<p>To one alone</p>', { to: ['https://old.example/users/eve'] }),
    { id: 'x', type: 'Announce', object: 'https://elsewhere.example/1' },
    { ...note(6, '<p>When?</p>'), object: { ...(note(6, '<p>When?</p>') as { object: object }).object, published: 'yesterday' } },
    note(7, '<p></p>'), 17,
  ] }),
  json('actor.json', { name: 'Ada', summary: '<p>sings</p>' }),
  { name: 'media_attachments/files/1/original/cat.jpg', bytes: [await photo()], stored: true },
]);

test('a Mastodon archive: dates, threads, warnings, alt text, links and audiences as they were; nobody hears of it', async () => {
  const heard: string[] = [];
  const ends = [ada, bob].flatMap((who) => [house.microblog.live(who, ({ type }) => heard.push(type)), house.news.live(who, ({ type }) => heard.push(type))]);
  const { tally, failed } = await bring(await mastodon());
  await house.outbox.idle();
  await new Promise(setImmediate);
  assert.deepEqual(tally, { made: 5, there: 0, removed: 0, other: 1, pictures: 1, failed: 4 });
  assert.deepEqual(failed.map(({ item, why }) => `${why} ${item}`).sort(), [
    `bad_date https://old.example/@ada/6`, `empty ${ME}/statuses/7`, 'not_a_post outbox.json #9', `picture_missing ${ME}/statuses/4 /media_attachments/gone.png`,
  ]);
  const posts = await own(ada);
  const by = (text: string) => posts.find(({ body }) => body.text.startsWith(text))!;
  assert.equal(by('First').body.text, 'First & https://example.org/a/very/long/path\n\n@bob');
  assert.equal(by('First').body.createdAt, Date.UTC(2021, 2, 1, 10));
  assert.deepEqual([by('First').audience, by('Second').audience, by('Third').audience, by('To one').audience], ['everyone', 'followers', 'followers', 'only-me']);
  assert.deepEqual([by('Third').body.replyTo!.key, by('Third').body.root!.key, by('Third').body.warning], [by('Second').key, by('First').key, 'Soup']);
  assert.equal(posts.find(({ body }) => body.images)!.body.images![0]!.alt, 'A cat');
  assert.deepEqual(heard, []);
  assert.equal((JSON.parse(await house.news.list(bob, {})) as { items: unknown[] }).items.length, 0);
  for (const end of ends) end();
  // Again: nothing twice, even where a post was changed since.
  const again = await bring(await mastodon());
  assert.deepEqual({ ...again.tally, failed: 0 }, { made: 0, there: 5, removed: 0, other: 1, pictures: 0, failed: 0 });
  assert.equal((await own(ada)).length, 5);
  // What was removed here stays so, with words or with a picture alone.
  for (const { key } of [by('Second'), posts.find(({ body }) => body.images)!]) await house.microblog.remove(ada, key);
  const later = await bring(await mastodon());
  assert.deepEqual({ ...later.tally, failed: 0 }, { made: 0, there: 3, removed: 2, other: 1, pictures: 0, failed: 0 });
  assert.equal((await own(ada)).length, 3);
});

const YTD = 'window.YTD.tweets.part0 = ';
const tweet = (id: number, full_text: string, more: object = {}): object => ({ tweet: { id_str: String(id), full_text, created_at: `Wed Oct 10 20:19:${10 + id} +0000 2018`, lang: 'en', entities: { urls: [] }, ...more } });

test('an X archive: parts, short addresses, own threads, pictures with alt text, a cut-off picture; for oneself alone when so chosen', async () => {
  const path = await zipAt('x.zip', [
    json('data/tweets.js', [
      tweet(2, 'Second https://t.co/b', { in_reply_to_status_id_str: '1', entities: { urls: [{ url: 'https://t.co/b', expanded_url: 'https://example.org/b?x=1&y=2' }] } }),
      tweet(1, 'Tom &amp; Jerry https://t.co/pic', { extended_entities: { media: [
        { type: 'photo', url: 'https://t.co/pic', media_url_https: 'https://pbs.twimg.com/media/abc.jpg', ext_alt_text: 'A mouse' }, { type: 'video', url: 'https://t.co/pic', media_url_https: 'https://pbs.twimg.com/media/v.jpg' },
        { type: 'photo', url: 'https://t.co/pic', media_url_https: 'https://pbs.twimg.com/media/cut.jpg' },
      ] } }),
      tweet(3, 'RT @bob: not mine'), tweet(4, '@bob an answer to somebody', { in_reply_to_status_id_str: '999' }),
    ], YTD),
    json('data/tweets-part1.js', [tweet(5, 'From the second part')], 'window.YTD.tweets.part1 = '),
    json('data/account.js', [{ account: { accountDisplayName: 'Ada' } }], 'window.YTD.account.part0 = '),
    { name: 'data/tweets_media/1-abc.jpg', bytes: [await photo()] }, { name: 'data/tweets_media/1-cut.jpg', bytes: [(await photo()).subarray(0, 700)] },
  ]);
  const { tally, failed } = await bring(path, { who: bob, choice: 'only-me' });
  assert.deepEqual(tally, { made: 4, there: 0, removed: 0, other: 1, pictures: 1, failed: 2 });
  assert.deepEqual(failed.map(({ item, why }) => `${why} ${item}`), ['picture_missing 1 1-v.jpg (video)', 'picture_unreadable 1 data/tweets_media/1-cut.jpg']);
  const posts = await own(bob);
  assert.ok(posts.every(({ audience }) => audience === 'only-me'));
  assert.deepEqual(posts.map(({ body }) => body.text), ['From the second part', '@bob an answer to somebody', 'Second https://example.org/b?x=1&y=2', 'Tom & Jerry']);
  assert.deepEqual([posts[2]!.body.replyTo!.key, posts[2]!.body.root!.key, posts[3]!.body.images![0]!.alt, posts[1]!.body.replyTo], [posts[3]!.key, posts[3]!.key, 'A mouse', undefined]);
  assert.equal((await own(bob, ada)).length, 0);
});

test('what X cut off a tweet is read from where X keeps it, by its time and its beginning; what belongs to nothing stays out', async () => {
  const long = `${'A long thought. '.repeat(30)}See https://t.co/c &amp; rest.`;
  const note = (createdAt: string, text: string): object => ({ noteTweet: { noteTweetId: '77', createdAt, core: { text, urls: [{ shortUrl: 'https://t.co/c', expandedUrl: 'https://example.org/c' }] } } });
  const path = await zipAt('x-long.zip', [
    json('data/tweets.js', [tweet(30, '@eve @bob A long thought. A long thought. A long… https://t.co/self', { in_reply_to_status_id_str: '999' }), tweet(31, 'A long thought. A long… https://t.co/other'), tweet(32, 'Another begi… https://t.co/x')], YTD),
    json('data/note-tweet.js', [note('2018-10-10T20:19:40.500Z', long), note('2018-10-10T20:19:42.000Z', 'Something else'), note('never', 'Another beginning'), { noteTweet: 7 }], 'window.YTD.note_tweet.part0 = '),
  ]);
  const { tally, failed } = await bring(path, { who: bob, choice: 'followers' });
  assert.deepEqual([tally.made, failed], [3, []]);
  const texts = (await own(bob)).filter(({ audience }) => audience === 'followers').map(({ body }) => body.text);
  const whole = `${'A long thought. '.repeat(30)}See https://example.org/c & rest.`;
  assert.deepEqual(texts, ['Another begi… https://t.co/x', whole, `@eve @bob ${whole}`]);
});

test('a profile is given what it lacks, from Mastodon and from X; what it has stays', async () => {
  const take = async (who: Person, path: string): Promise<{ came: number; failed: Failed[] }> => {
    const archive = await openArchive(path, { spool: `${path}.spool` });
    const failed: Failed[] = [];
    try { return { came: await bringProfile(house, { caller: who, past: pastOf(archive, house.now)!, archive, signal: new AbortController().signal, fail: async (one) => { failed.push(one); } }), failed }; } finally { await archive.close(); }
  };
  const there = await zipAt('m-profile.zip', [json('outbox.json', { orderedItems: [] }), json('actor.json', { name: 'Ada', summary: '<p>Sings &amp; mends</p>', icon: { url: 'avatar.jpg' }, image: { url: '../../etc/passwd' } }), { name: 'avatar.jpg', bytes: [await photo()] }]);
  assert.deepEqual(await take(ada, there), { came: 2, failed: [] });
  const now = house.people.profile(ada, ada.persona);
  assert.deepEqual([now.bio, now.name, now.banner], ['Sings & mends', 'ada of the choir', undefined]);
  assert.ok(now.picture);
  const x = await zipAt('x-profile.zip', [json('data/tweets.js', [], YTD), json('data/profile.js', [{ profile: { description: { bio: 'Other words' }, avatarMediaUrl: 'https://pbs.twimg.com/profile_images/1/face.png', headerMediaUrl: 'https://pbs.twimg.com/profile_banners/77/1500' } }], 'window.YTD.profile.part0 = '),
    { name: 'data/profile_media/77-face.png', bytes: [Buffer.from('no picture')] }, { name: 'data/profile_media/77-1500.jpg', bytes: [await photo()] }]);
  assert.deepEqual(await take(ada, x), { came: 1, failed: [] });
  const later = house.people.profile(ada, ada.persona);
  assert.deepEqual([later.bio, later.picture, later.banner !== undefined], ['Sings & mends', now.picture, true]);
  assert.deepEqual(await take(ada, x), { came: 0, failed: [] });
  const { came, failed } = await take(bob, x);
  assert.deepEqual([came, failed.map(({ item, why }) => `${why} ${item}`)], [2, ['not_a_picture data/profile_media/77-face.png']]);
});

test('what is too long for one post becomes a thread; what is stopped goes on where it was', async () => {
  const long = Array.from({ length: 300 }, (_, i) => `Sentence ${i} of a very long post that nobody ever read.`).join(' ');
  const path = await zipAt('long.zip', [json('outbox.json', { orderedItems: [note(1, `<p>${long}</p>`), ...Array.from({ length: 120 }, (_, i) => note(2, `<p>n${i}</p>`, { id: `${ME}/statuses/x${i}` }))] })]);
  const { persona } = bob;
  await assert.rejects(bring(path, { who: bob, choice: 'house', stopAfter: 1 }), { name: 'AbortError' });
  const { tally } = await bring(path, { who: bob, choice: 'house' });
  assert.equal(tally.made + tally.there, 121);
  assert.ok(tally.there > 0 && tally.made > 0);
  const { items } = JSON.parse(await house.microblog.thread(bob, persona, keyOf(persona, 'mastodon', `${ME}/statuses/1`))) as { items: { audience: string; body: { text: string; part: unknown } }[] };
  assert.equal(items.map(({ body }) => body.text).join(' '), long);
  assert.deepEqual(items.map(({ body }) => body.part), [1, 2, 3, 4].map((at) => ({ at, of: items.length })));
  assert.ok(items.every(({ audience }) => audience === 'house'));
});

test('HTML becomes words: lines, lists, links behind their words, nothing that could be markup', () => {
  for (const [html, text] of [
    ['<p>One<br/>two<br>three</p><p>four</p>', 'One\ntwo\nthree\n\nfour'], ['a <a href="https://e.org/x">word</a>.', 'a word (https://e.org/x).'],
    ['<a href="https://e.org/tags/cats" class="mention hashtag">#<span>cats</span></a>', '#cats'], ['<ul><li>one</li><li>two</li></ul>', '• one\n• two'],
    ['&lt;b&gt;&#x1F600;&#39;&nbsp;&unknown;', "<b>😀'\u00a0&unknown;"], ['<script>alert(1)</script><style>p{}</style>hi<img src=x onerror=alert(1)>', 'hi'], ['<a href="javascript:alert(1)">x</a>', 'x'],
  ] as const) assert.equal(textOfHtml(html), text);
  assert.deepEqual(partsOf('x'.repeat(12), 5), ['xxxxx', 'xxxxx', 'xx']);
  assert.deepEqual(partsOf('One two. Three four', 10), ['One two.', 'Three four']);
});

test('what is of no network that is understood is said so', async () => {
  const path = join(trial.folder, 'other.tar.gz');
  const tar = Buffer.alloc(2048);
  tar.write('readme');
  tar.write('00000000000', 124);
  tar.fill(' ', 148, 156);
  tar.write('0', 156);
  tar.write(`${tar.subarray(0, 512).reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
  writeFileSync(path, gzipSync(tar));
  const archive = await openArchive(path, { spool: `${path}.spool` });
  assert.equal(pastOf(archive, house.now), null);
  await archive.close();
});

test('of very many faults the first are written down', async () => {
  const path = join(trial.folder, 'failed.jsonl');
  const fail = makeFailures(path);
  const item = '—'.repeat(2000);
  for (let at = 0; at < 5000; at++) await fail({ item, at, why: 'not_json' });
  const text = readFileSync(path, 'utf8');
  const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line) as Failed);
  assert.ok(Buffer.byteLength(text) <= 4 * 2 ** 20 && lines.length > 4000, String(lines.length));
  assert.ok(lines.every(({ item: { length }, at }, i) => length === 300 && at === i));
});
