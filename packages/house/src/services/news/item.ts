import { clockMs } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { NewsRef, Reactors } from '../../views/news.ts';
import type { NewsDeps } from './types.ts';

/** Pieces of news as JSON text, and everybody whom they speak of: `{items, people}`. */
export interface NewsJson { items: string[]; people: string }

/** Pieces of news, and who likes and boosts the posts that are liked or boosted in them. */
interface Glance { refs: readonly NewsRef[]; reactors: ReadonlyMap<string, Reactors> }

/** Asks for the posts that news is about; a piece whose post the caller may not read (any more) is left out. */
export async function itemsJson({ show, personOf }: Pick<NewsDeps, 'show' | 'personOf'>, caller: Caller, { refs, reactors }: Glance, readUpTo: string): Promise<NewsJson> {
  const { posts, personas } = await show(caller, refs.flatMap(({ post }) => (post === null ? [] : [refOf(post)])), reactors);
  const told = refs.filter(({ post }) => post === null || posts.has(post));
  const people = new Set([...told.flatMap(({ who }) => who), ...personas]);
  return {
    items: told.map((ref) => itemJson(ref, readUpTo, ref.post === null ? undefined : posts.get(ref.post))),
    people: `{${[...people].map((persona) => `"${persona}":${personOf(caller, persona)}`).join(',')}}`,
  };
}

function itemJson({ kind, place, who, more, post }: NewsRef, readUpTo: string, text: string | undefined): string {
  const head = JSON.stringify({ id: `${kind}/${post ?? who[0]}`, kind, time: clockMs(place.slice(0, 16)), unread: place > readUpTo, who, more });
  return text === undefined ? head : `${head.slice(0, -1)},"post":${text}}`;
}

const refOf = (name: string): { persona: string; key: string } => ({ persona: name.slice(0, name.indexOf('/')), key: name.slice(name.indexOf('/') + 1) });
