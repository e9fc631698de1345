import type { Random } from '../random.ts';
import { signedOut, status, type Answer, type Generator } from './ask.ts';
import { apart, isShown, mayRead, readable, type Asker, type ModelPost, type World } from './world.ts';

/* Who may quote what, which quotes stand, and what is shown of them: written down once more, as plainly as can be. */

const nameOf = ({ persona, key }: { persona: string; key: string }): string => `${persona}/${key}`;
const byName = (world: World, name: string): ModelPost | undefined => world.posts.find((post) => nameOf(post) === name);
const asker = (world: World, persona: string): Asker => world.askers.find((one) => one.persona === persona)!;
const reads = (world: World, who: Asker, post: ModelPost): boolean => !post.gone && isShown(world, who, post) && mayRead(world, who, post.persona, 'microblog', 'posts', post.audience);
const isWide = (audience: string): boolean => audience === 'house' || audience === 'everyone';

/** What a post quotes says of who may. */
export const QUOTABLE = ['anyone', 'followers', 'nobody'];

/** May somebody who reads the post quote it now? */
export function mayQuote(world: World, who: Asker, post: ModelPost): boolean {
  if (who.persona === null || !isWide(post.audience)) return false;
  const by = post.quotes ?? world.choices.get(post.persona)?.quotes ?? 'anyone';
  return who.persona === post.persona || by === 'anyone' || (by === 'followers' && mayRead(world, who, post.persona, 'microblog', 'posts', 'followers'));
}

/** What the answer is when somebody wants to quote this in a post for these. */
export function quoteDue(world: World, who: Asker, post: ModelPost, { kept, within }: { kept: boolean; within: boolean }): number {
  const seen = reads(world, who, post);
  if (!seen) return kept ? 403 : 404;
  return !mayQuote(world, who, post) ? 403 : within ? 201 : 400;
}

/** The quoted author's pod takes note, if the quoting post is for them to read, and they agree. */
export function noteQuote(world: World, quoting: ModelPost): void {
  const post = quoting.quote === undefined ? undefined : byName(world, quoting.quote);
  if (!post || post.gone || post.persona === quoting.persona || quoting.noted) return;
  const [author, quoter] = [asker(world, post.persona), asker(world, quoting.persona)];
  quoting.noted = reads(world, author, quoting) && reads(world, quoter, post) && mayQuote(world, quoter, post);
}

/** What is shown of a quote to somebody who reads the post that quotes. */
export function quotedState(world: World, who: Asker, quoting: ModelPost): 'shown' | 'withdrawn' | 'hidden' | undefined {
  if (quoting.quote === undefined) return undefined;
  const post = byName(world, quoting.quote)!;
  if (!reads(world, who, post) || !isWide(post.audience) || apart(world, post.persona, quoting.persona)) return 'hidden';
  if (quoting.withdrawn) return 'withdrawn';
  return quoting.noted || mayQuote(world, asker(world, quoting.persona), post) ? 'shown' : 'hidden';
}

interface Shown { persona: string; key: string; keptBy?: string; mayQuote?: boolean; quoted?: { state: string; item?: { persona: string; key: string; quoted?: unknown; body: { text: string } } } }

/** What is wrong with what an answer says of quoting a post, or null. */
export function wrongQuote(world: World, who: Asker, item: Shown): string | null {
  const post = byName(world, nameOf(item))!;
  const may = item.keptBy === undefined && mayQuote(world, who, post);
  if ((item.mayQuote ?? false) !== may) return `says ${String(item.mayQuote)} of quoting ${nameOf(item)}`;
  const due = quotedState(world, who, post);
  if (item.quoted?.state !== due) return `shows a quote in ${nameOf(item)} as ${String(item.quoted?.state)} instead of ${String(due)}`;
  if (due !== 'shown') return item.quoted?.item ? 'shows what it says it does not' : null;
  const { item: quoted } = item.quoted!;
  return quoted && nameOf(quoted) === post.quote && quoted.body.text === byName(world, post.quote)!.text && quoted.quoted === undefined ? null : `shows ${JSON.stringify(quoted)} as quoted`;
}

const own = (world: World, random: Random): { who: Asker; target: ModelPost; mine: boolean } => {
  const who = random.pick(world.askers);
  const target = random.pick(random.once(2) && who.persona ? world.posts.filter(({ persona }) => persona === who.persona).concat(world.posts[0]!) : world.posts);
  return { who, target, mine: target.persona === who.persona && !target.gone };
};

const setQuotable: Generator = (world, random) => {
  const { who, target, mine } = own(world, random);
  const quotes = random.pick([...QUOTABLE, 'everybody']);
  const due = quotes === 'everybody' ? 400 : mine ? 200 : 404;
  return {
    asker: who, path: `/microblog/posts/${target.key}/quotes`, body: { quotes },
    judge: signedOut(who) ?? ((answer) => {
      if (due === 200 && answer.status === 200) target.quotes = quotes;
      return status(due)(answer);
    }),
  };
};

const withdraw: Generator = (world, random) => {
  const who = random.pick(world.askers);
  const quoting = random.pick(world.posts.filter((one) => one.quote !== undefined).concat(world.posts[0]!));
  const name = random.once(6) ? nameOf(random.pick(world.posts)) : quoting.quote ?? nameOf(world.posts[0]!);
  const target = byName(world, name)!;
  const quotes = quoting.quote === name;
  const mine = target.persona === who.persona && !target.gone;
  const knows = quotes && ((quoting.noted && !quoting.gone) || quoting.withdrawn || reads(world, who, quoting));
  return {
    asker: who, path: `/microblog/posts/${target.key}/quotes/${quoting.persona}/${quoting.key}`,
    judge: signedOut(who) ?? ((answer) => {
      if (mine && knows && answer.status === 204) quoting.withdrawn = true;
      return status(mine && knows ? 204 : 404)(answer);
    }),
  };
};

const quotes: Generator = (world, random) => {
  const { who, target, mine } = own(world, random);
  const persona = random.once(8) ? random.pick([...world.people.keys()]) : target.persona;
  return {
    asker: who, path: `/microblog/posts/${persona}/${target.key}/quotes?first=100`,
    judge: signedOut(who) ?? (!mine || persona !== target.persona ? status(404) : (answer: Answer) => {
      const due = readable(world, who).filter(({ quote }) => quote === nameOf(target)).sort((a, b) => b.created - a.created || (a.key < b.key ? 1 : -1)).map(nameOf).join();
      const got = (answer.json as { items: ModelPost[] }).items.map(nameOf).join();
      return status(200)(answer) ?? (got === due ? null : `lists ${got} instead of ${due}`);
    }),
  };
};

const choices: Generator = (world, random) => {
  const who = random.pick(world.askers);
  return {
    asker: who, path: '/microblog/choices',
    judge: signedOut(who) ?? ((answer) => {
      const due = { quotes: 'anyone', counts: false, ...world.choices.get(who.persona!) };
      const got = answer.json as typeof due;
      return status(200)(answer) ?? (got.quotes === due.quotes && got.counts === due.counts ? null : `says ${answer.text}`);
    }),
  };
};

const setChoices: Generator = (world, random) => {
  const who = random.pick(world.askers);
  const sound = { quotes: random.pick(QUOTABLE), counts: random.once(2) };
  const body = random.pick([sound, sound, { quotes: 'some', counts: true }, { quotes: 'anyone' }]);
  return {
    asker: who, path: '/microblog/choices', body,
    judge: signedOut(who) ?? ((answer) => {
      if (body === sound) world.choices.set(who.persona!, sound);
      return status(body === sound ? 200 : 400)(answer);
    }),
  };
};

/** Cases for reading who quotes, and what one chose. */
export const QUOTES: Record<string, Generator> = { 'GET /microblog/posts/{persona}/{key}/quotes': quotes, 'GET /microblog/choices': choices };
/** Cases for consent. */
export const CONSENT: Record<string, Generator> = {
  'PUT /microblog/posts/{key}/quotes': setQuotable, 'DELETE /microblog/posts/{key}/quotes/{persona}/{by}': withdraw, 'PUT /microblog/choices': setChoices,
};
