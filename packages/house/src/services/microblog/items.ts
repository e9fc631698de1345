import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Keeper } from '../../views/keeper.ts';
import { hydrate, personasOf, postJson, quoteOf, type Post } from './hydrate.ts';
import { marksOf, nameOf, type Mark } from './marks.ts';
import { isWide, type MayQuote } from './quoting.ts';
import type { Ref } from './types.ts';

/** What showing posts is made of; `personOf` names a person in JSON text. */
export interface ItemDeps {
  gate: Gate; views: Pick<Keeper, 'ask'>; personOf(caller: Caller, persona: string): string; mayQuote: MayQuote;
  /** Does one of the two block the other? */
  apart(one: string, other: string): boolean;
}

/** Posts as JSON text, in their order, and everybody whom they and what they quote speak of. */
export interface Items { json: string[]; personas: Set<string> }

/**
 * Posts as JSON text with what each is to its reader. What they quote is read from its author with the reader's own rights; where the
 * author has withdrawn it that is said, and anything else that keeps it from being shown looks alike: it is gone, narrower by now, not for
 * this reader, quoted without consent, or a block lies between whoever quotes and whoever is quoted.
 */
export async function itemsJson(deps: ItemDeps, caller: Caller, items: readonly Post[], marks: ReadonlyMap<string, Mark>): Promise<Items> {
  const { personOf, mayQuote } = deps;
  const nameFor = (persona: string) => personOf(caller, persona);
  const beside = (item: Post): string => (item.pinned ? ',"pinned":true' : '') + (item.keptBy === undefined && mayQuote(caller, item) ? ',"mayQuote":true' : '');
  const toJson = postJson(caller, marks, nameFor);
  const quoting = items.filter((item) => quoteOf(item) !== null);
  if (quoting.length === 0) return { json: items.map((item) => toJson(item, beside(item))), personas: personasOf(items) };
  const { shown, marks: theirs, states } = await quotedBy(deps, caller, quoting);
  const quotedJson = postJson(caller, theirs, nameFor);
  const quoted = (item: Post): string => {
    const state = states.get(item);
    return state === undefined ? '' : `,"quoted":{"state":${typeof state === 'string' ? `"${state}"` : `"shown","item":${quotedJson(state, beside(state))}`}}`;
  };
  return { json: items.map((item) => toJson(item, beside(item) + quoted(item))), personas: personasOf([...items, ...shown]) };
}

type State = Post | 'withdrawn' | 'hidden';

async function quotedBy({ gate, views, mayQuote, apart }: ItemDeps, caller: Caller, quoting: readonly Post[]): Promise<{ shown: Post[]; marks: Map<string, Mark>; states: Map<Post, State> }> {
  const refs = quoting.map((item) => quoteOf(item)!);
  const { standing, marks } = await views.ask((all) => ({ standing: all.quotes.standing(quoting.map(nameOf)), marks: marksOf(all, caller, refs) }));
  const read = new Map(hydrate(gate, caller, refs).map((item) => [nameOf(item), item]));
  const stateOf = (by: Post, ref: Ref): State => {
    const post = read.get(nameOf(ref));
    if (!post || !isWide(post.audience) || apart(by.persona, ref.persona)) return 'hidden';
    const pair = `${nameOf(by)} ${nameOf(ref)}`;
    if (standing.withdrawn.has(pair)) return 'withdrawn';
    // Consent is what their pod took note of when it was posted, or what holds now.
    return standing.noted.has(pair) || mayQuote({ kind: 'owner', persona: by.persona }, post) ? post : 'hidden';
  };
  const states = new Map(quoting.map((item, i) => [item, stateOf(item, refs[i]!)]));
  return { shown: [...states.values()].filter((state) => typeof state !== 'string'), marks, states };
}
