import type { Random } from '../random.ts';
import { signedOut, status, type Answer, type Generator } from './ask.ts';
import { noteQuote, QUOTABLE, quoteDue } from './quoting.ts';
import { apart, isShown, mayRead, readable, type Asker, type ModelPost, type World } from './world.ts';

/** Whom a post may be for. */
export const FIVE = ['only-me', 'close', 'followers', 'house', 'everyone'];
const WITHIN: Record<string, string[]> = {
  'only-me': ['only-me'], close: ['only-me', 'close'], followers: ['only-me', 'close', 'followers'], house: ['only-me', 'house'], everyone: FIVE,
};

const nameOf = ({ persona, key }: { persona: string; key: string }): string => `${persona}/${key}`;
const byName = (world: World, name: string): ModelPost | undefined => world.posts.find((post) => nameOf(post) === name);
const asAsker = (world: World, persona: string): Asker => world.askers.find((one) => one.persona === persona)!;
const readsPost = (world: World, asker: Asker, post: ModelPost): boolean => !post.gone && isShown(world, asker, post) && mayRead(world, asker, post.persona, 'microblog', 'posts', post.audience);

/** May this asker read the post where another keeps it for the readers of theirs? */
export function readsKept(world: World, asker: Asker, post: ModelPost): boolean {
  const { persona, gone, handed, kept } = post;
  if (gone || !isShown(world, asker, post) || !handed || !kept || apart(world, handed.to, persona) || (asker.persona !== null && apart(world, asker.persona, persona))) return false;
  return mayRead(world, asker, handed.to, 'microblog', 'replies', kept.audience, asker.persona === persona);
}

/** What a conversation may show this asker. */
export const heard = (world: World, asker: Asker): ModelPost[] => {
  const mine = new Set(readable(world, asker));
  return world.posts.filter((post) => mine.has(post) || readsKept(world, asker, post));
};

/** What the asker is shown of a post: for whom it is, who keeps it, and what an answer may be for. */
export function shownAs(world: World, asker: Asker, post: ModelPost, inThread: boolean): { audience: string; keptBy: string | undefined; replyAudiences: string[] } {
  const kept = inThread && readsKept(world, asker, post);
  const audience = kept ? post.kept!.audience : post.handed ? post.handed.atMost : post.audience;
  const keptBy = post.handed?.to;
  const few = audience === 'close' || audience === 'followers';
  return { audience, keptBy, replyAudiences: few && (keptBy ?? post.persona) !== asker.persona ? ['only-me'] : WITHIN[audience]! };
}

// Never for anybody whom it was not written for.
function keptFor(atMost: string, audience: string): string {
  if (audience === 'everyone' || audience === atMost || (atMost === 'close' && audience === 'followers')) return atMost;
  return atMost === 'followers' && audience === 'close' ? 'close' : 'only-me';
}

/** The owner of the post takes the reply, if its author may read that now. */
function handOver(world: World, post: ModelPost): void {
  const { to, under, atMost } = post.handed!;
  const parent = byName(world, `${to}/${under}`);
  post.waits = false;
  post.kept = parent && readsPost(world, asAsker(world, post.persona), parent) ? { audience: keptFor(atMost, parent.audience) } : null;
}

/** What waited for the end of a block between the two. */
export function afterBlock(world: World, one: string, other: string): void {
  if (apart(world, one, other)) return;
  for (const post of world.posts) {
    if (post.waits && !post.gone && [one, other].includes(post.persona) && [one, other].includes(post.handed!.to)) handOver(world, post);
  }
}

interface Parent { owner: string; under: string; audience: string; root: string }

function parentFor(world: World, asker: Asker, post: ModelPost): Parent | null {
  if (readsPost(world, asker, post)) {
    return post.handed ? { owner: post.handed.to, under: post.handed.under, audience: post.handed.atMost, root: post.root } : { owner: post.persona, under: post.key, audience: post.audience, root: post.root };
  }
  return readsKept(world, asker, post) ? { owner: post.handed!.to, under: post.handed!.under, audience: post.kept!.audience, root: post.root } : null;
}

function answersTo(asker: Asker, { owner, audience }: Parent): string[] {
  return ['close', 'followers'].includes(audience) && owner !== asker.persona ? ['only-me'] : WITHIN[audience]!;
}

const WORDS = ['', '   ', 'x'.repeat(501)];

const POLLS = [undefined, undefined, undefined, undefined, undefined, { options: ['a', 'b'], minutes: 60, multiple: false }, { options: ['a', 'b'], minutes: 60, multiple: true }, { options: ['a', 'a'], minutes: 60, multiple: true }];

interface Said { text: string; poll?: { multiple: boolean }; quote?: string; quotes?: string; audience: string; parent: ModelPost | null; known: Parent | null }

/** What the model keeps of a post that was made. */
function madeNow(world: World, asker: Asker, { persona, key, body }: Made, { text, poll, quote, quotes, audience, parent, known }: Said): ModelPost {
  const isHanded = known !== null && ['close', 'followers'].includes(known.audience) && known.owner !== asker.persona;
  const fresh: ModelPost = {
    persona, key, audience, text, root: known?.root ?? nameOf({ persona, key }), parent: parent && nameOf(parent), created: body.createdAt, gone: false,
    handed: isHanded ? { to: known.owner, under: known.under, atMost: known.audience } : null, mentions: namedIn(world, asker, text),
    ...(poll && { poll: { multiple: poll.multiple, votes: new Map<string, number[]>() } }), ...(quote !== undefined && { quote }), ...(quotes !== undefined && { quotes }),
  };
  world.posts.push(fresh);
  if (isHanded) handOver(world, fresh);
  noteQuote(world, fresh);
  return fresh;
}

interface Made { persona: string; key: string; body: { createdAt: number; mentions?: string[] } }

/** Whom words name: people who are here, and not apart from who writes. */
const namedIn = (world: World, { persona }: Asker, text: string): string[] =>
  [...world.people.values()].filter((one) => text.includes(`@${one.handle} `) && !apart(world, persona!, one.persona)).map((one) => one.persona);

const names = (world: World, random: Random): string => (random.once(3) ? ` @${random.pick([...world.people.values(), { handle: 'nobody' }]).handle} ` : '');

const wrongMentions = ({ body }: Made, { mentions }: ModelPost): string | null => ((body.mentions ?? []).toSorted().join() === mentions!.toSorted().join() ? null : `names ${body.mentions?.join()} instead of ${mentions!.join()}`);

/** Posts that answer one another, in one go. */
const thread: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const parent = random.once(3) ? random.pick(world.posts) : null;
  const known = parent && parentFor(world, asker, parent);
  const audience = known && !random.once(4) ? random.pick(answersTo(asker, known)) : random.pick(FIVE);
  const texts = Array.from({ length: random.once(8) ? 1 : 2 + random.below(2) }, (_, i) => (random.once(12) ? random.pick(WORDS) : `part ${i} ${random.below(1e6)}${names(world, random)}`));
  const due = texts.length < 2 || texts.some((text) => WORDS.includes(text)) ? 400 : parent && !known ? 404 : known && !answersTo(asker, known).includes(audience) ? 400 : 201;
  return {
    asker, path: '/microblog/threads', body: { posts: texts.map((text) => ({ text })), audience, ...(parent ? { replyTo: { persona: parent.persona, key: parent.key } } : {}) },
    judge: signedOut(asker) ?? ((answer) => {
      if (due !== 201 || answer.status !== 201) return status(due)(answer);
      let [before, of] = [parent, known];
      for (const [i, item] of (answer.json as { items: Made[] }).items.entries()) {
        const made = madeNow(world, asker, item, { text: texts[i]!, audience, parent: before, known: of });
        const wrong = wrongMentions(item, made);
        if (wrong) return wrong;
        of = made.handed ? { owner: made.handed.to, under: made.handed.under, audience: made.handed.atMost, root: made.root } : { owner: made.persona, under: made.key, audience, root: made.root };
        before = made;
      }
      return null;
    }),
  };
};

interface Wanted { text: string; audience: string; parent: ModelPost | null; known: Parent | null; poll?: { options: string[]; minutes: number; multiple: boolean }; quoted: ModelPost | null; quotes?: string }

/** Something to post, mostly with a chance. */
function wantedBy(world: World, random: Random, asker: Asker): Wanted {
  const parent = random.once(2) ? random.pick(world.posts) : null;
  const known = parent && parentFor(world, asker, parent);
  const audience = random.once(12) ? random.pick(['linked', 'members', 'house:x']) : known && !random.once(4) ? random.pick(answersTo(asker, known)) : random.pick(FIVE);
  const text = random.once(8) ? random.pick(WORDS) : `case ${random.below(1e6)}${names(world, random)}${random.once(4) ? ' #Córo' : ''}`;
  const poll = random.pick(POLLS);
  const quoted = world.posts.length > 0 && random.once(3) ? random.pick(world.posts) : null;
  return { text, audience, parent, known, quoted, ...(poll && { poll }), ...(random.once(4) && { quotes: random.pick(QUOTABLE) }) };
}

function postDue(world: World, asker: Asker, { text, audience, parent, known, poll, quoted }: Wanted): number {
  if (!FIVE.includes(audience) || WORDS.includes(text) || poll?.options[1] === 'a') return 400;
  if (parent && !known) return 404;
  const within = quoted !== null && (WITHIN[quoted.audience] ?? []).includes(audience);
  const quoting = quoted === null ? 201 : quoteDue(world, asker, quoted, { kept: readsKept(world, asker, quoted), within });
  if (quoting !== 201 || !known) return quoting;
  const isHanded = ['close', 'followers'].includes(known.audience) && known.owner !== asker.persona;
  return !answersTo(asker, known).includes(audience) || (isHanded && (poll || quoted)) ? 400 : 201;
}

/** Posts and replies of every audience; some quote, some ask. */
export const post: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const wanted = wantedBy(world, random, asker);
  const { parent, known: _known, quoted, ...rest } = wanted;
  const due = postDue(world, asker, wanted);
  return {
    asker, path: '/microblog/posts', body: { ...rest, ...(parent ? { replyTo: { persona: parent.persona, key: parent.key } } : {}), ...(quoted && { quote: { persona: quoted.persona, key: quoted.key } }) },
    judge: signedOut(asker) ?? ((answer) => {
      if (due !== 201 || answer.status !== 201) return status(due)(answer);
      const made = answer.json as Made;
      if (made.persona !== asker.persona) return `the post went to ${made.persona}`;
      return wrongMentions(made, madeNow(world, asker, made, { ...wanted, ...(quoted && { quote: nameOf(quoted) }) }));
    }),
  };
};

const own = (world: World, random: Random): { asker: Asker; target: ModelPost; mine: boolean } => {
  const asker = random.pick(world.askers);
  const target = random.pick(random.once(2) && asker.persona ? world.posts.filter(({ persona }) => persona === asker.persona).concat(world.posts[0]!) : world.posts);
  return { asker, target, mine: target.persona === asker.persona && !target.gone };
};

const remove: Generator = (world, random) => {
  const { asker, target, mine } = own(world, random);
  return {
    asker, path: `/microblog/posts/${target.key}`,
    judge: signedOut(asker) ?? ((answer) => {
      if (mine && answer.status === 204) {
        target.gone = true;
        for (const one of world.posts) if (one.handed && `${one.handed.to}/${one.handed.under}` === nameOf(target)) Object.assign(one, { kept: null, waits: false });
      }
      return status(mine ? 204 : 404)(answer);
    }),
  };
};

const edit: Generator = (world, random) => {
  const { asker, target, mine } = own(world, random);
  const text = random.once(6) ? random.pick(WORDS) : random.once(6) ? target.text : `edited ${random.below(1e6)}${names(world, random)}`;
  const fixed = random.once(20);
  const due = fixed ? 400 : !mine ? 404 : WORDS.includes(text) ? 400 : 200;
  return {
    asker, path: `/microblog/posts/${target.key}`, body: { text, ...(fixed && { poll: { options: ['a', 'c'] } }) },
    judge: signedOut(asker) ?? ((answer) => {
      if (due === 200 && answer.status === 200 && text !== target.text) { (target.versions ??= []).push(target.text); target.text = text; target.mentions = namedIn(world, asker, text); }
      return status(due)(answer) ?? (due === 200 ? wrongItem(world, asker, target, answer) : null);
    }),
  };
};

function wrongItem(world: World, asker: Asker, post: ModelPost, { json }: Answer): string | null {
  const { audience, body } = json as { audience: string; body: { text: string; createdAt: number } };
  const right = audience === shownAs(world, asker, post, false).audience && body.text === post.text && body.createdAt === post.created;
  return right ? null : `says ${JSON.stringify(json)}`;
}

const setAudience: Generator = (world, random) => {
  const { asker, target, mine } = own(world, random);
  const audience = random.once(12) ? 'members' : random.pick(FIVE);
  const parent = target.parent === null ? null : byName(world, target.parent) ?? null;
  const known = mine && parent ? parentFor(world, asker, parent) : null;
  const allowed = target.handed ? ['only-me'] : target.parent === null ? FIVE : [...WITHIN[target.audience]!, ...(known ? answersTo(asker, known) : [])];
  const quoted = target.quote === undefined ? undefined : byName(world, target.quote);
  const within = !quoted || WITHIN[target.audience]!.includes(audience) || WITHIN[readsPost(world, asker, quoted) ? quoted.audience : target.audience]!.includes(audience);
  const due = !FIVE.includes(audience) ? 400 : !mine ? 404 : audience === target.audience || (allowed.includes(audience) && within) ? 200 : 400;
  return {
    asker, path: `/microblog/posts/${target.key}/audience`, body: { audience },
    judge: signedOut(asker) ?? ((answer) => {
      if (due === 200 && answer.status === 200) readdress(world, target, audience);
      return status(due)(answer) ?? (due === 200 ? wrongItem(world, asker, target, answer) : null);
    }),
  };
};

function readdress(world: World, target: ModelPost, audience: string): void {
  target.audience = audience;
  if (audience !== 'house' && audience !== 'everyone') world.pins.set(target.persona, (world.pins.get(target.persona) ?? []).filter((key) => key !== target.key));
  noteQuote(world, target);
  for (const one of world.posts) {
    if (one.gone || !one.kept || `${one.handed!.to}/${one.handed!.under}` !== nameOf(target) || keptFor(one.handed!.atMost, audience) === one.kept.audience) continue;
    one.kept = null;
    one.waits = true;
    if (!apart(world, one.persona, target.persona)) handOver(world, one);
  }
}

const removeKept: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const kept = world.posts.filter((one) => one.kept && (!asker.persona || one.handed!.to === asker.persona));
  const target = kept.length > 0 && !random.once(3) ? random.pick(kept) : random.pick(world.posts);
  const there = !target.gone && target.kept != null && target.handed?.to === asker.persona;
  return {
    asker, path: `/microblog/replies/${target.persona}/${target.key}`,
    judge: signedOut(asker) ?? ((answer) => {
      if (there && answer.status === 204) target.kept = null;
      return status(there ? 204 : 404)(answer);
    }),
  };
};

const versions: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const target = random.pick(world.posts);
  const seen = readsPost(world, asker, target);
  return {
    asker, path: `/microblog/posts/${target.persona}/${target.key}/versions`,
    judge: asker.kind === 'impostor' ? status(401) : !seen && !readsKept(world, asker, target) ? status(404) : (answer) => {
      const due = seen ? [...target.versions ?? []].reverse() : [];
      const got = (answer.json as { versions: { text: string }[] }).versions.map(({ text }) => text);
      return status(200)(answer) ?? (got.join() === due.join() ? null : `says ${got.join()} instead of ${due.join()}`);
    },
  };
};

const forget: Generator = (world, random) => {
  const { asker, target, mine } = own(world, random);
  return {
    asker, path: `/microblog/posts/${target.key}/versions`,
    judge: signedOut(asker) ?? ((answer) => {
      if (mine && answer.status === 204) target.versions = [];
      return status(mine ? 204 : 404)(answer);
    }),
  };
};

/** Cases for reading what posts said before. */
export const HISTORY: Record<string, Generator> = { 'GET /microblog/posts/{persona}/{key}/versions': versions };

/** Cases for posting and changing what was posted. */
export const POSTING: Record<string, Generator> = {
  'POST /microblog/posts': post,
  'POST /microblog/threads': thread,
  'PUT /microblog/posts/{key}': edit,
  'PUT /microblog/posts/{key}/audience': setAudience,
  'DELETE /microblog/posts/{key}/versions': forget,
  'DELETE /microblog/replies/{persona}/{key}': removeKept,
  'DELETE /microblog/posts/{key}': remove,
};
