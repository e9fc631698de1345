import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Keeper } from '../../views/keeper.ts';
import type { NewsKind, Reactors } from '../../views/news.ts';

/** The id of this service. */
export const NEWS = 'news';
/** Every kind of news. */
export const KINDS: readonly NewsKind[] = ['reply', 'mention', 'like', 'boost', 'quote', 'poll', 'follow', 'request', 'accepted'];

/** Which news somebody asks for; cursors are those of an earlier page. */
export interface NewsQuery { before?: string; kinds?: readonly NewsKind[]; first?: number }

/** Which kinds of news are wanted. */
export type Wanted = Record<NewsKind, boolean>;
/** Hours in which nothing is announced, in minutes after midnight where the reader is: from one, up to the other, over midnight where that is later. */
export type Quiet = { from: number; to: number };
/** What somebody wants of news: kinds, and their quiet hours if they have any. */
export type NewsSettings = Wanted & { quiet: Quiet | null };

/** The body of `news.state`. */
export interface StateBody { readUpTo?: string; unwantedKinds?: NewsKind[]; quiet?: Quiet }

/** Posts as the microblog shows them to a caller: JSON text by `persona/key`, and everybody whom they speak of. */
export interface Posts { posts: ReadonlyMap<string, string>; personas: ReadonlySet<string> }

/** What the verbs are made of: the views, the posts as the microblog shows them, and names in JSON text. */
export interface NewsDeps {
  gate: Gate;
  views: Pick<Keeper, 'ask'>;
  show(caller: Caller, refs: readonly { persona: string; key: string }[], known?: ReadonlyMap<string, Reactors>): Promise<Posts>;
  personOf(caller: Caller, persona: string): string;
}
