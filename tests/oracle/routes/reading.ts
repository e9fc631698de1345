import type { Random } from '../random.ts';
import { signedOut, status, type Answer, type Case, type Generator } from './ask.ts';
import { heard, HISTORY, shownAs } from './conversations.ts';
import { BLOCKED } from './distance.ts';
import { FACE } from './faces.ts';
import { FINDING } from './finding.ts';
import { CODES, petnameFor, wrongKept, wrongLines } from './known.ts';
import { REACTIONS, wrongMark, type Marked } from './likes.ts';
import { LATER_READING } from './later.ts';
import { NEWS } from './news.ts';
import { pinnedFor } from './passing.ts';
import { VOTES } from './passing.ts';
import { QUOTES, wrongQuote } from './quoting.ts';
import { RINGS } from './rings.ts';
import { follows, mayRead, nameFor, readable, related, type Asker, type ModelPost, type World } from './world.ts';

interface Line extends Marked { audience: string; keptBy?: string; replyAudiences: string[]; boost?: { by: string; at: number }; body: { text: string; poll?: { counts?: number[]; voters?: number } } }
interface Page { items: Line[]; people: Record<string, { name: string; petname?: string }>; next: string | null }

const nameOf = ({ persona, key }: { persona: string; key: string }): string => `${persona}/${key}`;

/** A persona of the house, or one of nobody. */
export const anybody = (world: World, random: Random): string => random.pick([...world.people.keys(), `c${'a'.repeat(52)}`]);

/** The posts of a page are exactly these, newest first, word for word, and its names are those that the asker may read. */
function isPage(world: World, asker: Asker, due: ModelPost[], pinned: ModelPost[] = []): (answer: Answer) => string | null {
  const sorted = [...pinned, ...[...due].sort((a, b) => b.created - a.created || (a.key < b.key ? 1 : -1)).slice(0, 100).filter((post) => !pinned.includes(post))];
  return (answer) => {
    const bad = status(200)(answer);
    if (bad) return bad;
    const page = answer.json as Page;
    const got = page.items.map((item) => `${nameOf(item)} ${item.body.text}`).join();
    const want = sorted.map((post) => `${nameOf(post)} ${post.text}`).join();
    return got === want ? wrongNames(world, asker, page) ?? wrongMarks(world, asker, page) ?? wrongShapes(world, asker, page, false) : `shows ${got} instead of ${want}`;
  };
}

const wrongMarks = (world: World, asker: Asker, { items }: Page): string | null => wrongMarksOf(world, asker, items);

// For whom each is, who keeps it, and what an answer may be for.
function wrongShapes(world: World, asker: Asker, { items }: Page, inThread: boolean): string | null {
  const known = new Map(world.posts.map((post) => [nameOf(post), post]));
  for (const { audience, keptBy, replyAudiences, ...item } of items) {
    const due = shownAs(world, asker, known.get(nameOf(item))!, inThread);
    const got = { audience, keptBy, replyAudiences };
    const wrong = wrongQuote(world, asker, { ...item, ...(keptBy !== undefined && { keptBy }) });
    if (wrong) return wrong;
    if (JSON.stringify(got) !== JSON.stringify(due)) return `shows ${nameOf(item)} as ${JSON.stringify(got)} instead of ${JSON.stringify(due)}`;
  }
  return null;
}

/** What the asker's own timelines show: nobody whom they have muted. */
const audible = (world: World, asker: Asker, { persona }: ModelPost): boolean => !related(world, asker.persona!, persona, 'mute');

function wrongNames(world: World, asker: Asker, { people }: Pick<Page, 'people'>): string | null {
  for (const [persona, { name, petname }] of Object.entries(people)) {
    if (name !== nameFor(world, asker, persona) || petname !== petnameFor(world, asker, persona)) return `names ${persona} ${name} or ${petname}`;
  }
  return null;
}

const page = (of: (world: World, asker: Asker, post: ModelPost) => boolean, route: string): Generator => (world, random): Case => {
  const asker = random.pick(world.askers);
  return {
    asker, path: `${route}${route.includes('?') ? '&' : '?'}first=100`,
    judge: signedOut(asker) ?? isPage(world, asker, readable(world, asker).filter((post) => audible(world, asker, post) && of(world, asker, post))),
  };
};

const isHome = (world: World, asker: Asker, post: ModelPost): boolean => post.persona === asker.persona || follows(world, asker, post.persona);

const home: Generator = (world, random) => {
  const replies = random.once(2), boosts = random.once(2);
  const own = (post: ModelPost): boolean => isHome(world, asker, post) && (replies || post.parent === null);
  const asker = random.pick(world.askers);
  const mine = asker.kind === 'member' ? readable(world, asker).filter((post) => audible(world, asker, post)) : [];
  return {
    asker, path: `/microblog/home?boosts=${boosts ? 1 : 0}&replies=${replies ? 1 : 0}&first=100`,
    judge: signedOut(asker) ?? ((answer) => {
      const bad = status(200)(answer);
      if (bad) return bad;
      const { items, next } = answer.json as Page;
      const plain = items.filter(({ boost }) => !boost);
      const { items: _items, ...rest } = answer.json as Page;
      const passed = items.filter(({ boost }) => boost);
      const wrong = isPage(world, asker, mine.filter(own).filter((post) => next === null || plain.some((item) => nameOf(item) === nameOf(post))))({ ...answer, json: { ...rest, items: plain } });
      return wrong ?? wrongBoosts(world, asker, { passed, all: items, whole: next === null, mine: boosts ? mine : [], own });
    }),
  };
};

interface Passed { passed: Line[]; all: Line[]; whole: boolean; mine: ModelPost[]; own: (post: ModelPost) => boolean }

/** What others pass on: what they have, of what the asker may read, once, where its author's own place is not in the page. */
function wrongBoosts(world: World, asker: Asker, { passed, all, whole, mine, own }: Passed): string | null {
  const by = (post: { persona: string; key: string }): string[] => [...world.people.keys()].filter((one) => one !== asker.persona && world.boosts.has(`${one}>${nameOf(post)}`)
    && follows(world, asker, one) && !related(world, asker.persona!, one, 'mute') && mayRead(world, asker, one, 'microblog', 'posts', 'house'));
  const due = new Map(mine.filter((post) => ['house', 'everyone'].includes(post.audience) && by(post).length > 0).map((post) => [nameOf(post), post]));
  const names = all.map(nameOf);
  if (new Set(names).size !== names.length) return 'shows a post twice';
  const wrong = passed.find((item) => !due.has(nameOf(item)) || !by(item).includes(item.boost!.by));
  if (wrong) return `passes on ${nameOf(wrong)} by ${wrong.boost!.by}`;
  const missing = whole ? [...due.values()].find((post) => !own(post) && !names.includes(nameOf(post))) : undefined;
  return missing ? `leaves out ${nameOf(missing)}` : wrongMarksOf(world, asker, passed);
}

const wrongMarksOf = (world: World, asker: Asker, items: readonly Line[]): string | null => items.map((item) => wrongMark(world, asker, item)).find((one) => one !== null) ?? null;

const byPersona: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = anybody(world, random);
  const replies = random.once(2);
  const due = readable(world, asker).filter((post) => post.persona === persona && (replies || post.root === nameOf(post)));
  return { asker, path: `/microblog/by/${persona}?first=100&replies=${replies ? 1 : 0}`, judge: asker.kind === 'impostor' ? status(401) : isPage(world, asker, due, pinnedFor(world, asker, persona)) };
};

const thread: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const post = random.pick(world.posts);
  const mine = heard(world, asker);
  const due = mine.includes(post) ? mine.filter(({ root }) => root === post.root).map(nameOf).sort() : null;
  const first = random.pick([1, 3, 500, 500]);
  return {
    asker, path: `/microblog/thread/${post.persona}/${post.key}?first=${first}`,
    judge: asker.kind === 'impostor' ? status(401) : due === null ? status(404) : (answer) => {
      const bad = status(200)(answer);
      if (bad) return bad;
      const { items, people, missing } = answer.json as Page & { missing: { persona: string; key: string }[] };
      const got = items.map(nameOf).sort();
      const lost = [...new Set(mine.filter((one) => got.includes(nameOf(one)) && one.parent !== null && !due.includes(one.parent)).map(({ parent }) => parent))].sort();
      if (missing.map(nameOf).sort().join() !== lost.join()) return `says that ${missing.map(nameOf).join()} is missing instead of ${lost.join()}`;
      const right = first === 500 ? got.join() === due.join() : got.includes(nameOf(post)) && got.every((name) => due.includes(name));
      return right ? wrongNames(world, asker, { people }) ?? wrongMarks(world, asker, answer.json as Page) ?? wrongShapes(world, asker, answer.json as Page, true) : `shows ${got.join()} instead of ${due.join()}`;
    },
  };
};

const record: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const post = random.pick(world.posts);
  const persona = random.once(2) ? post.persona : anybody(world, random);
  const service = random.once(5) ? random.pick(['peoples', '__proto__', 'messages', 'news']) : random.pick(['microblog', 'people']);
  const collection = random.pick(service === 'microblog' ? ['posts', 'posts', 'posts', 'post_versions', 'replies', 'moves', 'likes', 'reactions', 'constructor'] : ['profile', 'links', 'followers', 'requests', 'asked', 'accepted', 'self']);
  const key = random.pick([post.key, post.key, 'self', 'nothing', '..%2f..%2fself']);
  const there = audienceOf(world, persona, service, collection, key);
  const may = there !== null && mayRead(world, asker, persona, service, collection, there);
  return { asker, path: `/pods/${persona}/${service}/${collection}/${key}`, judge: asker.kind === 'impostor' ? status(401) : may ? status(200) : isNotFound };
};

function audienceOf(world: World, persona: string, service: string, collection: string, key: string): string | null {
  if (service === 'people' && collection === 'profile' && key === 'self') return world.people.get(persona)?.audience ?? null;
  if (service !== 'microblog' || collection !== 'posts') return null;
  return world.posts.find((post) => post.persona === persona && post.key === key && !post.gone)?.audience ?? null;
}

let absent: string | null = null;

/** Denied and absent: the same status, headers and bytes, whoever asks for whatever. */
export function isNotFound(answer: Answer): string | null {
  const bad = status(404)(answer);
  const { date: _date, ...headers } = answer.headers;
  const bytes = JSON.stringify(headers) + answer.text;
  absent ??= bytes;
  return bad ?? (bytes === absent ? null : `a 404 that differs: ${bytes} from ${absent}`);
}

const profile: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = anybody(world, random);
  const person = world.people.get(persona);
  const may = person !== undefined && mayRead(world, asker, persona, 'people', 'profile', person.audience);
  return {
    asker, path: `/people/${person && random.once(2) ? person.handle : persona}`,
    judge: asker.kind === 'impostor' ? status(401) : !may ? status(404) : (answer) => {
      const got = answer.json as { name: string; locked: boolean; follows: boolean; asked: boolean; followsYou: boolean; close: boolean; blocked: boolean; muted: boolean };
      const told = (relation: string): boolean => asker.persona !== null && related(world, asker.persona, persona, relation);
      const isRight = got.name === person.name && got.follows === told('follow') && got.followsYou === told('follower')
        && got.asked === told('asked') && got.close === told('close') && got.locked === (person.locked ?? false) && got.muted === told('mute') && !got.blocked;
      return status(200)(answer) ?? (isRight ? null : `says ${answer.text}`) ?? wrongKept(world, asker, persona, answer.json as object) ?? wrongLines(world, persona, (answer.json as { fields?: [] }).fields);
    },
  };
};

const people: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const due = [...world.people.values()].filter(({ persona, audience }) => mayRead(world, asker, persona, 'people', 'profile', audience)).map(({ persona }) => persona).sort();
  return {
    asker, path: '/people',
    judge: signedOut(asker) ?? ((answer) => {
      const got = (answer.json as { people: { persona: string }[] }).people.map(({ persona }) => persona).sort();
      return got.join() === due.join() ? null : `lists ${got.join()} instead of ${due.join()}`;
    }),
  };
};

/** Cases for every route that reads records of people. */
export const READING: Record<string, Generator> = {
  'GET /microblog/home': home,
  'GET /microblog/house': page(() => true, '/microblog/house'),
  'GET /microblog/by/{persona}': byPersona,
  'GET /microblog/thread/{persona}/{key}': thread,
  'GET /pods/{persona}/{service}/{collection}/{key}': record,
  'GET /people/{who}': profile,
  'GET /people': people,
  ...FINDING, ...QUOTES, ...VOTES, ...REACTIONS, ...HISTORY, ...BLOCKED, ...RINGS, ...NEWS, ...LATER_READING, ...CODES, ...FACE,
};
