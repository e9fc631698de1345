import type { Result } from '../result.ts';
import { yes } from '../result.ts';
import { checkTogether, parseEnvelope, type Envelope, type Op } from './envelope.ts';
import type { Lane } from './lane.ts';

const HASH = '[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]';
const PERSONA = 'c[a-z2-7]{51}[aq]';
const KEY = `self|${PERSONA}|(?:(?:${PERSONA}|${HASH})/)?[A-Za-z0-9_-]{21}[AQgw]`;
const WHOLE = '[1-9][0-9]{0,15}';

/**
 * Reads the envelopes of one lane, whose announcement was checked: what `parseEnvelope` says of each, for a fifth of its time.
 * A canonical envelope of a lane is one text with few gaps, so a pattern finds what stands in them; any other text, and any of
 * another lane, is left to `parseEnvelope`, which has the words for what is wrong.
 */
export function envelopeReader(lane: Lane): (text: string) => Result<Envelope> {
  const { persona, device, service, collection } = lane;
  const pattern = new RegExp(`^\\{"at":"([0-9a-f]{16})",(?:"author":"(${PERSONA}|${HASH})",)?"base":(?:null|"(${HASH})"),(?:"body":"(${HASH})",)?`
    + `"collection":"${collection}","contract":"(${HASH})","device":"${device}","key":"(${KEY})","lane":"${lane.lane}",(?:"offer":"(${HASH})",)?`
    + `"op":"(put|remove)","persona":"${persona}","rev":(${WHOLE}),"seq":(${WHOLE}),"service":"${service}","v":1\\}$`);
  return (text) => {
    const found = pattern.exec(text);
    if (!found) return parseEnvelope(text);
    const [, at, author, base, body, contract, key, offer, op, rev, seq] = found as unknown as string[];
    const envelope: Envelope = {
      v: 1, persona, device, service, lane: lane.lane, contract: contract!, collection, key: key!, seq: Number(seq), at: at!, rev: Number(rev), base: base ?? null, op: op as Op,
      ...(author === undefined ? {} : { author }), ...(offer === undefined ? {} : { offer }), ...(body === undefined ? {} : { body }),
    };
    const isWhole = Number.isSafeInteger(envelope.rev) && Number.isSafeInteger(envelope.seq);
    return isWhole && checkTogether(envelope).ok ? yes(envelope) : parseEnvelope(text);
  };
}
