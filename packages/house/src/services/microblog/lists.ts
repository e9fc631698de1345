import { Refusal, type Json } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { isSeen } from '../shared/seen.ts';
import { plain, timeline, type ReadDeps } from './timeline.ts';
import { MICROBLOG, type PageQuery } from './types.ts';

/** The body of a list of people; nobody's but its owner's to see. */
interface ListBody { name: string; people: string[]; replies?: boolean; createdAt: number }
/** What a list shall hold. */
export interface ListInput { name: string; people: readonly string[]; replies?: boolean }
type Me = Caller & { persona: string };
interface Deps extends ReadDeps { now(): number }

/** One's lists, by name, as JSON text `{lists: [{key, name, people, replies}]}`; whom one cannot see stays in a list unseen. */
export const makeLists = ({ gate, personOf }: Deps) => (caller: Me): string => {
  const lists = (gate.reader(caller, caller.persona, MICROBLOG)?.list('lists') ?? []).map(({ key, body }) => ({ key, body: JSON.parse(body) as ListBody }));
  const json = lists.toSorted((a, b) => a.body.name.localeCompare(b.body.name) || (a.key < b.key ? -1 : 1)).map(({ key, body: { name, people, replies = false } }) =>
    `{"key":"${key}","name":${JSON.stringify(name)},"people":[${people.filter((persona) => isSeen(gate, caller, persona)).map((persona) => personOf(caller, persona)).join(',')}],"replies":${replies}}`);
  return `{"lists":[${json.join(',')}]}`;
};

/** Makes a list. Refuses `person_unknown`, `bad_name`, and `limit_reached` beyond a hundred. */
export const makeAddList = ({ gate, now }: Deps) => async (caller: Me, input: ListInput): Promise<{ key: string }> => {
  check(gate, caller, input);
  return gate.transact(caller, caller.persona, MICROBLOG, (tx) => ({ key: tx.put('lists', { body: bodyOf(input, input.people, now()) }).key }));
};

/** Gives a list another name or other people; those in it whom the caller cannot see stay. Refuses `list_unknown`, `person_unknown`, `bad_name`. */
export const makeSetList = ({ gate }: Deps) => async (caller: Me, key: string, input: ListInput): Promise<{ key: string }> => {
  check(gate, caller, input);
  return gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    const { people, createdAt } = listOf(gate, caller, key);
    const hidden = people.filter((persona) => !isSeen(gate, caller, persona));
    return { key: tx.put('lists', { key, body: bodyOf(input, [...input.people, ...hidden], createdAt) }).key };
  });
};

/** Removes a list; nobody in it is told. Refuses `list_unknown`. */
export const makeDropList = ({ gate }: Deps) => async (caller: Me, key: string): Promise<void> => {
  await gate.transact(caller, caller.persona, MICROBLOG, (tx) => { listOf(gate, caller, key); tx.remove('lists', key); });
};

/** Posts of the people of one of one's lists. Refuses `list_unknown`, `bad_cursor`. */
export const makeListPosts = (deps: Deps) => async (caller: Me, key: string, query: PageQuery): Promise<string> => {
  const { people, replies = false } = listOf(deps.gate, caller, key);
  return timeline(deps, caller, query, plain(({ posts }, window) => posts.of(caller.persona, people, window, replies)));
};

function listOf(gate: Gate, caller: Me, key: string): ListBody {
  const item = gate.reader(caller, caller.persona, MICROBLOG)?.get('lists', key);
  if (!item) throw new Refusal('not_found', 'list_unknown', 'There is no such list.');
  return JSON.parse(item.body) as ListBody;
}

function check(gate: Gate, caller: Me, { name, people }: ListInput): void {
  if (name.trim() === '') throw new Refusal('invalid', 'bad_name', 'A list needs a name.', { field: '/name' });
  if (!people.every((persona) => isSeen(gate, caller, persona))) throw new Refusal('not_found', 'person_unknown', 'Somebody in this list cannot be seen here.', { field: '/people' });
}

const bodyOf = ({ name, replies = false }: ListInput, people: readonly string[], createdAt: number): Json =>
  ({ name: name.trim(), people: [...new Set(people)], createdAt, ...(replies ? { replies } : {}) });
