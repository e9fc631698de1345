import { canonical, clockNext, envelopeText, parseEnvelope, toBase64Url, type Envelope, type Json } from '../../../packages/core/index.ts';
import { codeOf } from './code.ts';
import { envelopeOf, NOON, post, postsLane } from './lane.ts';
import { idOf } from './persona.ts';
import { badServiceEnvelopes, dishEnvelope } from './service-offers.ts';
import { long, seed, short, withField, without } from './tools.ts';

const good = (): Envelope => envelopeOf(postsLane(), 1, clockNext('', NOON), post('post A', 'Hello'));
const text = (value: object): string => canonical(value as Json);
const changed = (change: object): string => text({ ...good(), ...change });

const spellings = (): { name: string; text: string }[] => [
  { name: 'not JSON', text: envelopeText(good()).slice(0, -1) },
  { name: 'an empty text', text: '' },
  { name: 'a list', text: '[]' },
  { name: 'null', text: 'null' },
  { name: 'a space', text: envelopeText(good()).replace(',', ', ') },
  { name: 'a line break at the end', text: envelopeText(good()) + '\n' },
  { name: 'fields in another order', text: JSON.stringify(good()) },
  { name: 'a number spelled otherwise', text: envelopeText(good()).replace('"seq":1', '"seq":1.0') },
  { name: 'a letter escaped without need', text: envelopeText(good()).replace('"posts"', '"\\u0070osts"') },
  { name: 'a field twice', text: envelopeText(good()).replace('"op":"put"', '"op":"put","op":"put"') },
];

const fields = (): { name: string; text: string }[] => [
  { name: 'version 2', text: changed({ v: 2 }) },
  { name: 'no version', text: text(without(good(), 'v')) },
  { name: 'one more field', text: changed({ note: 'x' }) },
  { name: 'a field named __proto__', text: text(withField(good(), '__proto__', {})) },
  { name: 'an optional field of null', text: changed({ author: null }) },
  { name: 'no base', text: text(without(good(), 'base')) },
  { name: 'no lane', text: text(without(good(), 'lane')) },
  { name: 'a persona that is none', text: changed({ persona: 'ada' }) },
  { name: 'a device key of small order', text: changed({ device: toBase64Url(new Uint8Array(32)) }) },
  { name: 'a service with a capital', text: changed({ service: 'Microblog' }) },
  { name: 'a lane of 32 bytes', text: changed({ lane: long('lane') }) },
  { name: 'a contract in hex', text: changed({ contract: 'ab'.repeat(32) }) },
  { name: 'a collection that begins with a digit', text: changed({ collection: '1posts' }) },
  { name: 'a collection of 64 characters', text: changed({ collection: 'p'.repeat(64) }) },
  { name: 'a key with a path', text: changed({ key: '../self' }) },
  { name: 'an empty key', text: changed({ key: '' }) },
  { name: 'a base of 16 bytes', text: changed({ base: short('base'), rev: 2 }) },
  { name: 'an offer of 16 bytes', text: changed({ author: idOf('ben'), offer: short('offer'), key: `${idOf('ben')}/${short('x')}` }) },
  { name: 'seq 0', text: changed({ seq: 0 }) },
  { name: 'seq as text', text: changed({ seq: '1' }) },
  { name: 'at in capitals', text: changed({ at: '019B79A4D6000000' }) },
  { name: 'at too short', text: changed({ at: '19b79a4d600000' }) },
  { name: 'rev 0', text: changed({ rev: 0 }) },
  { name: 'rev beyond 2^53 - 1', text: changed({ rev: 2 ** 53 }) },
  { name: 'an op that is neither put nor remove', text: changed({ op: 'erase' }) },
  { name: 'a body that is an object', text: changed({ body: { text: 'Hello' } }) },
  { name: 'a body hash whose unused bits are set', text: changed({ body: 'A'.repeat(42) + 'B' }) },
];

const together = (): { name: string; text: string }[] => [
  { name: 'a first record with a base', text: changed({ base: long('base') }) },
  { name: 'a later record without a base', text: changed({ rev: 2 }) },
  { name: 'an author without an offer', text: changed({ author: idOf('ben') }) },
  { name: 'an offer without an author', text: changed({ offer: long('offer') }) },
  { name: 'an author whose key is not his', text: changed({ author: idOf('ben'), offer: long('offer'), key: `${idOf('ada')}/${short('x')}` }) },
  { name: 'a put without a body', text: text(without(good(), 'body')) },
  { name: 'a remove with a body', text: changed({ op: 'remove', rev: 2, base: toBase64Url(seed('base')) }) },
];

const byServices = (): { name: string; text: string }[] => badServiceEnvelopes().map(({ name, changed: change }) => ({ name, text: text({ ...dishEnvelope(), ...change }) }));

/** Envelopes that must be refused. */
export const badEnvelopes = (): object[] =>
  [...spellings(), ...fields(), ...together(), ...byServices()].map((bad) => ({ ...bad, code: codeOf(parseEnvelope(bad.text)) }));
