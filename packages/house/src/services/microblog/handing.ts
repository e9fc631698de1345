import type { Json } from '@commonhold/core';
import type { Transactor } from '../../firewall/transactor.ts';
import { MICROBLOG, type Handed, type PostBody, type ReplyBody } from './types.ts';

/** Leaves a reply, body and all, for whoever keeps it; `waits` for the end of a block, where they had it before. */
export function handOver(
  tx: Transactor, { to, under, as: key, audience }: Handed, post: string, { text, createdAt, editedAt, lang, warning, mentions, replyTo, root }: PostBody, more: { waits?: true } = {},
): void {
  const body: ReplyBody = {
    text, createdAt, post, under, audience, replyTo: replyTo!, root: root!, ...(editedAt === undefined ? {} : { editedAt }), ...(lang === undefined ? {} : { lang }),
    ...(warning === undefined ? {} : { warning }), ...(mentions === undefined ? {} : { mentions }),
  };
  tx.effect(to, { op: 'put', service: MICROBLOG, collection: 'replies', key, body: body as unknown as Json, ...more });
}
