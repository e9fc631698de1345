import {
  announceLane, bodyHash, chainNext, chainStart, clockNext, envelopeId, envelopeText, fromBase64Url, headBytes, statementHash,
  toBase64Url, type Envelope, type Json, type Lane, type LogEntry, type Offer, type Op, type ServiceOffer, type Signed,
} from '../../../packages/core/index.ts';
import { ada, HOUSE, idOf } from './persona.ts';
import { key, long, seed, short, suite } from './tools.ts';

/** 2026-01-01T12:00:00Z. */
export const NOON = Date.UTC(2026, 0, 1, 12);
const bytes = (text: string): Uint8Array => fromBase64Url(text)!;
/** The head of a key log. */
export const headOf = (log: readonly Signed[]): string => statementHash(suite, log.at(-1)!.statement);

/** The fields of the lane of Ada's posts for her house. */
export const postsLane = (): Omit<Lane, 'v' | 'type'> => ({
  persona: idOf('ada'), device: key('ada pod'), service: 'microblog', contract: long('microblog contract'), collection: 'posts',
  audience: `house:${HOUSE}`, lane: short('posts lane'), keyLogHead: headOf(ada()),
});

/** One write, before it has a place in a lane. */
export interface Draft {
  key: string; op?: Op; rev?: number; base?: string; body?: Json; salt?: string; at?: string;
  author?: string; offer?: Signed<Offer | ServiceOffer>; changed?: Partial<Envelope>;
}

/** A put of a post, salted by its text. */
export const post = (name: string, text: string, more: Partial<Draft> = {}): Draft =>
  ({ key: short(name), body: { text, createdAt: NOON }, salt: long(`salt of ${text}`), ...more });

/** The envelope of a draft. */
export function envelopeOf(lane: Omit<Lane, 'v' | 'type'>, seq: number, at: string, draft: Draft): Envelope {
  const { key: recordKey, op = 'put', rev = 1, base = null, author, offer } = draft;
  const body = op === 'put' ? { body: toBase64Url(bodyHash(suite, bytes(draft.salt!), draft.body!)) } : {};
  const others = offer === undefined ? {} : { author: author!, offer: statementHash(suite, offer.statement) };
  return {
    v: 1, persona: lane.persona, device: lane.device, service: lane.service, lane: lane.lane, contract: lane.contract,
    collection: lane.collection, key: recordKey, seq, at, rev, base, op, ...others, ...body, ...draft.changed,
  };
}

/** The id of an envelope, base64url. */
export const idOfEnvelope = (envelope: Envelope): string => toBase64Url(envelopeId(suite, envelopeText(envelope)));

/** A lane with its entries, signed by the named seed at the numbers in `signAt`. */
export function makeLane(of: Omit<Lane, 'v' | 'type'>, by: string, drafts: readonly Draft[], signAt: readonly number[]): {
  announcement: Signed<Lane>; entries: LogEntry[];
} {
  let chain = chainStart(suite, of.persona, bytes(of.device), bytes(of.lane));
  let at = '';
  const entries = drafts.map((draft, i): LogEntry => {
    const seq = i + 1;
    at = draft.at ?? clockNext(at, NOON + i);
    const envelope = envelopeText(envelopeOf(of, seq, at, draft));
    const id = envelopeId(suite, envelope);
    chain = chainNext(suite, chain, id);
    const head = { persona: of.persona, device: bytes(of.device), service: of.service, lane: bytes(of.lane), seq, chain, keyLogHead: bytes(of.keyLogHead) };
    const signed = signAt.includes(seq) ? { sig: toBase64Url(suite.sign(seed(by), headBytes(head))), head: of.keyLogHead } : {};
    const content = draft.op === 'remove' ? {} : { body: draft.body!, salt: draft.salt! };
    return { seq, id: toBase64Url(id), ...signed, envelope, ...content, ...(draft.offer ? { offer: draft.offer } : {}) };
  });
  return { announcement: announceLane(suite, of, seed(by)), entries };
}

/** What an erased record leaves. */
export const erased = ({ seq, id, sig, head }: LogEntry): LogEntry => (sig === undefined ? { seq, id } : { seq, id, sig, head: head! });

/** Two posts, one superseded, one removed: five entries, the first and third erased, signatures at 2 and 5. */
export function adaPosts(of = postsLane()): { announcement: Signed<Lane>; entries: LogEntry[] } {
  const at1 = clockNext('', NOON), at3 = clockNext('', NOON + 2);
  const first = post('post A', 'Rehearsal at seven.');
  const third = post('post B', 'Is anybody there?');
  const { announcement, entries } = makeLane(of, 'ada pod', [
    first,
    post('post A', 'Rehearsal at eight, bring scores. 🎵', { rev: 2, base: idOfEnvelope(envelopeOf(of, 1, at1, first)) }),
    third,
    { key: short('post B'), op: 'remove', rev: 2, base: idOfEnvelope(envelopeOf(of, 3, at3, third)) },
    post('post C', 'See you there: \u2028 "Ave verum", 4.50 €'),
  ], [2, 5]);
  return { announcement, entries: entries.map((entry) => ([1, 3].includes(entry.seq) ? erased(entry) : entry)) };
}
