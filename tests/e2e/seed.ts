import type { Page } from 'playwright-core';
import { CHOIR, LINES } from './choir.ts';
import { carry } from './seed-more.ts';

interface Ref { persona: string; key: string }

/** What a filled house has. `few`: a post for close people, whom the founder is of; `asked`: one of the founder's own, edited. */
export interface Seeded { list: string; posts: Ref[]; invite: string; few: Ref; asked: Ref }

const PASSPHRASE = 'correct horse battery staple';

type Call = <T>(path: string, body: unknown, session?: string) => Promise<T>;

/** The founder is asked from now on, and somebody asks; so is Quyên, and the founder waits. Somebody looks where they must not. */
async function lockUp(call: Call, sessions: ReadonlyMap<string, string | undefined>, personaOf: (handle: string) => string): Promise<void> {
  const [[founder, name, bio]] = CHOIR;
  await call('/people/profile', { name, bio, locked: true });
  for (const asker of ['amira', 'leilani']) await call(`/people/${personaOf(founder)}/follow`, {}, sessions.get(asker));
  const [asked, herName, herBio] = CHOIR.find(([handle]) => handle === 'quyen')!;
  await call('/people/profile', { name: herName, bio: herBio, locked: true }, sessions.get(asked));
  await call(`/people/${personaOf(asked)}/follow`, {});
  const { token } = await call<{ token: string }>('/me/tokens', { label: 'Backup on the shelf', services: null, write: false });
  await call(`/pods/${personaOf(founder)}/microblog/posts/query`, { first: 50 }, token);
  await call(`/pods/${personaOf(founder)}/people/links/query`, { first: 5 }, sessions.get('bertil')).catch(() => undefined);
}

/** A conversation that Inês keeps for those she calls close, and a post of the founder's in its second wording. */
async function writeFew(call: Call, sessions: ReadonlyMap<string, string | undefined>, personaOf: (handle: string) => string): Promise<{ few: Ref; asked: Ref }> {
  const ines = sessions.get('ines');
  for (const handle of ['tomasz', 'sade']) await call(`/people/${personaOf(handle)}/close`, {}, ines);
  const few = await call<Ref>('/microblog/posts', { text: 'Between us: I have the hall on the 12th. Not a word until the committee knows.', audience: 'close' }, ines);
  const replyTo = { persona: few.persona, key: few.key };
  await call('/microblog/posts', { text: 'My lips are a fermata.', audience: 'only-me', replyTo }, sessions.get('sade'));
  const asked = await call<Ref>('/microblog/posts', { text: 'Could somebody bring the stove?', audience: 'followers' });
  await call(`/microblog/posts/${asked.key}`, { text: 'Could somebody bring the good stove on Thursday?' });
  return { few, asked };
}

/** Moves the choir in and lets it write, through the API, from within the founder's page: the house may be on another network. */
export async function seed(page: Page, url: string): Promise<Seeded> {
  const call = <T>(path: string, body: unknown, session?: string): Promise<T> => page.evaluate(async ([to, what, token]) => {
    const answer = await fetch(to!, {
      method: /\/(?:follow|close|profile|public|like|boost|bookmark|posts\/[\w-]{22})$/.test(to!) ? 'PUT' : 'POST', credentials: token ? 'omit' : 'same-origin',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }, body: what!,
    });
    if (!answer.ok) throw new TypeError(`${to}: ${await answer.text()}`);
    return await answer.json() as unknown;
  }, [url + path, JSON.stringify(body), session ?? ''] as const) as Promise<T>;

  const { invite } = await call<{ invite: string }>('/house/invites', { uses: 40, note: 'Come and sing with us on Thursday.' });
  const sessions = new Map<string, string | undefined>([[CHOIR[0][0], undefined]]);
  for (const [handle, name, bio] of CHOIR) {
    if (sessions.has(handle)) { await call('/people/profile', { name, bio }); continue; }
    // Without a cookie, so that the founder stays signed in.
    const { session } = await page.evaluate(async ([to, what]) => (await fetch(to!, { method: 'POST', credentials: 'omit', headers: { 'content-type': 'application/json' }, body: what! })).json(),
      [`${url}/house/join`, JSON.stringify({ invite, person: { handle, name, passphrase: PASSPHRASE } })] as const) as { session: string };
    sessions.set(handle, session);
    await call('/people/profile', { name, bio }, session);
  }
  const posts: Seeded['posts'] = [];
  for (const { by, text, audience = 'house', answers } of LINES) {
    const replyTo = answers === undefined ? undefined : posts[answers];
    posts.push(await call('/microblog/posts', { text, audience, ...(replyTo ? { replyTo: { persona: replyTo.persona, key: replyTo.key } } : {}) }, sessions.get(by)));
  }
  const personaOf = (handle: string): string => posts[LINES.findIndex(({ by }) => by === handle)]!.persona;
  for (const handle of ['ines', 'sade', 'bertil']) await call(`/people/${personaOf(handle)}/follow`, {});
  const like = (post: Seeded['posts'][number], by: string) => call(`/microblog/posts/${post.persona}/${post.key}/like`, {}, sessions.get(by));
  await like(posts[12]!, 'tomasz');
  for (const fan of ['sade', 'quyen']) await call(`/people/${posts[0]!.persona}/follow`, {}, sessions.get(fan));
  for (const fan of ['amira', 'leilani', 'ines', 'arjun', 'sade']) await like(posts[0]!, fan);
  for (const handle of ['ines', 'sade']) await call(`/people/${personaOf(handle)}/close`, {});
  await call('/house/reports', { about: { persona: posts[1]!.persona, key: posts[1]!.key }, reason: 'noise', words: 'Said every week since February.' }, sessions.get('leilani'));
  await lockUp(call, sessions, personaOf);
  await call('/me/public', { open: true, listed: false, front: false }, sessions.get('sade'));
  const list = await carry(call, sessions, posts);
  return { list, posts, invite, ...await writeFew(call, sessions, personaOf) };
}
