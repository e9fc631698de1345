import type { Random } from '../random.ts';
import { signedOut, status, type Answer, type Case, type Generator } from './ask.ts';
import { heard } from './conversations.ts';
import { mayRead, readable, related, type Asker, type ModelPost, type World } from './world.ts';

interface Page { items: { persona: string; key: string }[]; next: string | null }
interface ModelList { key: string; owner: string; name: string; people: string[]; replies: boolean }
interface ModelFilter { key: string; owner: string; words: string[]; how: string; places: string[] }

/** What people have made to read by, of each world. */
interface Shelf { lists: ModelList[]; filters: ModelFilter[]; marks: Map<string, { home?: number; house?: number }> }
const shelves = new WeakMap<World, Shelf>();
const shelfOf = (world: World): Shelf => {
  const shelf = shelves.get(world) ?? { lists: [], filters: [], marks: new Map() };
  shelves.set(world, shelf);
  return shelf;
};

const nameOf = ({ persona, key }: { persona: string; key: string }): string => `${persona}/${key}`;
const muted = (world: World, asker: Asker, persona: string): boolean => related(world, asker.persona!, persona, 'mute');
const seen = (world: World, asker: Asker, persona: string): boolean => {
  const person = world.people.get(persona);
  return person !== undefined && mayRead(world, asker, persona, 'people', 'profile', person.audience);
};
const wordsOf = (text: string): string[] => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').match(/[a-z0-9]+/g) ?? [];
const tagsOf = (text: string): string[] => [...text.matchAll(/#(\p{L}+)/gu)].map(([, tag]) => wordsOf(tag!)[0]!);

/** What the asker may find: what they hear, but for the muted, who are found when asked for by name. */
const findable = (world: World, asker: Asker, named = false): ModelPost[] => {
  const own = new Set(readable(world, asker));
  return heard(world, asker).filter((post) => {
    if (own.has(post)) return named || !muted(world, asker, post.persona);
    const keeper = post.handed!.to;
    return (named || !muted(world, asker, keeper)) && !muted(world, asker, post.persona);
  });
};

// Exactly these, in whatever order those of one millisecond come; of more than a page, some.
function isThese(due: readonly ModelPost[]): (page: Page) => string | null {
  const names = new Set(due.map(nameOf));
  return ({ items }) => {
    const got = new Set(items.map(nameOf));
    const wrong = [...got].filter((name) => !names.has(name));
    if (wrong.length > 0) return `finds ${wrong.join()}`;
    return got.size === items.length && got.size === Math.min(100, names.size) ? null : `finds ${items.length} of ${names.size}`;
  };
}

const paged = (judge: (page: Page) => string | null) => (answer: Answer): string | null => status(200)(answer) ?? judge(answer.json as Page);

const search: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const target = random.pick(world.posts);
  const from = random.once(3) ? random.pick([...world.people.values()]) : null;
  const own = from === null && random.once(4);
  const words = random.some(wordsOf(random.once(3) ? `${target.text} nothing` : target.text));
  const tag = random.once(5) ? random.pick(['coro', 'none']) : null;
  const last = words.at(-1);
  const typed = last === undefined || random.once(2) ? last : last.slice(0, 1 + random.below(last.length));
  const q = [...(from ? [`from:${from.handle}`] : []), ...(tag ? [`#${tag.toUpperCase()}`] : []), ...words.slice(0, -1).map((word) => (random.once(2) ? word.toUpperCase() : word)), ...(typed ? [typed] : [])];
  const author = own ? asker.persona : from?.persona ?? null;
  // The answers of a poll are words of its post; every poll here has these two.
  const fits = ({ persona, text: said, poll }: ModelPost, text = poll ? `${said} a b` : said): boolean => (author === null || persona === author)
    && words.slice(0, -1).every((word) => wordsOf(text).includes(word)) && (!typed || wordsOf(text).some((word) => word.startsWith(typed))) && (!tag || tagsOf(text).includes(tag));
  const asks = q.length > 0 || own;
  return {
    asker, path: `/microblog/search?first=100&q=${encodeURIComponent(q.join(' '))}${own ? '&in=own' : ''}`,
    judge: signedOut(asker) ?? ((answer) => {
      const bad = status(200)(answer);
      if (bad) return bad;
      const { posts, people } = answer.json as { posts: Page; people: { persona: string }[] };
      const unseen = people.find(({ persona }) => !seen(world, asker, persona));
      return unseen ? `names ${unseen.persona}` : isThese(asks ? findable(world, asker, author !== null).filter((post) => fits(post)) : [])(posts);
    }),
  };
};

const byTag: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const tag = random.pick(['coro', 'CÓRO', 'none', ':image', '%00', '__proto__']);
  const due = tag.startsWith('c') || tag.startsWith('C') ? (post: ModelPost) => tagsOf(post.text).includes('coro') : () => false;
  return { asker, path: `/microblog/tags/${tag === '%00' ? tag : encodeURIComponent(tag)}?first=100`, judge: signedOut(asker) ?? paged((page) => isThese(findable(world, asker).filter(due))(page)) };
};

const catchUp: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const hours = random.pick(['1', '72', '0', '73', 'x', '1.5']);
  return {
    asker, path: `/microblog/catch-up?hours=${hours}`,
    judge: signedOut(asker) ?? ((answer) => {
      if (!['1', '72'].includes(hours)) return status(400)(answer);
      const hidden = (status(200)(answer) ?? null) === null ? (answer.json as Page).items.find((item) => !readable(world, asker).some((post) => nameOf(post) === nameOf(item))) : undefined;
      return status(200)(answer) ?? (hidden ? `shows ${nameOf(hidden)}` : null);
    }),
  };
};

/** A name that nobody's list or filter has, or one of somebody's. */
const keyOf = (of: readonly { key: string }[], random: Random): string => (of.length > 0 && !random.once(5) ? random.pick(of).key : random.pick(['A'.repeat(22), 'self', '__proto__']));

const lists: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return {
    asker, path: '/microblog/lists',
    judge: signedOut(asker) ?? ((answer) => {
      const due = shelfOf(world).lists.filter(({ owner }) => owner === asker.persona)
        .map(({ key, name, people, replies }) => JSON.stringify([key, name, people.filter((one) => seen(world, asker, one)).toSorted(), replies])).toSorted().join();
      const got = (answer.json as { lists: { key: string; name: string; people: { persona: string }[]; replies: boolean }[] }).lists
        .map(({ key, name, people, replies }) => JSON.stringify([key, name, people.map(({ persona }) => persona).toSorted(), replies])).toSorted().join();
      return status(200)(answer) ?? (got === due ? null : `says ${got} instead of ${due}`);
    }),
  };
};

function someList(world: World, random: Random): { name: string; people: string[]; replies?: boolean } {
  const people = random.once(6) ? ['nobody'] : random.once(8) ? [`c${'a'.repeat(52)}`] : random.some([...world.people.keys()]);
  return { name: random.pick(['Altos', 'Basses', '  ', 'x'.repeat(61)]), people, ...(random.once(2) ? { replies: true } : {}) };
}

const dueFor = (world: World, asker: Asker, { name, people }: { name: string; people: string[] }): number =>
  (name.length > 60 || people.includes('nobody') || name.trim() === '' ? 400 : people.every((one) => seen(world, asker, one)) ? 200 : 404);

const addList: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const body = someList(world, random);
  const mine = shelfOf(world).lists.filter(({ owner }) => owner === asker.persona).length;
  return {
    asker, path: '/microblog/lists', body,
    judge: signedOut(asker) ?? ((answer) => {
      const due = dueFor(world, asker, body);
      if (due === 200 && mine >= 100) return status(409, 400)(answer);
      if (due !== 200) return status(due)(answer);
      if (answer.status === 201) shelfOf(world).lists.push({ key: (answer.json as { key: string }).key, owner: asker.persona!, replies: false, ...body });
      return status(201)(answer);
    }),
  };
};

const setList: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const key = keyOf(shelfOf(world).lists, random);
  const body = someList(world, random);
  return {
    asker, path: `/microblog/lists/${key}`, body,
    judge: signedOut(asker) ?? ((answer) => {
      const held = shelfOf(world).lists.find((one) => one.key === key && one.owner === asker.persona);
      const due = dueFor(world, asker, body);
      if (due === 200 && held && answer.status === 200) {
        const hidden = held.people.filter((one) => !seen(world, asker, one));
        Object.assign(held, { replies: false, ...body, people: [...new Set([...body.people, ...hidden])] });
      }
      return status(due === 200 && !held ? 404 : due)(answer);
    }),
  };
};

const dropList: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const key = keyOf(shelfOf(world).lists, random);
  return {
    asker, path: `/microblog/lists/${key}`,
    judge: signedOut(asker) ?? ((answer) => {
      const { lists: all } = shelfOf(world);
      const held = all.findIndex((one) => one.key === key && one.owner === asker.persona);
      if (held >= 0 && answer.status === 204) all.splice(held, 1);
      return status(held >= 0 ? 204 : 404)(answer);
    }),
  };
};

const listPosts: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const key = keyOf(shelfOf(world).lists, random);
  return {
    asker, path: `/microblog/lists/${key}/posts?first=100`,
    judge: signedOut(asker) ?? ((answer) => {
      const held = shelfOf(world).lists.find((one) => one.key === key && one.owner === asker.persona);
      if (!held) return status(404)(answer);
      const due = readable(world, asker).filter((post) => held.people.includes(post.persona) && !muted(world, asker, post.persona) && (held.replies || post.parent === null));
      return paged(isThese(due))(answer);
    }),
  };
};

const filters: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return {
    asker, path: '/microblog/filters',
    judge: signedOut(asker) ?? ((answer) => {
      const due = shelfOf(world).filters.filter(({ owner }) => owner === asker.persona).map(({ key, words, how, places }) => JSON.stringify([key, words, how, places])).toSorted().join();
      const got = (answer.json as { filters: ModelFilter[] }).filters.map(({ key, words, how, places }) => JSON.stringify([key, words, how, places])).toSorted().join();
      return status(200)(answer) ?? (got === due ? null : `says ${got} instead of ${due}`);
    }),
  };
};

const PLACES = ['home', 'house', 'lists', 'threads', 'profiles', 'news'];
const someFilter = (random: Random): { words: string[]; how: string; places: string[] } =>
  ({ words: random.pick([['fish'], ['eel', 'fish'], ['  '], [], ['x'.repeat(81)]]), how: random.pick(['hide', 'warn', 'warn', 'burn']), places: random.once(5) ? random.pick([[], ['garden']]) : random.some(PLACES, 1) });
const isFilter = ({ words, how, places }: { words: string[]; how: string; places: string[] }): boolean =>
  words.length > 0 && words.every((word) => word.trim() !== '' && word.length <= 80) && how !== 'burn' && places.length > 0 && places.every((place) => PLACES.includes(place));

const addFilter: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const body = someFilter(random);
  return {
    asker, path: '/microblog/filters', body,
    judge: signedOut(asker) ?? ((answer) => {
      const { filters: all } = shelfOf(world);
      if (!isFilter(body)) return status(400)(answer);
      if (all.filter(({ owner }) => owner === asker.persona).length >= 200) return status(409, 400)(answer);
      if (answer.status === 201) all.push({ ...body, key: (answer.json as { key: string }).key, owner: asker.persona! });
      return status(201)(answer);
    }),
  };
};

const setFilter: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const key = keyOf(shelfOf(world).filters, random);
  const body = someFilter(random);
  return {
    asker, path: `/microblog/filters/${key}`, body,
    judge: signedOut(asker) ?? ((answer) => {
      const held = shelfOf(world).filters.find((one) => one.key === key && one.owner === asker.persona);
      if (held && isFilter(body) && answer.status === 200) Object.assign(held, body);
      return status(!isFilter(body) ? 400 : held ? 200 : 404)(answer);
    }),
  };
};

const dropFilter: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const key = keyOf(shelfOf(world).filters, random);
  return {
    asker, path: `/microblog/filters/${key}`,
    judge: signedOut(asker) ?? ((answer) => {
      const { filters: all } = shelfOf(world);
      const held = all.findIndex((one) => one.key === key && one.owner === asker.persona);
      if (held >= 0 && answer.status === 204) all.splice(held, 1);
      return status(held >= 0 ? 204 : 404)(answer);
    }),
  };
};

const cursor = (created: number): string => Buffer.from(`${created}.key`).toString('base64url');
const cursors = ({ home, house }: { home?: number; house?: number } = {}): string => JSON.stringify({ ...(home !== undefined && { home: cursor(home) }), ...(house !== undefined && { house: cursor(house) }) });

const marks: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return {
    asker, path: '/microblog/marks',
    judge: signedOut(asker) ?? ((answer) => status(200)(answer) ?? (answer.text === cursors(shelfOf(world).marks.get(asker.persona!)) ? null : `says ${answer.text}`)),
  };
};

const setMarks: Generator = (world, random): Case => {
  const asker = random.pick(world.askers);
  const given = Object.fromEntries(random.some(['home', 'house']).map((where) => [where, random.below(1e6)])) as { home?: number; house?: number };
  const body = random.once(5) ? random.pick([{ home: 'nonsense' }, { garden: 'x' }, { house: '' }]) : JSON.parse(cursors(given)) as object;
  const sound = JSON.stringify(body) === cursors(given);
  return {
    asker, path: '/microblog/marks', body,
    judge: signedOut(asker) ?? ((answer) => {
      if (!sound) return status(400)(answer);
      const all = shelfOf(world).marks;
      const had = all.get(asker.persona!) ?? {};
      for (const where of ['home', 'house'] as const) if (given[where] !== undefined && given[where] > (had[where] ?? -1)) had[where] = given[where];
      all.set(asker.persona!, had);
      return status(200)(answer) ?? (answer.text === cursors(had) ? null : `says ${answer.text} instead of ${cursors(had)}`);
    }),
  };
};

const bookmarks: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: '/microblog/bookmarks?first=100', judge: signedOut(asker) ?? paged((page) => isThese(heard(world, asker).filter((post) => world.bookmarks.has(`${asker.persona}>${nameOf(post)}`)))(page)) };
};

/** Cases for what one reads by, beside timelines. */
export const FINDING: Record<string, Generator> = {
  'GET /microblog/search': search, 'GET /microblog/tags/{tag}': byTag, 'GET /microblog/catch-up': catchUp, 'GET /microblog/bookmarks': bookmarks,
  'GET /microblog/lists': lists, 'GET /microblog/lists/{key}/posts': listPosts, 'GET /microblog/filters': filters, 'GET /microblog/marks': marks,
};
/** Cases for making it. */
export const FINDING_BY: Record<string, Generator> = {
  'POST /microblog/lists': addList, 'PUT /microblog/lists/{key}': setList, 'DELETE /microblog/lists/{key}': dropList,
  'POST /microblog/filters': addFilter, 'PUT /microblog/filters/{key}': setFilter, 'DELETE /microblog/filters/{key}': dropFilter, 'PUT /microblog/marks': setMarks,
};
