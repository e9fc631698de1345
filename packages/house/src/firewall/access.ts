import { clockMs, decide, isPaused, mayRead, type Alternative, type Audience, type Decision, type Facts, type Narrowing, type Readable, type Verb } from '@commonhold/core';
import type { AccessLog } from '../store/log/access-log.ts';
import type { PodStatements } from '../store/pod/statements.ts';
import type { Row } from '../store/pod/types.ts';
import { namedAudience } from './audience.ts';
import { boundedBy, boundsOf, forClock, type Bound } from './bounds.ts';
import { personaOf, type Caller } from './caller.ts';
import type { ContractBook } from './contract-book.ts';
import type { EnforcedContract } from './contracts.ts';
import type { makeFacts } from './facts.ts';
import type { FindHome, Home } from './homes.ts';
import { isWithheld, type HouseOrder } from './order.ts';
import { narrowingOf } from './narrowing.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { proofCounts, wasGranted } from './proofs.ts';
import { makeReadings, type Reading, type Readings } from './readings.ts';
import type { RelationBook } from './relations.ts';
import { callerName, refuseToken } from './token.ts';

/** The questions that are asked of the records of one collection. */
export type Kept = Pick<PodStatements, 'row' | 'some' | 'rows' | 'page' | 'count'>;

/** One caller before one persona's namespace of one service: everything that a decision is made from. */
export interface Access {
  home: Home;
  caller: Caller;
  /** As whom the caller writes and is an author: a persona, or the service by its key; null for nobody. */
  self: string | null;
  contract: EnforcedContract;
  /** Persona id of this house. */
  house: string;
  /** Whether the caller may be shown that the owner joined: the owner, the service, and its members, unless it is paused. */
  mayKnowJoined(): boolean;
  /** The bare decision, which nobody hears of. */
  decide(collection: string, verb: Verb): Decided;
  /** The alternatives by which the caller may, or null; a no is written to the owner's log. */
  may(collection: string, verb: Verb): readonly Alternative[] | null;
  /** What of a row the caller may read; nothing of one that has had its time. */
  readable(alternatives: readonly Alternative[], row: Row): Readable;
  /** The same if the house hid nothing. */
  readableUnhidden(alternatives: readonly Alternative[], row: Row): Readable;
  /** Whether a record is still within the time for which its collection keeps it. */
  isLive(row: Row): boolean;
  /** Where the records of a collection lie; `sql` of another moment if wanted. */
  kept(collection: string, sql?: PodStatements): Kept;
  /** Notes a delivery of so many such rows: by name or as a count, as the log's rule says. */
  delivered(row: Row, verb: Verb, n?: number): void;
  /** Notes by name what somebody else wrote here, or a script of one's own. */
  wrote(collection: string, verb: Verb): void;
  /** Notes a refusal by name. */
  refused(collection: string, verb: Verb, rule: string): void;
  /** Takes what a refusal takes, and tells nobody: of what is not there. */
  missed(collection: string, verb: Verb): void;
  /** Refuses `suspended` and `expelled` for a caller who may not give anything to others now. */
  checkMayPublish(): void;
}

/** What the firewall is built on. */
export interface AccessDeps {
  find: FindHome;
  /** The contracts of the built-in services. */
  contracts: ReadonlyMap<string, EnforcedContract>;
  book: ContractBook;
  facts: ReturnType<typeof makeFacts>;
  log: Pick<AccessLog, 'named' | 'counted'>;
  relations: Pick<RelationBook, 'between' | 'of' | 'apart' | 'linksOf'>;
  /** Persona id of this house. */
  house: string;
  order: HouseOrder;
  /** Whether a namespace is on its way out. */
  isLeaving: Pseudonyms['isLeaving'];
}

/** A decision of the contract's, or that the caller was not let have this collection at all. */
export type Decided = Decision | { readonly deny: 'not_granted' };

const NARROWED_ALREADY: Narrowing = {};
const NOT_GRANTED: Decided = { deny: 'not_granted' };

/** Opens a namespace for a caller, or null when there is no such persona or contract: same as absent. Refuses what a token is not for. */
export function makeAccess(deps: AccessDeps): (caller: Caller, persona: string, service: string) => Access | null {
  const { find, book, facts: gather } = deps;
  const known = new WeakMap<EnforcedContract, ReturnType<typeof makeReadings>>();
  const readingsOf = (contract: EnforcedContract): ReturnType<typeof makeReadings> => {
    const had = known.get(contract);
    if (had) return had;
    const made = makeReadings();
    known.set(contract, made);
    return made;
  };
  return (caller, persona, service) => {
    refuseToken(deps, caller, service, false);
    const home = find(persona);
    const contract = home && book.of(home, service);
    if (!contract || deps.isLeaving(persona, service)) return null;
    const taken = home.state.contracts.get(service)!.narrowing;
    const narrowing = narrowingOf(taken);
    const facts = gather(caller, persona, contract);
    if (!proofCounts(deps, caller, { owner: persona, contract, isPaused: isPaused(narrowing, facts.now) })) return null;
    const bounds = boundsOf(book, home, service);
    const readings: Readings = taken === '{}' && bounds.length === 0 ? readingsOf(contract)(facts) : new Map();
    return new OpenAccess(deps, { home, caller, contract, narrowing, bounds, facts, readings });
  };
}

interface Known { home: Home; caller: Caller; contract: EnforcedContract; narrowing: Narrowing; bounds: readonly Bound[]; facts: Facts; readings: Readings }

// A class, since a timeline opens two for each of its authors: methods are made once, closures each time.
class OpenAccess implements Access {
  readonly home: Home;
  readonly caller: Caller;
  readonly self: string | null;
  readonly contract: EnforcedContract;
  readonly house: string;
  readonly #narrowing: Narrowing;
  readonly #bounds: readonly Bound[];
  readonly #facts: Facts;
  readonly #readings: Readings;
  readonly #deps: AccessDeps;

  constructor(deps: AccessDeps, { home, caller, contract, narrowing, bounds, facts, readings }: Known) {
    this.home = home;
    this.caller = caller;
    this.self = facts.service ? contract.service : facts.persona;
    this.contract = contract;
    this.house = deps.house;
    this.#narrowing = narrowing;
    this.#bounds = bounds;
    this.#facts = facts;
    this.#readings = readings;
    this.#deps = deps;
  }

  checkMayPublish(): void {
    const persona = personaOf(this.caller);
    if (persona !== null) this.#deps.order.checkMayPublish(persona);
  }

  mayKnowJoined(): boolean {
    const { owner, service, member, blocked, now } = this.#facts;
    if (this.contract.contract.service.key === null) return false;
    return owner || ((service || member) && !blocked && !isPaused(this.#narrowing, now));
  }

  decide(collection: string, verb: Verb): Decided {
    if (!wasGranted(this.caller, collection)) return NOT_GRANTED;
    return verb === 'read' ? this.#reading(collection).decision : this.#decide(collection, verb);
  }

  #decide(collection: string, verb: Verb): Decision {
    const decision = decide(this.contract.compiled, this.#narrowing, this.#facts, { collection, verb });
    // Nothing binds whose it is.
    if (this.#bounds.length === 0 || this.#facts.owner) return decision;
    return boundedBy(this.#bounds, decision, ({ compiled }) => decide(compiled, NARROWED_ALREADY, this.#facts, { collection, verb }));
  }

  // Asked for every row of a page. Names that a caller makes up are not kept.
  #reading(collection: string): Reading {
    const had = this.#readings.get(collection);
    if (had) return had;
    const known = this.contract.compiled.collections.get(collection);
    const made: Reading = { decision: this.#decide(collection, 'read'), retention: known?.retention ?? null, byAudience: new Map() };
    if (known) this.#readings.set(collection, made);
    return made;
  }

  may(collection: string, verb: Verb): readonly Alternative[] | null {
    const decision = this.decide(collection, verb);
    if ('allow' in decision) return decision.allow;
    this.refused(collection, verb, decision.deny);
    return null;
  }

  isLive({ collection, at }: Row): boolean {
    const { retention } = this.#reading(collection);
    return retention === null || clockMs(at) + retention > this.#facts.now;
  }

  kept(collection: string, sql: PodStatements = this.home.pod.sql): Kept {
    return this.contract.compiled.collections.get(collection)?.kind === 'local' ? sql.local : sql;
  }

  readable(alternatives: readonly Alternative[], row: Row): Readable {
    if (!this.#facts.owner && isWithheld(this.#deps.order, this.#facts.persona, this.home.state.persona, this.contract.service, row)) return 'none';
    return this.readableUnhidden(alternatives, row);
  }

  readableUnhidden(alternatives: readonly Alternative[], row: Row): Readable {
    const { audience, author } = row;
    if (!this.isLive(row)) return 'none';
    if (author !== null && this.#hides(author)) return 'none';
    const { decision, byAudience } = this.#reading(row.collection);
    // What its owner wrote is to a caller what any other of its audience is.
    const isPlain = author === null && this.#bounds.length === 0 && 'allow' in decision && decision.allow === alternatives;
    const had = isPlain ? byAudience.get(audience) : undefined;
    if (had !== undefined) return had;
    const found = mayRead(forClock(alternatives, row.at), namedAudience(audience, this.#deps.house) as Audience, (author ?? this.home.state.persona) === this.self);
    if (isPlain) byAudience.set(audience, found);
    return found;
  }

  // What somebody else put here is handed on to nobody whom a block parts from them, and to nobody at all while one parts them from its owner.
  #hides(author: string): boolean {
    const { persona, owner } = this.#facts;
    const { relations } = this.#deps;
    return !owner && author !== persona && author !== this.contract.service && (relations.apart(author, this.home.state.persona) || (persona !== null && relations.apart(author, persona)));
  }

  delivered({ collection, audience }: Row, verb: Verb, n = 1): void {
    const { home: { state: { persona } }, caller, contract: { service } } = this;
    const isNamed = caller.kind === 'service' || (caller.kind === 'app' && this.#facts.owner);
    if (isNamed) this.#deps.log.named({ persona, caller: callerName(caller, persona), service, collection, verb, refused: false, rule: '' }, n);
    else if (!this.#facts.owner) this.#deps.log.counted({ persona, who: caller.kind === 'anyone' ? 'anyone' : 'housemates', service, collection, audience, verb }, n);
  }

  wrote(collection: string, verb: Verb): void {
    this.#name(this.home.state.persona, collection, verb, '');
  }

  refused(collection: string, verb: Verb, rule: string): void {
    const { persona } = this.home.state;
    // Whoever blocks somebody tells them by no log that they came by.
    const isTheirs = rule === 'blocked' && !this.#deps.relations.between(persona, personaOf(this.caller) ?? '').includes('block');
    this.#name(isTheirs ? '' : persona, collection, verb, rule);
  }

  missed(collection: string, verb: Verb): void {
    if (!this.#facts.owner) this.#name('', collection, verb, 'absent');
  }

  #name(persona: string, asked: string, verb: Verb, rule: string): void {
    const { caller, contract: { service, compiled } } = this;
    // A name that a caller made up is not the owner's to read, nor to keep.
    const collection = compiled.collections.has(asked) ? asked : '';
    this.#deps.log.named({ persona, caller: callerName(caller, this.home.state.persona), service, collection, verb, refused: rule !== '', rule });
  }
}
