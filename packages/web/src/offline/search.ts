import { fold, tagsIn, wordsIn } from '@commonhold/core';
import type { People, Person, PostItem } from '@commonhold/sdk';
import { inStore, under } from './database.ts';

/** A post that this browser keeps, with the names that stand in it. */
export interface Kept { item: PostItem; people: People }
/** What was found without the house; `names`: who stands in the posts. */
export interface FoundHere { posts: PostItem[]; names: People; people: Person[]; tags: string[] }

const PIECE = /"([^"]*)(?:"|$)|([^\s"]+)/g;
const FROM = /^from:@?([A-Za-z0-9_.-]+)$/i;
const CONTENT = /^has:(image|poll|link)$/i;
const TAG = /^#([\p{L}\p{N}\p{M}_]+)$/u;
const PLAIN = /^[\0-\x7F]*$/;
const MOST_PEOPLE = 10;

/* As the house reads what was typed: phrases of words, of which the last may be the beginning of one, and what narrows. */
interface Wanted { phrases: string[][]; isOpen: boolean; from: string[]; has: string[]; tags: string[] }

function wantedIn(typed: string): Wanted {
  const wanted: Wanted = { phrases: [], isOpen: false, from: [], has: [], tags: [] };
  for (const [, quoted, plain = ''] of typed.matchAll(PIECE)) {
    const [from, has, tag] = [FROM, CONTENT, TAG].map((sign) => sign.exec(plain)?.[1]);
    const words = wordsIn(quoted ?? plain);
    if (from !== undefined) wanted.from.push(from.toLowerCase());
    else if (has !== undefined) wanted.has.push(has.toLowerCase());
    else if (tag !== undefined) wanted.tags.push(fold(tag));
    else if (words.length > 0) {
      wanted.phrases.push(words);
      wanted.isOpen = quoted === undefined;
    }
  }
  return wanted;
}

/** Whether words stand together in a text; `isOpen`: the last may be the beginning of one. */
const stands = (text: readonly string[], phrase: readonly string[], isOpen: boolean): boolean => text.some((_, at) =>
  phrase.every((word, i) => (isOpen && i === phrase.length - 1 ? text[at + i]?.startsWith(word) === true : text[at + i] === word)));

function meets({ item: { persona, body }, people }: Kept, { phrases, isOpen, from, has, tags }: Wanted): boolean {
  if (from.length > 0 && !from.every((handle) => people[persona]?.handle.toLowerCase() === handle)) return false;
  const own: Record<string, boolean> = { image: body.images !== undefined, poll: body.poll !== undefined, link: /https?:\/\//i.test(body.text) };
  if (!has.every((what) => own[what])) return false;
  if (tags.length > 0) {
    const named = tagsIn(body.text).map(fold);
    if (!tags.every((tag) => named.includes(tag))) return false;
  }
  const said = [body.text, body.warning ?? '', ...(body.poll?.options ?? []), ...(body.images ?? []).map(({ alt }) => alt ?? '')].join(' \n ');
  // Most posts have not even the letters.
  const letters = PLAIN.test(said) ? said.toLowerCase() : fold(said);
  if (!phrases.every((phrase) => phrase.every((word) => letters.includes(word)))) return false;
  const words = wordsIn(said);
  return phrases.every((phrase, i) => stands(words, phrase, isOpen && i === phrases.length - 1));
}

/** Looks through posts as the house would: each once, the newest first; people by name or handle; `own`: whose posts alone. */
export function findIn(kept: readonly Kept[], typed: string, own: string | null): FoundHere {
  const wanted = wantedIn(typed);
  const words = wanted.phrases.flat();
  const isAsked = words.length + wanted.from.length + wanted.has.length + wanted.tags.length > 0;
  const posts = new Map<string, PostItem>();
  const names: Record<string, Person> = {};
  for (const row of isAsked ? kept : []) {
    const { boost: _boost, ...item } = row.item;
    if ((own !== null && item.persona !== own) || !meets(row, wanted)) continue;
    posts.set(`${item.persona}/${item.key}`, item);
    Object.assign(names, row.people);
  }
  const everybody = Object.values(Object.assign({}, ...kept.map(({ people }) => people)) as People);
  const isMeant = ({ name, handle, petname = '' }: Person): boolean => {
    const called = wordsIn(`${name} ${handle} ${petname}`);
    return words.every((word) => called.some((one) => one.startsWith(word)));
  };
  return {
    posts: [...posts.values()].sort((a, b) => b.body.createdAt - a.body.createdAt),
    names,
    people: own === null && words.length > 0 ? everybody.filter(isMeant).slice(0, MOST_PEOPLE) : [],
    tags: own === null && words.length === 1 ? [...new Set(kept.flatMap(({ item }) => tagsIn(item.body.text)).filter((tag) => fold(tag).startsWith(words[0]!)))].slice(0, MOST_PEOPLE) : [],
  };
}

/** Looks through what this browser keeps of somebody's timelines. */
export const searchKept = async (persona: string, typed: string, own: boolean): Promise<FoundHere> =>
  findIn(await inStore('posts', 'readonly', (store) => store.getAll(under(persona)) as IDBRequest<Kept[]>), typed, own ? persona : null);
