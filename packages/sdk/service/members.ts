import { contractHash, toBase64Url, verifyJoined, verifyKeyLog, verifyPresent, type Contract, type Joined, type Present, type Signed } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { createClient, type Client } from '../client.ts';
import { ApiError } from '../error.ts';
import { podOf, type Pod } from '../pod.ts';
import { makeReach } from './reach.ts';
import { signedFetch } from './sign.ts';

/** Somebody who joined: `version` of the contract that they hold to. */
export interface Member { persona: string; house: string; version: number }

/** Where members are, and what they joined. */
export interface Members {
  /**
   * Whether somebody joined: asks their house for the `joined` statement and checks it, the key log with it, and that the house acts for them. Null: not a member (any
   * more), or of a contract that is none of ours. Throws `ApiError` when the house cannot be reached.
   */
  find(house: string, persona: string): Promise<Member | null>;
  /** The pod of a member, as far as the contract opens it to the service. */
  pod<C>(member: Pick<Member, 'persona' | 'house'>): Pod<C>;
  /** A client of a house whose requests the service signs. */
  client(house: string): Client;
}

/** What members are asked for. `contracts`: every version that anybody may still hold to. `known`: houses that may be on this machine or in its network. */
export interface MembersOf { contracts: readonly Contract[]; seed: Uint8Array; known?: readonly string[] }

/** Members of a service, wherever they live. */
export function makeMembers({ contracts, seed, known = [] }: MembersOf): Members {
  const service = contracts[0]!.service.id;
  const versions = new Map(contracts.map((contract) => [contractHash(nobleSuite, contract), contract.version]));
  const fetch = signedFetch({ seed, fetch: makeReach({ known }) });
  const client = (house: string): Client => createClient({ base: originOf(house), fetch });
  return {
    client,
    pod: <C>({ persona, house }: Pick<Member, 'persona' | 'house'>) => podOf<C>(client(house), { persona, service }),
    find: async (house, persona) => {
      const challenge = toBase64Url(nobleSuite.random(32));
      const shown = await client(house).data.joined({ persona, service, challenge }).catch(absent);
      const version = shown === null ? undefined : versions.get(joinedContract(shown, { persona, service, challenge }) ?? '');
      return version === undefined ? null : { persona, house: originOf(house), version };
    },
  };
}

interface Shown { joined: Signed<Joined>; keyLog: Signed[]; present?: Signed<Present> }

/** The hash of the contract that a statement truly says this persona joined, where whoever shows it acts for them; null if it does not. */
function joinedContract({ joined, keyLog, present }: Shown, { persona, service, challenge }: { persona: string; service: string; challenge: string }): string | null {
  const log = Array.isArray(keyLog) ? verifyKeyLog(nobleSuite, keyLog) : null;
  if (!log?.ok || log.value.persona !== persona || log.value.retired) return null;
  if (!verifyPresent(nobleSuite, present, { service, challenge, keyLog: log.value }).ok) return null;
  const said = verifyJoined(nobleSuite, joined, log.value);
  return said.ok && said.value.service === service ? said.value.contract : null;
}

/** Denied and absent are one answer; anything else is not about the member. */
function absent(error: unknown): null {
  if (error instanceof ApiError && error.status === 404) return null;
  throw error;
}

/** `https://house.example` of any address there; anything else is nowhere. */
const originOf = (house: string): string => URL.parse(house)?.origin ?? 'https://invalid.invalid';
