import { clockMs } from '@commonhold/core';
import type { Change } from '../firewall/feed.ts';
import type { LaneTable } from './lanes.ts';
import type { NewsKind, NewsRow } from './news-types.ts';

/** Takes in what there is to tell. */
export interface NewsIntake {
  /** `isNew`: nothing of this post was told yet. */
  applyPost(change: Change, isNew: boolean): void;
  applyReply(change: Change): void;
  applyReaction(change: Change): void;
  applyFollower(change: Change): void;
  applyRequest(change: Change): void;
  applyAcceptance(change: Change): void;
}

/** A place sorts by the clock of the record, then by its key. */
const placeOf = ({ at, key }: Change): string => `${at}.${key.slice(key.indexOf('/') + 1)}`;

/** Words keep their place when they are edited or kept elsewhere; nobody gets ahead by a date of their own. */
const placeOfWords = (change: Change, { createdAt }: { createdAt: number }): string =>
  placeOf(createdAt >= clockMs(change.at) ? change : { ...change, at: createdAt.toString(16).padStart(12, '0') + '0000' });

interface Words { createdAt: number; replyTo?: { persona: string }; quote?: { persona: string }; mentions?: string[] }
interface Reaction { kind: 'like' | 'boost' | 'quote'; post: string; by?: string }

/** What each change tells whom; `set` puts these rows in the place of all that its record told before, which is nothing of a new one. */
export function makeNewsIntake({ lanes }: { lanes: LaneTable }, set: (record: string, rows: readonly NewsRow[], isNew: boolean) => void): NewsIntake {
  const taker = (told: (change: Change, body: object) => NewsRow[]) => (change: Change, isNew = false): void => {
    const rows = change.op === 'put' && change.body !== null ? told(change, JSON.parse(change.body) as object) : [];
    set(`${change.service}/${change.collection}/${change.persona}/${change.key}`, rows.filter(({ owner, actor }) => owner !== actor), isNew);
  };
  const about = (kind: NewsKind) => (change: Change): NewsRow[] =>
    [{ owner: change.persona, place: placeOf(change), kind, actor: change.author ?? change.persona, post: null, lane: null }];
  // Whoever is answered or quoted is told so, and not that they were named as well.
  const words = (change: Change, actor: string, key: string, body: Words): NewsRow[] => {
    if (!body.replyTo && !body.mentions) return [];
    const row = { place: placeOfWords(change, body), actor, post: `${actor}/${key}`, lane: lanes.refOf(change.persona, change.audience) };
    const others = new Set(body.mentions?.filter((one) => one !== body.replyTo?.persona && one !== body.quote?.persona));
    return [...(body.replyTo ? [{ ...row, owner: body.replyTo.persona, kind: 'reply' as const }] : []), ...[...others].map((owner) => ({ ...row, owner, kind: 'mention' as const }))];
  };
  return {
    applyPost: taker((change, body) => words(change, change.persona, change.key, body as Words)),
    applyReply: taker((change, body) => words(change, change.author ?? change.persona, (body as { post: string }).post, body as Words)),
    applyReaction: taker((change, body) => {
      const { kind, post, by } = body as Reaction;
      return about(kind)(change).map((row) => ({ ...row, post: kind === 'quote' ? `${row.actor}/${String(by)}` : `${change.persona}/${post}` }));
    }),
    applyFollower: taker(about('follow')), applyRequest: taker(about('request')), applyAcceptance: taker(about('accepted')),
  };
}
