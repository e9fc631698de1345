import { Refusal, toBase64Url, utf8, type Suite } from '@commonhold/core';
import { personaOf, type Caller } from '../../firewall/caller.ts';
import type { Feed } from '../../firewall/feed.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Transactor } from '../../firewall/transactor.ts';
import { upTo } from './audiences.ts';
import { MICROBLOG, type ChoicesBody, type Quotable, type Ref } from './types.ts';

/** Is a post of this audience one that may be passed on at all? */
export const isWide = (audience: string): boolean => audience === 'house' || audience === 'everyone';

/** A post, as far as quoting it goes: `body` is JSON text. */
interface Quotee { persona: string; audience: string; body: string }

/** May this caller, who reads the post, quote it? */
export type MayQuote = (caller: Caller, post: Quotee) => boolean;

// Bodies are canonical JSON, in which a quote inside a text is escaped: the pattern matches the field alone.
const SAID = /"quotes":"(anyone|followers|nobody)"/;

/**
 * Consent to quotes: a post for the house or for everyone is quoted by whom it says itself, else by whom its author's choice says, else by
 * anyone who reads it; always by its author. Choices are kept in mind until they change: they are asked of every post of a page.
 */
export function makeMayQuote({ gate, feed }: { gate: Gate; feed: Feed }): MayQuote {
  const chosen = new Map<string, Quotable>();
  feed.listen(MICROBLOG, ({ persona, collection }) => { if (collection === 'choices') chosen.delete(persona); });
  const choiceOf = (persona: string): Quotable => {
    const had = chosen.get(persona);
    if (had) return had;
    const item = gate.reader({ kind: 'owner', persona }, persona, MICROBLOG).get('choices', 'self');
    const { quotes = 'anyone' } = item ? JSON.parse(item.body) as Partial<ChoicesBody> : {};
    chosen.set(persona, quotes);
    return quotes;
  };
  return (caller, { persona, audience, body }) => {
    const me = personaOf(caller);
    if (me === null || !isWide(audience)) return false;
    if (me === persona) return true;
    const said = body.includes('"quotes":"') ? SAID.exec(body)?.[1] as Quotable | undefined : undefined;
    const by = said ?? choiceOf(persona);
    return by === 'anyone' || (by === 'followers' && gate.mayReadLane(caller, persona, MICROBLOG, 'posts', 'followers'));
  };
}

/** Refuses `quote_too_wide` for a quoting post that would be for others than what it quotes. */
export function checkQuoteReach(quoted: string, wanted: string): void {
  const allowed = upTo(quoted);
  if (allowed.some((one) => one === wanted)) return;
  throw new Refusal('invalid', 'quote_too_wide', 'What quotes a post cannot reach further than that post.', { field: '/audience', expected: allowed.join(', ') });
}

interface Quoting { key: string; audience: string; quote: Ref; createdAt: number }
interface OfferDeps { gate: Gate; suite: Suite; tx: Transactor }

/** The key of what tells an author that they are quoted: always the same for the same post, so that it is told and taken back once. */
export const quoteKey = (suite: Suite, post: Ref): string => toBase64Url(suite.sha256(utf8(`quote/${post.persona}/${post.key}`)).subarray(0, 16));

/** Tells the author of a quoted post, if they may read what quotes it: of what is not for them they do not even hear. */
export function offerQuote({ gate, suite, tx }: OfferDeps, { persona }: { persona: string }, { key, audience, quote, createdAt }: Quoting): void {
  if (quote.persona === persona || !gate.mayReadLane({ kind: 'owner', persona: quote.persona }, persona, MICROBLOG, 'posts', audience)) return;
  tx.effect(quote.persona, { op: 'put', service: MICROBLOG, collection: 'reactions', key: quoteKey(suite, { persona, key }), body: { kind: 'quote', post: quote.key, by: key, createdAt } });
}

/** Takes back what `offerQuote` told, with the post. */
export function takeBackQuote({ suite, tx }: Omit<OfferDeps, 'gate'>, { persona }: { persona: string }, key: string, quote: Ref): void {
  if (quote.persona !== persona) tx.effect(quote.persona, { op: 'remove', service: MICROBLOG, collection: 'reactions', key: quoteKey(suite, { persona, key }) });
}
