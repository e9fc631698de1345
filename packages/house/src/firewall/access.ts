import { decide, mayRead, type Alternative, type Audience, type Decision, type Narrowing, type Readable, type Verb } from '@commonhold/core';
import type { AccessLog } from '../store/log/access-log.ts';
import type { Row } from '../store/pod/types.ts';
import { namedAudience } from './audience.ts';
import { personaOf, type Caller } from './caller.ts';
import type { EnforcedContract } from './contracts.ts';
import type { makeFacts } from './facts.ts';
import type { FindHome, Home } from './homes.ts';

/** One caller before one persona's namespace of one service: everything that a decision is made from. */
export interface Access {
  home: Home;
  caller: Caller;
  contract: EnforcedContract;
  /** The bare decision, which nobody hears of. */
  decide(collection: string, verb: Verb): Decision;
  /** The alternatives by which the caller may, or null; a no is written to the owner's log. */
  may(collection: string, verb: Verb): readonly Alternative[] | null;
  /** What of a row the caller may read. */
  readable(alternatives: readonly Alternative[], row: Row): Readable;
  /** Notes a delivery: by name or as a count, as the log's rule says. */
  delivered(row: Row, verb: Verb): void;
  /** Notes by name what somebody else wrote here. */
  wrote(collection: string, verb: Verb): void;
  /** Notes a refusal by name. */
  refused(collection: string, verb: Verb, rule: string): void;
}

/** What the firewall is built on. */
export interface AccessDeps {
  find: FindHome;
  contracts: ReadonlyMap<string, EnforcedContract>;
  facts: ReturnType<typeof makeFacts>;
  log: AccessLog;
  /** Persona id of this house. */
  house: string;
}

const OPEN: Narrowing = {};

/** Opens a namespace for a caller, or null when there is no such persona or contract: same as absent. */
export function makeAccess({ find, contracts, facts, log, house }: AccessDeps): (caller: Caller, persona: string, service: string) => Access | null {
  return (caller, persona, service) => {
    const home = find(persona);
    const contract = contracts.get(service);
    const joined = home?.state.contracts.get(service);
    if (!home || !contract || joined?.hash !== contract.hash) return null;
    const known = facts(caller, persona);
    const narrowing = joined.narrowing === '{}' ? OPEN : (JSON.parse(joined.narrowing) as Narrowing);
    const name = personaOf(caller) ?? 'anyone';
    const wrote = (collection: string, verb: Verb) => log.named({ persona, caller: name, service, collection, verb, refused: false, rule: '' });
    const refused = (collection: string, verb: Verb, rule: string) =>
      log.named({ persona, caller: name, service, collection, verb, refused: true, rule });
    const verdict = (collection: string, verb: Verb) => decide(contract.compiled, narrowing, known, { collection, verb });
    return {
      home, caller, contract, wrote, refused,
      decide: verdict,
      may: (collection, verb) => {
        const decision = verdict(collection, verb);
        if ('allow' in decision) return decision.allow;
        refused(collection, verb, decision.deny);
        return null;
      },
      readable: (alternatives, row) =>
        mayRead(alternatives, namedAudience(row.audience, house) as Audience, row.author !== null && row.author === known.persona),
      delivered: (row, verb) => {
        if (!known.owner) log.counted({ persona, service, collection: row.collection, audience: row.audience, verb });
      },
    };
  };
}
