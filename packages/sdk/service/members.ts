import { contractHash, toBase64Url, verifyJoined, verifyKeyLog, verifyPresent, type Contract, type Joined, type Present, type Signed } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { createClient, type Client } from '../client.ts';
import { ApiError } from '../error.ts';
import { podOf, type Pod } from '../pod.ts';
import { makeSend } from '../request.ts';
import { makeReach } from './reach.ts';
import { signedFetch } from './sign.ts';
import { writingAs } from './writing.ts';

/** Somebody who joined: `version` of the contract that they hold to. */
export interface Member { persona: string; house: string; version: number }

/** Where members are, and what they joined. */
export interface Members {
  /**
   * Whether somebody joined: asks their house for the `joined` statement and checks it, the key log with it, and that the house acts for them. Null: not a member (any
   * more), or of a contract that is none of ours. Throws `ApiError` when the house cannot be reached.
   */
  find(house: string, persona: string): Promise<Member | null>;
  /** The pod of a member, as far as the contract opens it to the service: what it writes there it signs (see `writingAs`). `version`: of the contract that they hold to; the latest unless told. */
  pod<C>(member: Pick<Member, 'persona' | 'house'> & Partial<Member>): Pod<C>;
  /** A client of a house whose requests, and records, the service signs, by its present key. */
  client(house: string): Client;
}

/**
 * What members are asked for. `contracts`: every version that anybody may still hold to; `ended`: seeds of keys that were replaced, which
 * sign what is asked of those who stay with a version of then. `known`: houses that may be on this machine or in its network.
 */
export interface MembersOf { contracts: readonly Contract[]; seed: Uint8Array; ended?: readonly Uint8Array[]; known?: readonly string[] }

/** Members of a service, wherever they live. */
export function makeMembers({ contracts, seed, ended = [], known = [] }: MembersOf): Members {
  const service = contracts[0]!.service.id;
  const versions = new Map(contracts.map((contract) => [contractHash(nobleSuite, contract), contract.version]));
  const keyOf = new Map(contracts.map(({ version, service: { key } }) => [version, key]));
  const reach = makeReach({ known });
  // The present key first.
  const signers = new Map([seed, ...ended.toReversed()].map((one) => [toBase64Url(nobleSuite.publicKey(one)), { seed: one, fetch: signedFetch({ seed: one, fetch: reach }) }]));
  const [present] = signers.keys();
  const isSingle = (collection: string): boolean => contracts.some(({ collections }) => Object.hasOwn(collections, collection) && collections[collection]!.kind === 'single');
  const clientBy = (key: string, house: string): Client => {
    const { seed: by, fetch } = signers.get(key) ?? signers.get(present!)!;
    const options = { base: originOf(house), fetch };
    const client = createClient(options);
    return { ...client, data: { ...client.data, ...writingAs(makeSend(options), client.data.query, { seed: by, isSingle }) } };
  };
  const find = async (key: string, house: string, persona: string): Promise<Member | null> => {
    const challenge = toBase64Url(nobleSuite.random(32));
    const shown = await clientBy(key, house).data.joined({ persona, service, challenge }).catch(absent);
    const version = shown === null ? undefined : versions.get(joinedContract(shown, { persona, service, challenge }) ?? '');
    return version === undefined ? null : { persona, house: originOf(house), version };
  };
  return {
    client: (house) => clientBy(present!, house),
    pod: <C>({ persona, house, version = 0 }: Pick<Member, 'persona' | 'house'> & Partial<Member>) => podOf<C>(clientBy(keyOf.get(version) ?? present!, house), { persona, service }),
    find: async (house, persona) => {
      for (const key of signers.keys()) {
        const member = await find(key, house, persona);
        if (member) return member;
      }
      return null;
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
