import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Item, Reader } from '../../firewall/reader.ts';
import type { Likers } from '../../views/news.ts';
import { nameOf, UNMARKED, type Mark } from './marks.ts';
import { MICROBLOG, type Ref } from './types.ts';

/** Names a person in JSON text. */
type Name = (persona: string) => string;

/** JSON text of a post, with what it is to its reader. */
export const postJson = (marks: ReadonlyMap<string, Mark>, personOf: Name) => (item: Item): string => {
  const { persona, key, at, audience, body } = item;
  const { liked, likes } = marks.get(nameOf(item)) ?? UNMARKED;
  return `{"persona":"${persona}","key":"${key}","at":"${at}","audience":"${audience}","body":${body},"liked":${liked}${likes ? `,"likes":${likesJson(likes, personOf)}` : ''}}`;
};

const likesJson = ({ who, more }: Likers, personOf: Name): string => `{"people":[${who.map(personOf).join(',')}],"more":${more}}`;

/** JSON text of the people of a page, by persona; `personOf` gives each as JSON text. */
export const peopleJson = (personas: Iterable<string>, personOf: Name): string =>
  `{${[...personas].map((persona) => `"${persona}":${personOf(persona)}`).join(',')}}`;

/** Asks the gate for each post of a list; what the caller may not read (any more) is left out. */
export function hydrate(gate: Gate, caller: Caller, refs: readonly Ref[]): Item[] {
  const readers = new Map<string, Reader | null>();
  const readerOf = (persona: string): Reader | null => {
    const had = readers.get(persona);
    if (had !== undefined) return had;
    const made = gate.reader(caller, persona, MICROBLOG);
    readers.set(persona, made);
    return made;
  };
  const items: Item[] = [];
  for (const { persona, key } of refs) {
    const item = readerOf(persona)?.get('posts', key);
    if (item) items.push(item);
  }
  return items;
}

const PARENT = /"replyTo":\{"key":"([^"]+)","persona":"([^"]+)"\}/;

/** Whom a post answers, or null. Bodies are canonical JSON, in which a quote inside a text is escaped: the pattern matches the field alone. */
export function parentOf(item: Item): Ref | null {
  const match = PARENT.exec(item.body);
  return match ? { key: match[1]!, persona: match[2]! } : null;
}

/** Everybody that a list of posts speaks of: its authors and whom they answer. */
export function personasOf(items: readonly Item[]): Set<string> {
  const personas = new Set<string>();
  for (const item of items) {
    personas.add(item.persona);
    const parent = parentOf(item);
    if (parent) personas.add(parent.persona);
  }
  return personas;
}
