import { contentDigest, signRequest, utf8, type HttpMessage, type Signer } from '../../../packages/core/index.ts';
import { idOf } from './persona.ts';
import { hex, key, seed, short, suite } from './tools.ts';

const NOW = 1_780_000_000_000;
const BODY = '{"where":{"date":{"gte":"2026-06-01"}}}';
const ask: HttpMessage = { method: 'POST', target: `https://house.example/pods/${idOf('ben')}/potluck/dishes/query`, headers: {} };
const watch: HttpMessage = { method: 'GET', target: `https://house.example/pods/${idOf('ben')}/potluck/watch?collections=dishes`, headers: { 'last-event-id': 'a-position' } };
const service: Signer = { seed: seed('potluck') };

interface Of { body?: string; by?: Signer; seconds?: number }
const headersOf = (message: HttpMessage, { body = BODY, by = service, seconds }: Of = {}): Record<string, string> =>
  signRequest(suite, message, by, { body: utf8(body), now: NOW, nonce: short('nonce'), ...(seconds !== undefined && { seconds }) });
const signed = (message: HttpMessage, of?: Of): HttpMessage => ({ ...message, headers: { ...message.headers, ...headersOf(message, of) } });
const put = (message: HttpMessage, name: string, value: string): HttpMessage => ({ ...message, headers: { ...message.headers, [name]: value } });
const swap = (message: HttpMessage, name: string, from: string, to: string): HttpMessage => put(message, name, String(message.headers[name]).replace(from, to));

const good = signed(ask);
const digest = contentDigest(suite, utf8('{}'));

const bad: [string, HttpMessage, string, number?][] = [
  ['expired', good, 'signature_expired', NOW + 60_000],
  ['signed in the future', good, 'signature_early', NOW - 31_000],
  ['good for too long', signed(ask, { seconds: 301 }), 'signature_too_long'],
  ['good for no time', signed(ask, { seconds: 0 }), 'signature_too_long'],
  ['another method', { ...good, method: 'GET' }, 'signature_wrong'],
  ['another house', { ...good, target: ask.target.replace('house.example', 'other.example') }, 'signature_wrong'],
  ['another persona', { ...good, target: ask.target.replace(idOf('ben'), idOf('ada')) }, 'signature_wrong'],
  ['widened parameters', { ...signed(watch, { body: '' }), target: `${watch.target},rsvps` }, 'signature_wrong'],
  ['another position', put(signed(watch, { body: '' }), 'last-event-id', 'another'), 'signature_wrong'],
  ['a header that was put there later', put(good, 'idempotency-key', 'one'), 'signature_uncovered'],
  ['the digest of another body', put(good, 'content-digest', digest), 'signature_wrong'],
  ['no digest', { ...good, headers: { ...good.headers, 'content-digest': undefined } }, 'signature_wrong'],
  ['a digest that is not signed', swap(good, 'signature-input', ' "content-digest"', ''), 'signature_uncovered'],
  ['another key', swap(good, 'signature-input', key('potluck'), key('thief')), 'signature_wrong'],
  ['another nonce', swap(good, 'signature-input', short('nonce'), short('another nonce')), 'signature_wrong'],
  ['a later end', swap(good, 'signature-input', `expires=${NOW / 1000 + 60}`, `expires=${NOW / 1000 + 61}`), 'signature_wrong'],
  ['no nonce', swap(good, 'signature-input', `;nonce="${short('nonce')}"`, ''), 'bad_signature_input'],
  ['another algorithm', swap(good, 'signature-input', 'ed25519', 'hmac-sha256'), 'bad_signature_input'],
  ['another tag', swap(good, 'signature-input', 'commonhold/1', 'other'), 'bad_signature_input'],
  ['a parameter twice', swap(good, 'signature-input', ';alg=', ';tag="commonhold/1";alg='), 'bad_signature_input'],
  ['a part twice', swap(good, 'signature-input', '"@method"', '"@method" "@method"'), 'bad_signature_input'],
  ['two signatures', swap(good, 'signature-input', 'commonhold=', 'a=("@method");created=1, commonhold='), 'bad_signature_input'],
  ['another label', swap(good, 'signature', 'commonhold=', 'other='), 'signature_wrong'],
  ['no signature', { ...good, headers: { ...good.headers, 'signature-input': undefined } }, 'bad_signature_input'],
];

/** Signed requests: what signing gives, and what verifying says. */
export const signatures = (): object => ({
  about: 'Signed requests (signatures.md). sign: the headers that sign `message` with this body, seed (hex), nonce and time (ms). verify: whether `message` is good at `now`, by its head alone.',
  sign: [['a question', ask, BODY], ['a stream that goes on', watch, ''], ['under a key of idempotency', put(ask, 'idempotency-key', 'one'), BODY]].map(([name, message, body]) => ({
    name, seed: hex(service.seed), body, now: NOW, nonce: short('nonce'), message, headers: headersOf(message as HttpMessage, { body: body as string }),
  })),
  verify: [
    { name: 'by a service', message: good, now: NOW, good: true }, { name: 'at its last moment', message: good, now: NOW + 59_999, good: true },
    { name: 'by a clock that is late', message: good, now: NOW - 30_000, good: true },
    { name: 'by a device', message: signed(ask, { by: { seed: seed('ada phone'), persona: idOf('ada') } }), now: NOW, good: true },
    { name: 'a stream that goes on', message: signed(watch, { body: '' }), now: NOW, good: true },
    ...bad.map(([name, message, code, now = NOW]) => ({ name, message, now, good: false, code })),
  ],
});
