import { signedOut, status, type Answer, type Generator } from './ask.ts';
import { heard } from './conversations.ts';
import { wrongMark, type Marked } from './likes.ts';
import { apart, readable, related, type Asker, type World } from './world.ts';

const KINDS = ['reply', 'mention', 'like', 'boost', 'quote', 'poll', 'follow', 'request', 'accepted'] as const;
type Kind = (typeof KINDS)[number];
interface Told { kind: string; unread: boolean; who: string[]; more: number; post?: Marked & { body: { text: string } } }
interface Due { kind: Kind; who: string[]; unread: boolean }

/** Kinds of news that a relation is told by. */
const BONDS = [['follow', 'follower'], ['request', 'request'], ['accepted', 'accepted']] as const;

const nameOf = ({ persona, key }: { persona: string; key: string }): string => `${persona}/${key}`;

/** What there is to tell somebody, by a name that an answer can be held against: `reply persona/key`, `like persona/key`, `follow persona`. */
function newsOf(world: World, { persona }: Asker, kinds: ReadonlySet<string>): Map<string, Due> {
  const me = persona!;
  const shown = (other: string): boolean => other !== me && !apart(world, me, other) && !related(world, me, other, 'mute');
  const fresh = (event: string): boolean => !world.seen.has(`${me} ${event}`);
  const due = new Map<string, Due>();
  const told = ({ root }: { root: string }): boolean => !world.mutes.has(`${me}>${root}`);
  const asker = { kind: 'member', persona } as Asker;
  const [posts, all] = [readable(world, asker).filter(told), heard(world, asker).filter(told)];
  for (const post of all.filter(({ parent, persona: author }) => parent?.startsWith(`${me}/`) && shown(author))) {
    due.set(`reply ${nameOf(post)}`, { kind: 'reply', who: [post.persona], unread: fresh(`reply ${nameOf(post)}`) });
  }
  for (const post of all.filter(({ mentions, parent, quote, persona: author }) => mentions?.includes(me) && shown(author) && !parent?.startsWith(`${me}/`) && !quote?.startsWith(`${me}/`))) {
    due.set(`mention ${nameOf(post)}`, { kind: 'mention', who: [post.persona], unread: fresh(`mention ${nameOf(post)}`) });
  }
  for (const post of posts.filter(({ noted, quote, persona: author }) => noted && quote?.startsWith(`${me}/`) && shown(author) && world.posts.some((one) => nameOf(one) === quote && !one.gone))) {
    due.set(`quote ${nameOf(post)}`, { kind: 'quote', who: [post.persona], unread: fresh(`quote ${nameOf(post)}`) });
  }
  for (const post of posts.filter((one) => one.persona === me)) {
    for (const [kind, of] of [['like', world.likes], ['boost', world.boosts]] as const) {
      const who = [...world.people.keys()].filter((one) => shown(one) && of.has(`${one}>${nameOf(post)}`));
      if (who.length > 0) due.set(`${kind} ${nameOf(post)}`, { kind, who, unread: who.some((one) => fresh(`${kind} ${one}>${nameOf(post)}`)) });
    }
  }
  for (const other of [...world.people.keys()].filter(shown)) {
    for (const [kind, relation] of BONDS) {
      if (!related(world, me, other, relation) || (kind === 'follow' && related(world, me, other, 'let-in'))) continue;
      due.set(`${kind} ${other}`, { kind, who: [other], unread: fresh(`${kind} ${other}`) });
    }
  }
  return new Map([...due].filter(([, { kind }]) => kinds.has(kind)));
}

const wantedBy = (world: World, { persona }: Asker): ReadonlySet<string> => world.wanted.get(persona!) ?? new Set(KINDS);
const unreadOf = (world: World, asker: Asker): number => Math.min(100, [...newsOf(world, asker, wantedBy(world, asker)).values()].filter(({ unread }) => unread).length);

const list: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const kinds = random.pick([null, null, null, 'reply', 'like', 'follow', 'request,accepted', 'reply,like', 'like,like', 'boost,quote,mention', 'boosts', 'reply,', '__proto__']);
  const sound = kinds === null || kinds.split(',').every((kind) => (KINDS as readonly string[]).includes(kind));
  return {
    asker, path: `/news?first=100${kinds === null ? '' : `&kinds=${kinds}`}`,
    judge: signedOut(asker) ?? (!sound ? status(400) : (answer) => {
      const wanted = wantedBy(world, asker);
      const due = newsOf(world, asker, kinds === null ? wanted : new Set(kinds.split(',').filter((kind) => wanted.has(kind))));
      return status(200)(answer) ?? wrongNews(world, asker, due, answer);
    }),
  };
};

function wrongNews(world: World, asker: Asker, due: Map<string, Due>, { json }: Answer): string | null {
  const { items, unread } = json as { items: Told[]; unread: number };
  if (items.length !== Math.min(100, due.size)) return `tells ${items.length} pieces of ${due.size}`;
  if (unread !== unreadOf(world, asker)) return `says ${unread} unread of ${unreadOf(world, asker)}`;
  const names = new Set<string>();
  for (const item of items) {
    const name = `${item.kind} ${item.post ? nameOf(item.post) : item.who[0]}`;
    const one = due.get(name);
    if (!one || names.has(name)) return `tells ${name}`;
    names.add(name);
    const isRight = item.unread === one.unread && item.who.length + item.more === one.who.length && item.who.length <= 3 && item.who.every((who) => one.who.includes(who));
    if (!isRight) return `tells ${JSON.stringify(item)} of ${JSON.stringify(one)}`;
    const wrong = item.post ? wrongMark(world, asker, item.post) : null;
    if (wrong) return wrong;
  }
  return null;
}

const cursor = (place: string): string => Buffer.from(place).toString('base64url');
const ALL = cursor(`${'f'.repeat(16)}.zzz`);
const NONE = cursor(`${'0'.repeat(16)}.aaa`);

const read: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const upTo = random.pick([ALL, NONE, NONE, NONE, '', 'nonsense', cursor('abc.def'), cursor(`${'f'.repeat(16)}.a/b`), 7]);
  return {
    asker, path: '/news/read', body: { upTo },
    judge: signedOut(asker) ?? ((answer) => {
      if (upTo !== ALL && upTo !== NONE) return status(400)(answer);
      if (upTo === ALL) seeAll(world, asker.persona!);
      const due = unreadOf(world, asker);
      return status(200)(answer) ?? ((answer.json as { unread: number }).unread === due ? null : `says ${answer.text} instead of ${due}`);
    }),
  };
};

// The hidden are read with the others: whoever is unblocked does not come back as news.
function seeAll(world: World, me: string): void {
  for (const post of world.posts.filter(({ parent, gone }) => !gone && parent?.startsWith(`${me}/`))) world.seen.add(`${me} reply ${nameOf(post)}`);
  for (const like of world.likes) if (like.includes(`>${me}/`)) world.seen.add(`${me} like ${like}`);
  for (const boost of world.boosts) if (boost.includes(`>${me}/`)) world.seen.add(`${me} boost ${boost}`);
  for (const post of world.posts.filter(({ gone }) => !gone)) {
    if (post.mentions?.includes(me)) world.seen.add(`${me} mention ${nameOf(post)}`);
    if (post.quote?.startsWith(`${me}/`)) world.seen.add(`${me} quote ${nameOf(post)}`);
  }
  for (const other of world.people.keys()) for (const [kind, relation] of BONDS) if (related(world, me, other, relation)) world.seen.add(`${me} ${kind} ${other}`);
}

const settings: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return {
    asker, path: '/news/settings',
    judge: signedOut(asker) ?? ((answer) => {
      const wanted = wantedBy(world, asker);
      const due = JSON.stringify({ ...Object.fromEntries(KINDS.map((kind) => [kind, wanted.has(kind)])), quiet: quietOf(world, asker) });
      return status(200)(answer) ?? (answer.text === due ? null : `says ${answer.text} instead of ${due}`);
    }),
  };
};

const QUIET = [undefined, null, { from: 1320, to: 420 }, { from: 0, to: 1 }] as const;
const quietIn = new WeakMap<World, Map<string, unknown>>();
const quietOf = (world: World, { persona }: Asker): unknown => quietIn.get(world)?.get(persona!) ?? null;

const setSettings: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const kinds = new Set<string>(KINDS.filter(() => !random.once(3)));
  const whole = Object.fromEntries(KINDS.map((kind) => [kind, kinds.has(kind)]));
  const { like: _like, ...part } = whole;
  const quiet = random.pick(QUIET);
  const sound = { ...whole, ...(quiet !== undefined && { quiet }) };
  const body = random.pick<object>([sound, sound, sound, part, { ...whole, poke: true }, { ...whole, like: 'no' }, { ...whole, quiet: { from: 60, to: 60 } }, { ...whole, quiet: { from: 1440, to: 0 } }, { ...whole, quiet: 'night' }]);
  return {
    asker, path: '/news/settings', body,
    judge: signedOut(asker) ?? ((answer) => {
      if (body !== sound) return status(400)(answer);
      if (quiet !== undefined) quietIn.set(world, (quietIn.get(world) ?? new Map<string, unknown>()).set(asker.persona!, quiet));
      world.wanted.set(asker.persona!, kinds);
      return status(200)(answer) ?? (answer.text === JSON.stringify({ ...whole, quiet: quietOf(world, asker) }) ? null : `says ${answer.text}`);
    }),
  };
};

/** Cases for reading news. */
export const NEWS: Record<string, Generator> = { 'GET /news': list, 'GET /news/settings': settings };
/** Cases for marking them read and saying which are wanted. */
export const NEWS_STATE: Record<string, Generator> = { 'PUT /news/read': read, 'PUT /news/settings': setSettings };
