import {
  announceLane, bodyHash, chainNext, chainStart, clockNext, envelopeId, envelopeText, fromBase64Url, headBytes, newSalt, nextRev, statementHash, toBase64Url, verifyKeyLog,
  type Envelope, type Json, type Op, type Signed, type Suite,
} from '@commonhold/core';
import { phoneSeed } from './pods.ts';
import type { TrialFirewall } from './firewall.ts';

/** What a record is built on. */
export interface Base { id: string; rev: number; op?: Op }

/** Whose word a record is, with their offer and the salt of what they said. */
export interface By { author: string; offer: Signed<object>; salt?: string }

/** One lane of somebody's phone, written without a house. */
export interface Phone {
  device: string;
  /** A random key for a record. */
  key(): string;
  put(key: string, body: Json, base?: Base, by?: By): Base;
  remove(key: string, base: Base, by?: By): Base;
  /** Lets its clock run ahead. */
  ahead(ms: number): void;
  /** The lane as lines of an export, its last record signed. */
  text(): Uint8Array;
}

/** What a lane is for. */
export interface LanePlace { service: string; collection: string; audience: string }
/** Who writes it, and under what. `contract`: hash. */
export interface Writer { suite: Suite; persona: string; seed: Uint8Array; keyLogHead: string; contract: string; now(): number }

/** A new lane of the phone that everybody in a trial firewall has. */
export function phoneOf({ suite, firewall, clock }: Pick<TrialFirewall, 'suite' | 'firewall' | 'clock'>, persona: string, of: LanePlace): Phone {
  const state = verifyKeyLog(suite, [...firewall.identity.view(persona)!.statements]);
  if (!state.ok) throw new TypeError(state.message);
  const contract = firewall.contracts.get(of.service)?.hash ?? toBase64Url(suite.random(32));
  return laneBy({ suite, persona, seed: phoneSeed(suite, persona), keyLogHead: state.value.head, contract, now: () => clock.ms }, of);
}

/** A new lane of any device. */
export function laneBy({ suite, persona, seed, keyLogHead, contract, now }: Writer, of: LanePlace): Phone {
  const device = suite.publicKey(seed);
  const lane = suite.random(16);
  const announcement = announceLane(suite, { ...of, persona, device: toBase64Url(device), contract, lane: toBase64Url(lane), keyLogHead }, seed);
  const entries: Record<string, unknown>[] = [];
  let [at, chain, ahead] = ['', chainStart(suite, persona, device, lane), 0];
  const write = (key: string, op: Op, base: Base | undefined, body?: Json, by?: By): Base => {
    at = clockNext(at, now() + ahead);
    const salt = by?.salt === undefined ? newSalt(suite) : fromBase64Url(by.salt)!;
    const envelope: Envelope = {
      v: 1, persona, device: toBase64Url(device), service: of.service, lane: toBase64Url(lane), contract, collection: of.collection, key, seq: entries.length + 1, at,
      rev: nextRev(base ? { rev: base.rev, op: base.op ?? 'put' } : null, op), base: base?.id ?? null, op, ...(body === undefined ? {} : { body: toBase64Url(bodyHash(suite, salt, body)) }),
      ...(by === undefined ? {} : { author: by.author, offer: statementHash(suite, by.offer.statement) }),
    };
    const text = envelopeText(envelope);
    const id = envelopeId(suite, text);
    chain = chainNext(suite, chain, id);
    const signed = headBytes({ persona, device, service: of.service, lane, seq: envelope.seq, chain, keyLogHead: fromBase64Url(keyLogHead)! });
    entries.push({
      type: 'entry', lane: envelope.lane, device: envelope.device, seq: envelope.seq, id: toBase64Url(id), sig: toBase64Url(suite.sign(seed, signed)), head: keyLogHead,
      envelope: text, ...(body === undefined ? {} : { body, salt: toBase64Url(salt) }), ...(by === undefined ? {} : { offer: by.offer }),
    });
    return { id: toBase64Url(id), rev: envelope.rev, op };
  };
  return {
    device: toBase64Url(device),
    key: () => toBase64Url(suite.random(16)),
    put: (key, body, base, by) => write(key, 'put', base, body, by),
    remove: (key, base, by) => write(key, 'remove', base, undefined, by),
    ahead: (ms) => { ahead = ms; },
    text: () => Buffer.from([{ type: 'lane', ...announcement }, ...entries].map((line) => `${JSON.stringify(line)}\n`).join('')),
  };
}
