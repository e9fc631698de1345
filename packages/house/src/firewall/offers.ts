import { bodyHash, makeOffer, newSalt, statementHash, toBase64Url, type Json } from '@commonhold/core';
import type { Pen } from '../store/pod/draft.ts';
import type { Home } from './homes.ts';
import type { ProvedOffer } from './transactor.ts';

const LIFE_MS = 7 * 86_400_000;

/** What somebody asks of another's pod; `key` is the whole key, `author/random`. */
export interface Asked { op: 'put' | 'remove'; service: string; contract: string; collection: string; key: string; body?: Json }

/** The offer of an author at home here to an owner at home here, signed by the author's pod device, for the state in which the record is now. */
export function signOffer(pen: Pen, author: Home, owner: Home, { op, service, contract, collection, key, body }: Asked): ProvedOffer {
  const { persona, device, keyLog } = author.state;
  const there = owner.pod.sql.row.get(owner.state.ref, service, collection, key);
  const salt = op === 'put' ? newSalt(pen.suite) : undefined;
  const signed = makeOffer(pen.suite, {
    author: persona, device, owner: owner.state.persona, service, contract, collection, key, op,
    base: there ? toBase64Url(there.id) : null, expiry: pen.now() + LIFE_MS, keyLogHead: keyLog.head,
    ...(salt && body !== undefined ? { body: toBase64Url(bodyHash(pen.suite, salt, body)) } : {}),
  }, pen.signer.seed(persona));
  return {
    offer: signed.statement, hash: statementHash(pen.suite, signed.statement), text: JSON.stringify(signed),
    ...(body === undefined ? {} : { body }), ...(salt ? { salt } : {}),
  };
}
