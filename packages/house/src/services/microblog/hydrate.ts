import type { Caller } from '../../firewall/caller.ts';
import { personaOf } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Item, Reader } from '../../firewall/reader.ts';
import { answersTo, AUDIENCES } from './audiences.ts';
import { markJson, nameOf, UNMARKED, type Mark } from './marks.ts';
import { MICROBLOG, type PostBody, type Ref, type ReplyBody } from './types.ts';

/** Names a person in JSON text. */
type Name = (persona: string) => string;

/** A post as a caller may read it; `keptBy` = whose record it was read from, or who was handed it; `hiddenByHouse`: others do not see it. */
export interface Post extends Item { keptBy?: string; boost?: Boost; pinned?: true; hiddenByHouse?: true }

/** Who passed a post on, by which record of theirs, and when (ms). */
export interface Boost { by: string; at: number; key: string }

/** Where to find a post: among its author's own, or in the record of whoever keeps it. */
export interface PostPlace extends Ref { kept?: { keeper: string; record: string } | null; boost?: Boost; pinned?: true }

const ANSWERS = new Map([false, true].map((isOwn) => [isOwn, new Map(AUDIENCES.map((audience) =>
  [audience as string, `,"replyAudiences":${JSON.stringify(answersTo(audience, isOwn))}}`]))]));
const NO_ANSWER = ',"replyAudiences":[]}';

/** JSON text of a post, with what it is to its reader; `beside` = further fields as JSON text, each after a comma. */
export const postJson = (caller: Caller, marks: ReadonlyMap<string, Mark>, personOf: Name) => {
  const me = personaOf(caller);
  return (item: Post, beside = ''): string => {
    const { persona, key, at, audience, body, keptBy, boost, hiddenByHouse } = item;
    return `{"persona":"${persona}","key":"${key}","at":"${at}","audience":"${audience}","body":${body},${markJson(marks.get(nameOf(item)) ?? UNMARKED, personOf)}`
      + (keptBy === undefined ? '' : `,"keptBy":"${keptBy}"`) + (boost ? `,"boost":{"by":"${boost.by}","at":${boost.at},"key":"${boost.key}"}` : '') + (hiddenByHouse ? ',"hiddenByHouse":true' : '') + beside + (ANSWERS.get((keptBy ?? persona) === me)!.get(audience) ?? NO_ANSWER);
  };
};

/** JSON text of the people of a page, by persona; `personOf` gives each as JSON text. */
export const peopleJson = (personas: Iterable<string>, personOf: Name): string =>
  `{${[...personas].map((persona) => `"${persona}":${personOf(persona)}`).join(',')}}`;

/** Asks the gate for each post of a list; what the caller may not read (any more) is left out. */
export function hydrate(gate: Gate, caller: Caller, refs: readonly PostPlace[]): Post[] {
  const readers = new Map<string, Reader | null>();
  const readerOf = (persona: string): Reader | null => {
    const had = readers.get(persona);
    if (had !== undefined) return had;
    const made = gate.reader(caller, persona, MICROBLOG);
    readers.set(persona, made);
    return made;
  };
  expectPageOfOne(refs, readerOf);
  const items: Post[] = [];
  for (const ref of refs) {
    // Whoever may not read that it was passed on is not told.
    if (ref.boost && !readerOf(ref.boost.by)?.get('boosts', ref.boost.key)) continue;
    const item = ref.kept ? asKept(readerOf(ref.kept.keeper)?.get('replies', ref.kept.record)) : readerOf(ref.persona)?.get('posts', ref.key);
    const post = item && asShown(gate, caller, ref, item);
    if (post) items.push(inPlace(post, ref));
  }
  return items;
}

// A page of one person's posts is fetched at once.
function expectPageOfOne(refs: readonly PostPlace[], readerOf: (persona: string) => Reader | null): void {
  const [one] = refs;
  if (one && one.persona === refs.at(-1)!.persona) readerOf(one.persona)?.expect('posts', refs.filter(({ persona }) => persona === one.persona).map(({ key }) => key));
}

// Why it stands where it stands.
const inPlace = (post: Post, { boost, pinned }: PostPlace): Post => (boost || pinned ? { ...post, ...(boost && { boost }), ...(pinned && { pinned }) } : post);

// What the house hides is in no list, not even of whoever keeps it in their own pod; its author and stewards see it marked. What somebody
// said whom a block parts from the caller is in none either, though the caller keeps it.
function asShown(gate: Gate, caller: Caller, ref: PostPlace, item: Post): Post | null {
  if (ref.kept && gate.apart(caller, item.author)) return null;
  const post = item.audience === 'only-me' && !ref.kept ? asHanded(item) : item;
  const shown = gate.shown(caller, post.persona, post.key);
  return shown === 'no' ? null : shown === 'marked' ? { ...post, hiddenByHouse: true } : post;
}

// To its author a reply that was handed on is what it is to its readers.
function asHanded(item: Item): Post {
  if (!item.body.includes('"handed":')) return item;
  const { handed, ...body } = JSON.parse(item.body) as PostBody;
  return handed ? { ...item, audience: handed.audience, body: JSON.stringify(body), keptBy: handed.to } : item;
}

function asKept(item: Item | null | undefined): Post | null {
  if (!item) return null;
  const { post, under: _under, audience: _audience, ...body } = JSON.parse(item.body) as ReplyBody;
  return { ...item, persona: item.author, key: post, body: JSON.stringify(body), keptBy: item.persona, version: null };
}

const PARENT = /"replyTo":\{"key":"([^"]+)","persona":"([^"]+)"\}/;

/** Whom a post answers, or null. Bodies are canonical JSON, in which a quote inside a text is escaped: the pattern matches the field alone. */
export function parentOf(item: Item): Ref | null {
  const match = item.body.includes('"replyTo":') ? PARENT.exec(item.body) : null;
  return match ? { key: match[1]!, persona: match[2]! } : null;
}

const QUOTE = /"quote":\{"key":"([^"]+)","persona":"([^"]+)"\}/;

/** What a post quotes, or null. */
export function quoteOf(item: Item): Ref | null {
  const match = item.body.includes('"quote":') ? QUOTE.exec(item.body) : null;
  return match ? { key: match[1]!, persona: match[2]! } : null;
}

const NAMED = /"mentions":\[([^\]]*)\]/;

/** Everybody that a list of posts speaks of: its authors, whom they answer and name, who keeps what they said, and who passed it on. */
export function personasOf(items: readonly Post[]): Set<string> {
  const personas = new Set<string>();
  for (const item of items) {
    personas.add(item.persona);
    if (item.keptBy !== undefined) personas.add(item.keptBy);
    if (item.boost) personas.add(item.boost.by);
    const parent = parentOf(item);
    if (parent) personas.add(parent.persona);
    const named = item.body.includes('"mentions":') ? NAMED.exec(item.body) : null;
    if (named) for (const persona of named[1]!.split(',')) personas.add(persona.slice(1, -1));
  }
  return personas;
}
