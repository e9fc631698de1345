import type { Random } from '../random.ts';
import { signedOut, status, type Answer, type Generator } from './ask.ts';
import { readsKept } from './conversations.ts';
import { apart, isShown, mayRead, type Asker, type ModelPost, type World } from './world.ts';

/* Boosts, bookmarks, mutes of conversations, votes and pins: who has done what, and who may. */

const nameOf = ({ persona, key }: { persona: string; key: string }): string => `${persona}/${key}`;
const reads = (world: World, asker: Asker, post: ModelPost): boolean => !post.gone && isShown(world, asker, post) && mayRead(world, asker, post.persona, 'microblog', 'posts', post.audience);
const isWide = (audience: string): boolean => audience === 'house' || audience === 'everyone';

const SAID = { boost: 'boosted', bookmark: 'bookmarked', mute: 'muted' } as const;

const act = (verb: keyof typeof SAID, on: boolean): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  // Which conversation a post was of that is gone, nobody knows any more.
  const post = random.pick(verb === 'mute' && !on ? world.posts.filter(({ gone }) => !gone) : world.posts);
  const persona = random.once(8) ? random.pick([...world.people.keys(), 'nobody']) : post.persona;
  const there = persona === post.persona && reads(world, asker, post);
  const kept = persona === post.persona && readsKept(world, asker, post);
  const due = !on ? 200 : !there && !kept ? 404 : verb !== 'boost' || (there && isWide(post.audience)) ? 200 : 409;
  const done = world[`${verb}s`];
  return {
    asker, path: `/microblog/posts/${persona}/${post.key}/${verb}`,
    judge: signedOut(asker) ?? ((answer) => {
      const wrong = status(due)(answer);
      if (wrong || due !== 200) return wrong;
      const mark = `${asker.persona}>${verb === 'mute' && persona === post.persona ? post.root : `${persona}/${post.key}`}`;
      if (on) done.add(mark); else done.delete(mark);
      if (!on && verb === 'boost') world.seen.delete(`${persona} boost ${mark}`);
      return answer.text === JSON.stringify({ [SAID[verb]]: on }) ? null : `says ${answer.text}`;
    }),
  };
};

const CHOICES = [[0], [1], [0], [1], [0, 1], [2], [], [0, 0]];

const vote: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const asking = world.posts.filter(({ poll }) => poll);
  const post = asking.length > 0 && !random.once(6) ? random.pick(asking) : random.pick(world.posts);
  const choices = random.pick(CHOICES);
  const sound = choices.length > 0 && new Set(choices).size === choices.length && choices.every((one) => one < 2) && (choices.length === 1 || (post.poll?.multiple ?? false));
  const before = asker.persona === null ? undefined : post.poll?.votes.get(asker.persona);
  const due = !reads(world, asker, post) ? 404 : !post.poll || post.persona === asker.persona || !sound ? 400 : before && before.join() !== choices.join() ? 409 : 200;
  return {
    asker, path: `/microblog/posts/${post.persona}/${post.key}/vote`, body: { choices },
    judge: signedOut(asker) ?? ((answer) => {
      if (due === 200 && answer.status === 200) post.poll!.votes.set(asker.persona!, choices);
      return status(due)(answer);
    }),
  };
};

const votes: Generator = (world, random) => {
  const { asker, target, mine } = own(world, random);
  const asking = world.posts.filter(({ poll, persona }) => poll && (random.once(3) || persona === asker.persona));
  const post = asking.length > 0 && !random.once(4) ? random.pick(asking) : target;
  const isMine = post === target ? mine : post.persona === asker.persona && !post.gone;
  return {
    asker, path: `/microblog/posts/${post.persona}/${post.key}/votes`,
    judge: signedOut(asker) ?? (!isMine ? status(404) : !post.poll ? status(400) : (answer: Answer) => {
      const { votes: told, more } = answer.json as { votes: { by: { persona: string }; choices: number[] }[]; more: number };
      const due = [...post.poll!.votes].filter(([voter]) => !apart(world, post.persona, voter)).map(([voter, choices]) => `${voter} ${choices.join()}`).sort().join(';');
      const got = told.map(({ by, choices }) => `${by.persona} ${choices.join()}`).sort().join(';');
      return status(200)(answer) ?? (got === due && told.length + more === post.poll!.votes.size ? null : `says ${got} and ${more} instead of ${due}`);
    }),
  };
};

/** The pins that are so, in a pod where somebody looks after them: what is for few, or gone, is none. */
const tidyPins = (world: World, persona: string): string[] =>
  (world.pins.get(persona) ?? []).filter((key) => world.posts.some((post) => post.persona === persona && post.key === key && !post.gone && isWide(post.audience)));

/** What stands first on somebody's page for an asker. */
export function pinnedFor(world: World, asker: Asker, persona: string): ModelPost[] {
  const pins = tidyPins(world, persona).map((key) => world.posts.find((post) => post.persona === persona && post.key === key)!);
  // One that is for the house alone keeps the list of them from everybody else.
  if (asker.persona === null && pins.some(({ audience }) => audience === 'house')) return [];
  return pins.filter((post) => reads(world, asker, post));
}

/** Somebody, and mostly a post of their own. */
export const own = (world: World, random: Random): { asker: Asker; target: ModelPost; mine: boolean } => {
  const asker = random.pick(world.askers);
  const target = random.pick(asker.persona ? world.posts.filter(({ persona }) => persona === asker.persona).concat(world.posts[0]!) : world.posts);
  return { asker, target, mine: target.persona === asker.persona && !target.gone };
};

const pin = (on: boolean): Generator => (world, random) => {
  const { asker, target, mine } = own(world, random);
  const pins = asker.persona === null ? [] : tidyPins(world, asker.persona);
  const there = pins.includes(target.key);
  const due = !on ? 200 : !mine ? 404 : !isWide(target.audience) || (!there && pins.length >= 5) ? 409 : 200;
  return {
    asker, path: `/microblog/posts/${target.key}/pin`,
    judge: signedOut(asker) ?? ((answer) => {
      const wrong = status(due)(answer);
      if (wrong || due !== 200) return wrong;
      const now = on ? (there ? pins : [target.key, ...pins]) : pins.filter((key) => key !== target.key);
      world.pins.set(asker.persona!, now);
      const got = (answer.json as { pinned: string[] }).pinned.join();
      return got === now.join() ? null : `pins ${got} instead of ${now.join()}`;
    }),
  };
};

/** A post as an answer shows it, as far as its reader's own marks go. */
export interface OwnMarks { persona: string; key: string; boosted?: boolean; bookmarked?: boolean; muted?: boolean; voted?: number[]; boosts?: { people: { persona: string }[]; more: number }; body?: { poll?: { counts?: number[]; voters?: number } } }

/** Everybody sees what they have done themselves; the author sees who boosted; what a poll counts is what was voted. */
export function wrongMarks(world: World, asker: Asker, post: OwnMarks, boosters: readonly string[]): string | null {
  const mark = `${asker.persona}>${nameOf(post)}`;
  if ((post.boosted ?? false) !== world.boosts.has(mark) || (post.bookmarked ?? false) !== world.bookmarks.has(mark)) return `marks ${JSON.stringify(post)}`;
  const known = world.posts.find((one) => nameOf(one) === nameOf(post));
  if ((post.muted ?? false) !== world.mutes.has(`${asker.persona}>${known?.root}`)) return `says muted ${post.muted} of ${nameOf(post)}`;
  const wrong = wrongVotes(asker, post, [...known?.poll?.votes ?? []]);
  if (wrong) return wrong;
  if (post.persona !== asker.persona) return post.boosts === undefined ? null : 'tells who boosts';
  const { people, more } = post.boosts ?? { people: [], more: 0 };
  return people.length + more === boosters.length && people.every(({ persona }) => boosters.includes(persona)) ? null : `says ${people.length} and ${more} boost it, which are ${boosters.length}`;
}

function wrongVotes(asker: Asker, { voted, body }: OwnMarks, votes: readonly [string, number[]][]): string | null {
  const mine = votes.find(([who]) => who === asker.persona)?.[1].join();
  if (voted?.join() !== mine) return `says ${voted?.join()} was voted instead of ${mine}`;
  const { counts, voters = 0 } = body?.poll ?? {};
  const due = votes.length === 0 ? undefined : [0, 1].map((choice) => votes.filter(([, choices]) => choices.includes(choice)).length).join();
  return counts?.join() === due && voters === votes.length ? null : `counts ${counts?.join()} instead of ${due}`;
}

/** Cases for reading who voted. */
export const VOTES: Record<string, Generator> = { 'GET /microblog/posts/{persona}/{key}/votes': votes };
/** Cases for boosting, keeping, muting, voting and pinning. */
export const PASSING: Record<string, Generator> = {
  'PUT /microblog/posts/{persona}/{key}/boost': act('boost', true), 'DELETE /microblog/posts/{persona}/{key}/boost': act('boost', false),
  'PUT /microblog/posts/{persona}/{key}/bookmark': act('bookmark', true), 'DELETE /microblog/posts/{persona}/{key}/bookmark': act('bookmark', false),
  'PUT /microblog/posts/{persona}/{key}/mute': act('mute', true), 'DELETE /microblog/posts/{persona}/{key}/mute': act('mute', false),
  'POST /microblog/posts/{persona}/{key}/vote': vote, 'PUT /microblog/posts/{key}/pin': pin(true), 'DELETE /microblog/posts/{key}/pin': pin(false),
};
