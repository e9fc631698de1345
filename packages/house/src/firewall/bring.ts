import { Refusal, type EntryLine, type LaneLine, type Signed, type Suite } from '@commonhold/core';
import { statementHash, verifyJoined } from '@commonhold/core';
import type { Source } from '../store/blobs/part.ts';
import { receiveBlob } from '../store/pod/blobs.ts';
import type { Pen } from '../store/pod/draft.ts';
import { receive } from '../store/receive/receive.ts';
import type { Received } from '../store/receive/types.ts';
import type { ContractBook } from './contract-book.ts';
import type { EnforcedContract } from './contracts.ts';
import type { FindHome, Home } from './homes.ts';
import { rulesOf } from './records/rules.ts';

/**
 * Takes in what a person wrote in another house, from an export of theirs, while their key log is here already. It needs no right to write
 * as them: each record was signed where it was made, and all of it is checked anew. For the pod's own person, by a job of theirs.
 */
export interface BringIn {
  /** Whether the key log of this persona has this statement, and here. */
  knows(persona: string, statement: Signed): boolean;
  /** An earlier version of a contract that this program knows, as it was joined there. False: of a service or version that is none of this house's. */
  contract(persona: string, of: { service: string; hash: string; text: string; joined: Signed }): Promise<boolean>;
  /** Bytes that records name. Refuses what `receiveBlob` refuses, `blob_damaged` where they are not those that were named. */
  blob(persona: string, of: { service: string; blob: string; bytes?: number }, source: Source): Promise<void>;
  /** Lanes and entries as in an export. Refuses as receiving does. */
  lines(persona: string, lines: readonly (LaneLine | EntryLine)[]): Promise<Received>;
}

interface Deps { find: FindHome; contracts: ReadonlyMap<string, EnforcedContract>; book: ContractBook; pen: Pen; suite: Suite; budget(): number }

/** Built on the store. */
export function makeBringIn({ find, contracts, book, pen, suite, budget }: Deps): BringIn {
  const homeOf = (persona: string): Home => {
    const home = find(persona);
    if (!home) throw new Refusal('not_found', 'not_found', 'There is nothing here, or not for you.');
    return home;
  };
  return {
    knows: (persona, { statement }) => homeOf(persona).state.keyLog.heads.includes(statementHash(suite, statement)),
    contract: async (persona, { service, hash, text, joined }) => {
      const current = contracts.get(service);
      if (current?.hash === hash) return true;
      // Only words that this program has known: whoever could bring others could bring records that nobody here can read.
      if (!current?.earlier.includes(hash)) return false;
      await homeOf(persona).pod.write(() => {
        const { pod, state } = homeOf(persona);
        const checked = verifyJoined(suite, joined, state.keyLog);
        if (!checked.ok) throw new Refusal('invalid', checked.code, checked.message, { field: 'joined' });
        pod.sql.putEarlier.run(state.ref, service, hash, text, JSON.stringify(joined));
      });
      return true;
    },
    blob: async (persona, { service, blob, bytes }, source) => {
      const { pod, state: { ref } } = homeOf(persona);
      if (pod.sql.blob.get(ref, service, blob)) return;
      const got = await receiveBlob(pod, { ref, service }, source, { length: bytes, budget: budget(), now: pen.now() });
      if (got.blob !== blob) throw new Refusal('invalid', 'blob_damaged', 'A picture or file in the archive is not what it says.');
    },
    lines: (persona, lines) => {
      const home = homeOf(persona);
      return receive(home.pod, persona, { pen, rules: rulesOf(home, book) }, lines);
    },
  };
}
