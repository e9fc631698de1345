import { Refusal, type Suite } from '@commonhold/core';
import type { Signer } from '../store/pod/signer.ts';

interface Deps {
  suite: Suite;
  /** Derives the seed of a pod device from its salt. */
  seedOf(keySalt: Uint8Array): Uint8Array;
  /** The salt of somebody at home here. */
  saltOf(persona: string): Uint8Array | null;
}

/** The pod devices of this house; `learn` introduces somebody who is only just moving in, `forget` whoever left and may come back by another key. */
export function makeSigner({ suite, seedOf, saltOf }: Deps): Signer & { learn(persona: string, keySalt: Uint8Array): void; forget(persona: string): void } {
  const kept = new Map<string, { seed: Uint8Array; device: Uint8Array }>();
  const keep = (persona: string, salt: Uint8Array) => {
    const seed = seedOf(salt);
    const pair = { seed, device: suite.publicKey(seed) };
    kept.set(persona, pair);
    return pair;
  };
  const of = (persona: string) => {
    const had = kept.get(persona);
    if (had) return had;
    const salt = saltOf(persona);
    if (!salt) throw new Refusal('unavailable', 'no_pod_device', 'This house holds no key for that persona.');
    return keep(persona, salt);
  };
  return { seed: (persona) => of(persona).seed, device: (persona) => of(persona).device, learn: keep, forget: (persona) => { kept.delete(persona); } };
}
