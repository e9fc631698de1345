import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { stand } from '../fixture.ts';

/*
 * Worlds by chance: people open and close their pages, write for anybody, answer, quote, narrow, remove, block, are suspended, and the
 * house hides posts. After each few steps all pages and feeds hold every word that is for everyone, and no other.
 */
const WORLDS = 2, ROUNDS = 12, STEPS = 14;
const AUDIENCES = ['only-me', 'close', 'followers', 'house', 'everyone', 'everyone', 'everyone'] as const;
const MANY = { burst: 1e6, perSecond: 1e6 };

interface Person { handle: string; persona: string; token: string; open: boolean; suspended: boolean }
interface Post { by: Person; key: string; word: string; audience: string; gone: boolean; hidden: boolean }

/** The same numbers for the same seed. */
const numbers = (seed: number) => (n: number): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor(seed / 2 ** 32 * n);
};

const isPublic = ({ by, audience, gone, hidden }: Post): boolean => audience === 'everyone' && !gone && !hidden && by.open && !by.suspended;

async function world(t: TestContext, seed: number) {
  const { ask, found, house, now } = await stand(t, { limits: { read: MANY, page: MANY, write: MANY, enter: MANY, prepare: MANY } });
  const below = numbers(seed);
  const ada = await found();
  const { json: { invite } } = await ask('/house/invites', { token: ada.token, body: {} });
  const people: Person[] = [{ handle: 'ada', ...ada, open: false, suspended: false }];
  for (const handle of ['bob', 'cleo']) {
    const { json } = await ask('/house/join', { body: { invite, person: { handle, name: `Name of ${handle}`, passphrase: 'correct horse' } } });
    people.push({ handle, persona: String(json['persona']), token: String(json['session']), open: false, suspended: false });
  }
  await ask('/house/settings', { method: 'PUT', token: ada.token, body: { front: true } });
  const posts: Post[] = [];
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
  const some = (): Post | undefined => (posts.length === 0 ? undefined : pick(posts));
  const put = (path: string, { token }: Person, body: object, method = 'PUT') => ask(path, { method, token, body });
  const refOf = ({ by, key }: Post) => ({ persona: by.persona, key });

  const write = async (): Promise<void> => {
    const by = pick(people), word = `word${seed}x${posts.length}x`, to = below(2) === 0 ? some() : undefined, quoted = below(4) === 0 ? some() : undefined;
    const audience = pick(AUDIENCES);
    now.ms += 1000;
    const body = { text: `says ${word}`, audience, ...(to && { replyTo: refOf(to) }), ...(quoted && !to && { quote: refOf(quoted) }), ...(below(4) === 0 && { warning: `warns ${word}` }) };
    const { status, json } = await put('/microblog/posts', by, body, 'POST');
    if (status === 201) posts.push({ by, key: String(json['key']), word, audience: String(json['audience']), gone: false, hidden: false });
  };
  const steps: (() => Promise<void>)[] = [write, write, write, write, async () => {
    const post = some();
    if (post && (await ask(`/microblog/posts/${post.key}`, { method: 'DELETE', token: post.by.token })).status === 204) post.gone = true;
  }, async () => {
    const post = some(), audience = pick(AUDIENCES);
    if (post && (await put(`/microblog/posts/${post.key}/audience`, post.by, { audience })).status === 200) post.audience = audience;
  }, async () => {
    const post = some();
    if (!post || post.gone) return;
    post.hidden = !post.hidden;
    house.household.care.hidden[post.hidden ? 'hide' : 'show'](null, post.by.persona, post.key);
  }, async () => {
    const who = pick(people), open = below(3) > 0;
    if ((await put('/me/public', who, { open, listed: below(2) === 0, front: below(2) === 0 })).status === 200) who.open = open;
  }, async () => {
    const who = pick(people.slice(1));
    who.suspended = !who.suspended;
    if (who.suspended) house.household.care.standings.suspend(null, who.persona, now.ms + 1e9, 'rest');
    else house.household.care.standings.lift(null, who.persona);
  }, async () => {
    const [one, other] = [pick(people), pick(people)];
    if (one !== other) await put(`/people/${other.persona}/block`, one, {}, below(2) === 0 ? 'PUT' : 'DELETE');
  }];
  return { ask, people, posts, step: () => pick(steps)(), house };
}

test('in any world, pages and feeds hold what is for everyone, and not a word more', async (t) => {
  for (let seed = 1; seed <= WORLDS; seed++) {
    const { ask, people, posts, step, house } = await world(t, seed * 7919);
    const read = async (path: string): Promise<{ status: number; text: string }> => ask(path, { headers: { accept: 'text/html' } });
    const absent = (await read('/@nobody')).text;
    for (let round = 0; round < ROUNDS; round++) {
      for (let i = 0; i < STEPS; i++) await step();
      await house.outbox.idle();
      const paths = ['/', '/robots.txt', ...people.flatMap(({ handle }) => [`/@${handle}`, `/@${handle}/feed.atom`, `/@${handle}/feed.rss`])];
      const pages = new Map(await Promise.all([...paths, ...posts.map(({ by, key }) => `/@${by.handle}/${key}`)].map(async (path) => [path, await read(path)] as const)));
      const closed = posts.filter((post) => !isPublic(post));
      for (const [path, { text }] of pages) {
        for (const { word } of closed) assert.ok(!text.includes(word), `${path} tells ${word} in round ${round} of world ${seed}`);
        for (const { handle, persona, open, suspended } of people) if (!open || suspended) assert.ok(!text.includes(persona) && !text.includes(`Name of ${handle}`), `${path} names ${handle}`);
      }
      for (const post of posts) {
        const { status, text } = pages.get(`/@${post.by.handle}/${post.key}`)!;
        if (isPublic(post)) assert.ok(status === 200 && text.includes(`says ${post.word}`), `${post.word} is not shown in round ${round} of world ${seed}`);
        else assert.deepEqual([status, text], [404, absent]);
      }
    }
  }
});
