import type { Signed } from '@commonhold/core';
import type { Pods } from '../store/pods.ts';
import { storedAudience } from './audience.ts';
import type { EnforcedContract } from './contracts.ts';

/** Somebody who moves in. */
export interface NewResident { pod: string; persona: string; keyLog: readonly Signed[]; keySalt: Uint8Array; /** Null for who brings a profile of theirs along. */ name: string | null }

interface Deps {
  pods: Pods;
  contracts: ReadonlyMap<string, EnforcedContract>;
  signer: { learn(persona: string, keySalt: Uint8Array): void };
  house: string;
}

/** Makes a pod whole: key log, the built-in contracts joined, a first profile for who is new. On disk when it returns. */
export const makeAdmit = ({ pods, contracts, signer, house }: Deps) => ({ pod, persona, keyLog, keySalt, name }: NewResident): void => {
  signer.learn(persona, keySalt);
  const joined = [...contracts.values()];
  pods.create({
    id: pod, persona, keyLog, contracts: joined,
    records: name === null ? [] : [{ service: 'people', collection: 'profile', key: 'self', op: 'put', audience: storedAudience('house', house), body: { name } }],
  });
};

