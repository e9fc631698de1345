import { Refusal, toBase64Url, type Contract } from '@commonhold/core';
import type { EnforcedContract } from '../contracts.ts';
import type { ContractBook } from '../contract-book.ts';
import type { Somebody } from '../caller.ts';
import type { Job } from '../../jobs/types.ts';
import type { Feed } from '../feed.ts';
import { makeChange, narrow, pause, type Place } from './change.ts';
import { makeJoin, type JoinDeps, type JoinWish } from './join.ts';
import { makeLeave, type LeaveDeps } from './leave.ts';
import { makeHandOver, type HandOver } from './hand-over.ts';
import type { Places, Shelf } from './ports.ts';
import { look, makeKnownContracts } from './known.ts';
import { makeShelfReader, makeShelfVerbs, type ShelvedView } from './shelf.ts';
import { makeNamespaces, serviceUnknown, type Namespace } from './namespace.ts';
import { makePreview, type FetchContract, type Preview } from './preview.ts';
import { makeUpgrade, type UpgradeView } from './upgrade.ts';
import { pseudonymRecovery } from './recovery.ts';
import { makeBringSelf, makeTakeIn, type Arrival, type BroughtSelf } from './take-in.ts';
import { viewOf, wholeOf, type JoinedView, type JoinedWhole } from './view.ts';

/** A service as somebody knows it; `joined`: by them. */
export interface ServiceKnown { contract: Contract; hash: string; joined: boolean }

/** The life of contracts between people and services that are not built in: each person's own. */
export interface Joining {
  /** `wish`: `{contract}` or `{address}`, as it came; `local`: services on this machine count, too. */
  preview(caller: Somebody, wish: unknown, how: { local: boolean }): Promise<Preview>;
  join(caller: Somebody, wish: JoinWish): Promise<JoinedView>;
  list(caller: Somebody): JoinedView[];
  /** Refuses `service_unknown`. */
  get(caller: Somebody, persona: string, service: string): JoinedWhole;
  /** The following refuse the same. */
  narrow(caller: Somebody, persona: string, service: string, wish: unknown): Promise<JoinedView>;
  /** `until`: in ms; refuses `bad_until`, too. */
  pause(caller: Somebody, persona: string, service: string, paused: boolean, until?: number): Promise<JoinedView>;
  upgrade(caller: Somebody, persona: string, service: string, how: { local: boolean }): Promise<UpgradeView>;
  accept(caller: Somebody, persona: string, service: string, wish: { hash: string; earlier: boolean }): Promise<JoinedView>;
  stay(caller: Somebody, persona: string, service: string, hash: string): Promise<JoinedView>;
  /** What the stewards recommend. */
  shelf(caller: Somebody): ShelvedView[];
  shelve(caller: Somebody, service: string, wish: { hash: string; note?: string }): ShelvedView;
  unshelve(service: string): void;
  orderShelf(caller: Somebody, services: readonly string[]): ShelvedView[];
  /** A service as this person knows it: by the contract that binds it with them, or else one that they looked at or that is recommended. Refuses `service_unknown`. */
  asKnownTo(caller: Somebody, service: string): ServiceKnown;
  /** Begins to leave; refuses `job_running`, too. */
  leave(caller: Somebody, persona: string, service: string): Job;
  /** Finishes what an earlier process began. */
  resume(): Promise<void>;
  /** A place for a pseudonym of theirs that lives in another house: what that house is to hand it over to. */
  place(caller: Somebody): HandOver;
  /** Hands a pseudonym over to another house; refuses `joined_as_self`, `bad_place`, too. */
  handOver(caller: Somebody, persona: string, service: string, to: HandOver): Promise<JoinedView>;
  /** Lets one in that was handed over here. */
  takeIn(caller: Somebody, arrival: Arrival): Promise<void>;
  /** Keeps that they joined a service as themselves in the house from where they come; false where that cannot be here. */
  bringSelf(caller: Somebody, brought: BroughtSelf): Promise<boolean>;
  /** What a pseudonym that has ended said last: its key log, or null. */
  lastWords(persona: string): unknown[] | null;
}

/** What the verbs are made of. */
export interface JoiningDeps extends Omit<JoinDeps, 'known' | 'namespaces'>, Omit<LeaveDeps, 'namespaces' | 'pseudonyms'> { book: ContractBook; places: Places; isHere(persona: string): boolean; standing: ReadonlyMap<string, EnforcedContract>; feed: Pick<Feed, 'publish'>; fetchContract: FetchContract; shelf: Shelf }

/** Builds the verbs. */
export function makeJoining(deps: JoiningDeps): Joining {
  const { suite } = deps.pen, builtIn = [...deps.standing.values()].flatMap(({ hash, earlier }) => [hash, ...earlier]);
  const read = makeShelfReader(deps.shelf, (document, from) => look(suite, builtIn, document, from));
  const known = makeKnownContracts({ suite, builtIn, shelf: read });
  const namespaces = makeNamespaces(deps);
  const { departures, pseudonyms } = deps;
  const view = (namespace: Namespace): JoinedView => {
    const { persona, service } = namespace, owner = pseudonyms.ownerOf(persona) ?? persona;
    return viewOf(namespace, known.of(owner, service), { isLeaving: departures.has(owner, service), now: deps.pen.now(), house: deps.house });
  };
  const { shelf, shelve, unshelve, order } = makeShelfVerbs({ kept: deps.shelf, read, known, namespaces });
  const change = makeChange({ ...deps, namespaces });
  const { leave, resume } = makeLeave({ ...deps, namespaces });
  const upgrade = makeUpgrade({ ...deps, known, namespaces, change, now: deps.pen.now });
  const join = makeJoin({ ...deps, known, namespaces });
  const handOver = makeHandOver({ ...deps, namespaces }), taking = { ...deps, builtIn, known, namespaces }, takeIn = makeTakeIn(taking), bringSelf = makeBringSelf(taking);
  return {
    preview: makePreview({ known, namespaces, fetchContract: deps.fetchContract }),
    join: async ({ persona }, wish) => view(await join(persona, wish)),
    list: ({ persona }) => namespaces.all(persona).map(view),
    get: (caller, persona, service) => { const found = namespaces.of(caller.persona, persona, service); return wholeOf(found, view(found)); },
    narrow: async (caller, persona, service, wish) => view(await change(placeOf(caller, persona, service), narrow(wish))),
    pause: async (caller, persona, service, paused, until) => {
      namespaces.of(caller.persona, persona, service);
      if (until !== undefined && until <= deps.pen.now()) throw new Refusal('invalid', 'bad_until', 'This time is over already.', { field: 'until' });
      return view(await change(placeOf(caller, persona, service), pause(paused, until)));
    },
    upgrade: (caller, persona, service, { local }) => upgrade.look(placeOf(caller, persona, service), local),
    accept: async (caller, persona, service, wish) => view(await upgrade.accept(placeOf(caller, persona, service), wish)),
    shelf: ({ persona }) => shelf(persona),
    shelve: ({ persona }, service, wish) => shelve(persona, service, wish),
    unshelve,
    asKnownTo: ({ persona }, service) => {
      const had = namespaces.joined(persona, service), { contract, hash } = had?.contract ?? known.of(persona, service)[0] ?? unknown();
      return { contract, hash, joined: had !== null };
    },
    orderShelf: ({ persona }, services) => order(persona, services),
    leave: (caller, persona, service) => leave(caller.persona, persona, service),
    resume,
    lastWords: departures.lastWords,
    place: ({ persona }) => { const { device, salt } = deps.places.make(persona); return { house: deps.house, podDevice: device, recoveryKey: toBase64Url(suite.publicKey(pseudonymRecovery(suite, deps.seedOf(salt)))) }; },
    handOver: async (caller, persona, service, to) => view(await handOver(caller.persona, persona, service, to)),
    takeIn: (caller, arrival) => takeIn(caller.persona, arrival), bringSelf: (caller, brought) => bringSelf(caller.persona, brought),
    stay: async (caller, persona, service, hash) => view(await upgrade.stay(placeOf(caller, persona, service), hash)),
  };
}

const unknown = (): never => { throw serviceUnknown(); };
const placeOf = ({ persona: owner }: Somebody, persona: string, service: string): Place => ({ owner, persona, service });
