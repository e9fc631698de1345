import type { Sqlite } from '../sqlite/port.ts';

/** Which conversations a person wants no news of: an index of their own choice, asked by nobody else. */
export interface MutedView {
  /** The post (`persona/key`) that the conversation of a post began with; the post itself where nothing else is known. */
  firstOf(post: string): string;
  /** Which of some posts are of a conversation that the person has muted, found in one question. */
  among(persona: string, posts: readonly string[]): ReadonlySet<string>;
  /** Tells of one post after another whether it is of such a conversation, as it stands at this moment. */
  judge(persona: string): (post: string | null) => boolean;
  /** The person mutes something, or no more. */
  changed(persona: string): void;
  /** Takes what is in memory from the file again, after a transaction that was undone. */
  undone(): void;
}

/** More people than a house has. */
const MOST = 512;

// A persona has 53 characters. A reply for few lies with its author and with whoever keeps it: both say where it belongs.
const FIRST = (name: string): string => `coalesce(
  (SELECT root FROM posts WHERE persona = substr(${name}, 1, 53) AND key = substr(${name}, 55)),
  (SELECT root FROM kept WHERE author = substr(${name}, 1, 53) AND post = substr(${name}, 55)), ${name})`;

/** The view of `microblog.mutes` over `views.db`; the marks view takes it in. */
export function makeMutedView(db: Sqlite): MutedView {
  const any = db.prepare<{ post: string }>("SELECT post FROM marks WHERE persona = ? AND kind = 'mute' LIMIT 1");
  const first = db.prepare<{ post: string }>(`SELECT ${FIRST('?1')} AS post`);
  const mutes = "SELECT post FROM marks WHERE persona = ?1 AND kind = 'mute'";
  const one = db.prepare<{ yes: number }>(`SELECT ${FIRST('?2')} IN (${mutes}) AS yes`);
  const some = db.prepare<{ post: string }>(`SELECT j.value AS post FROM json_each(?2) j WHERE ${FIRST('j.value')} IN (${mutes})`);
  // Most people have muted nothing, and their pages cost nothing more: no question to the file.
  const known = new Map<string, boolean>();
  const hasAny = (persona: string): boolean => {
    const had = known.get(persona);
    if (had !== undefined) return had;
    if (known.size >= MOST) known.clear();
    const found = any.get(persona) !== undefined;
    known.set(persona, found);
    return found;
  };
  return {
    firstOf: (post) => first.get(post)!.post,
    among: (persona, posts) => new Set(hasAny(persona) ? some.all(persona, JSON.stringify(posts)).map(({ post }) => post) : []),
    judge: (persona) => (hasAny(persona) ? (post) => post !== null && one.get(persona, post)!.yes === 1 : () => false),
    changed: (persona) => { known.delete(persona); },
    undone: () => known.clear(),
  };
}
