import { signedOut, status, type Answer, type Generator } from './ask.ts';
import { readsKept } from './conversations.ts';
import { own, wrongMarks, type OwnMarks } from './passing.ts';
import { apart, isShown, mayRead, type Asker, type ModelPost, type World } from './world.ts';

const nameOf = ({ persona, key }: { persona: string; key: string }): string => `${persona}/${key}`;

/** A post as an answer shows it, as far as likes go. */
export interface Marked extends OwnMarks { liked: boolean; likes?: { people: { persona: string }[]; more: number } }

/** Who likes a post, or boosts it, as its author may know: nobody from whom a block parts them. */
const reactorsOf = (world: World, of: 'likes' | 'boosts', post: { persona: string; key: string }): string[] =>
  [...world.people.keys()].filter((one) => one !== post.persona && world[of].has(`${one}>${nameOf(post)}`) && !apart(world, post.persona, one));

/** Everybody sees their own like; the author sees who liked; nobody sees anything more. */
export function wrongMark(world: World, asker: Asker, post: Marked): string | null {
  const liked = asker.persona !== null && world.likes.has(`${asker.persona}>${nameOf(post)}`);
  if (post.liked !== liked) return `says liked ${post.liked} of ${nameOf(post)}`;
  const wrong = wrongMarks(world, asker, post, reactorsOf(world, 'boosts', post));
  if (wrong) return wrong;
  if (post.persona !== asker.persona) return post.likes === undefined ? null : `tells ${asker.handle} who likes ${nameOf(post)}`;
  const due = reactorsOf(world, 'likes', post);
  const { people, more } = post.likes ?? { people: [], more: -1 };
  const isRight = people.length === Math.min(3, due.length) && people.length + more === due.length && people.every(({ persona }) => due.includes(persona));
  return isRight ? null : `says ${people.length} and ${more} like ${nameOf(post)}, which are ${due.length}`;
}

const someLike = (on: boolean): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  const post: ModelPost = random.pick(world.posts);
  const persona = random.once(8) ? random.pick([...world.people.keys(), 'nobody']) : post.persona;
  const there = persona === post.persona && !post.gone && mayRead(world, asker, persona, 'microblog', 'posts', post.audience) && isShown(world, asker, post);
  const kept = persona === post.persona && asker.kind === 'member' && readsKept(world, asker, post);
  const due = !on ? 200 : persona === asker.persona ? 400 : there ? 200 : kept ? 400 : 404;
  return {
    asker, path: `/microblog/posts/${persona}/${post.key}/like`,
    judge: signedOut(asker) ?? ((answer) => {
      const wrong = status(due)(answer);
      if (wrong || due !== 200) return wrong;
      const like = `${asker.persona}>${persona}/${post.key}`;
      if (on) world.likes.add(like); else world.likes.delete(like);
      if (!on) world.seen.delete(`${persona} like ${like}`);
      return (answer.json as { liked: boolean }).liked === on ? null : `says ${answer.text}`;
    }),
  };
};

const BAD = ['', '?kind=vote', '?kind=like&first=0', '?kind=like&first=101', '?kind=like&before=nowhere'];

const reactions: Generator = (world, random) => {
  const { asker, target, mine } = own(world, random);
  const kind = random.pick(['like', 'boost'] as const);
  const first = random.pick([1, 2, 100]);
  const bad = random.once(8) ? random.pick(BAD) : null;
  return {
    asker, path: `/microblog/posts/${target.key}/reactions${bad ?? `?kind=${kind}&first=${first}`}`,
    judge: signedOut(asker) ?? (bad !== null ? status(400) : !mine ? status(404) : (answer: Answer) => {
      const { people, next } = answer.json as { people: { persona: string }[]; next: string | null };
      const due = reactorsOf(world, `${kind}s`, target);
      const isRight = people.length === Math.min(first, due.length) && new Set(people.map(({ persona }) => persona)).size === people.length
        && people.every(({ persona }) => due.includes(persona)) && (next !== null) === due.length > first;
      return status(200)(answer) ?? (isRight ? null : `says ${people.map(({ persona }) => persona).join()} of ${due.join()}, and ${next} leads on`);
    }),
  };
};

/** Cases for reading who likes and boosts. */
export const REACTIONS: Record<string, Generator> = { 'GET /microblog/posts/{key}/reactions': reactions };
/** Cases for liking and unliking. */
export const LIKING: Record<string, Generator> = {
  'PUT /microblog/posts/{persona}/{key}/like': someLike(true),
  'DELETE /microblog/posts/{persona}/{key}/like': someLike(false),
};
