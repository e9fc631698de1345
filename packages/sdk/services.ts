import type { Job } from './jobs.ts';
import { path, type CallOptions, type Send } from './request.ts';

/** What is taken back of single rules, by their ids (`<collection>.allow[<index>]`); `fields` and `audiences` are what is left. */
export interface Narrowing { rules: { [rule: string]: { off?: true; fields?: string[]; audiences?: string[] } } }

/** What keeps a contract from being joined. */
export interface Block { code: string; say: string; field?: string }

/** What a contract declares and is not done here; `at`: the place in the document. */
export interface Unhonoured { code: string; at: string; message: string; blocks: boolean }

/** A contract's document (spec/contract.md); core reads it. */
export type ContractDocument = Record<string, unknown>;

/** A contract as somebody looks at it. `draft`: it is only unsigned; `joined`: what they have of the same service, `wider`: this one gives somebody more. */
export interface ContractPreview {
  hash: string; version: number; contract: ContractDocument; source: 'pasted' | 'address' | 'shelf'; form: 'commonhold' | 'byoda'; address: string | null; signed: boolean; draft: boolean; blocks: Block[];
  unhonoured: Unhonoured[];
  joined: { persona: string; hash: string; version: number; wider: boolean } | null;
}

/** A service that somebody joined. Times in ms. `offered`: a later version that was seen and not declined. */
export interface Joined {
  persona: string; service: string; as: 'pseudonym' | 'self'; title: string; publisher: string; purpose: string; version: number; hash: string; since: number; draft: boolean;
  /** `moved`: handed over to another house, and only read here. */
  state: 'active' | 'paused' | 'leaving' | 'moved'; pausedUntil: number | null; narrowing: Narrowing; offered: { hash: string; version: number } | null;
}

/** All of it; `statement`: that it was joined, signed; `keyLog`: what it is checked by. */
export interface JoinedWhole extends Joined {
  contract: ContractDocument; statement: { statement: Record<string, unknown>; signatures: string[] }; keyLog: { statement: Record<string, unknown>; signatures: string[] }[];
  address: string | null; history: { hash: string; version: number; since: number; earlier: boolean }[];
}

/** One version of a contract. */
export interface ContractVersion { hash: string; version: number; contract: ContractDocument }

/** What binds a service now, and a later version, where one is known; `wider`: it gives somebody more; `stay`: it was declined. */
export interface Upgrade { from: ContractVersion; to: (ContractVersion & { wider: boolean; blocks: Block[]; source: 'pasted' | 'address' | 'shelf' }) | null; stay: boolean }

/** A place in a house for a name that lives in another: what that other house is told. Base64url, but the house's persona id. */
export interface HandOver { house: string; podDevice: string; recoveryKey: string }

/** A service that the stewards recommend, as they looked at it; `joined`: by oneself. */
export interface Shelved extends ContractVersion { service: string; title: string; publisher: string; purpose: string; note: string | null; since: number; joined: { persona: string } | null }

const one = (persona: string, service: string, ...more: string[]): string => path('me', 'services', persona, service, ...more);

/** Services that are not built in. */
export const services = (send: Send) => ({
  /** Looks at a contract: pasted, at an address, or one by its hash that was looked at lately or is recommended. 400 with the place of what cannot be read; 503 `page_unreachable`. */
  preview: (of: { contract: ContractDocument } | { address: string } | { hash: string }) => send<ContractPreview>('/services/preview', { method: 'POST', body: of }),
  /** Joins by a contract that was looked at. 404 `contract_unknown`; 409 `contract_blocked`, `already_joined`; 400 `bad_narrowing`. */
  join: (wish: { hash: string; as?: 'pseudonym' | 'self'; narrowing?: Narrowing; draft?: true }) => send<Joined>('/me/services', { method: 'POST', body: wish }),
  /** What one has joined, the oldest first. */
  mine: (options?: CallOptions) => send<{ services: Joined[] }>('/me/services', options),
  /** 404 `service_unknown`. */
  get: (persona: string, service: string, options?: CallOptions) => send<JoinedWhole>(one(persona, service), options),
  /** Takes back what is named, and gives back what is not. 400 `bad_narrowing` with the place. */
  narrow: (persona: string, service: string, narrowing: Narrowing) => send<Joined>(one(persona, service, 'narrowing'), { method: 'PUT', body: narrowing }),
  /** Denies everybody but oneself, until a time (ms) or `resume`. 400 `bad_until`. */
  pause: (persona: string, service: string, until?: number) => send<Joined>(one(persona, service, 'pause'), { method: 'POST', body: until === undefined ? {} : { until } }),
  resume: (persona: string, service: string) => send<Joined>(one(persona, service, 'resume'), { method: 'POST' }),
  /** Leaves: everything of it goes from the disk. A job of kind `leave`; take an export first, if one is wanted. */
  leave: (persona: string, service: string) => send<{ job: Job }>(one(persona, service), { method: 'DELETE' }),
  /** Everything that one service keeps with you, as one file: an address to take it from. */
  exportUrl: (persona: string, service: string): string => one(persona, service, 'export'),
  /** A place here for a name of one's own that lives in another house; one for each name. */
  place: () => send<HandOver>('/me/services/places', { method: 'POST', body: {} }),
  /** Hands the name that one has with a service over to such a place in another house; its export goes there afterwards (`imports.pseudonym`). 409 `joined_as_self`; 400 `bad_place`. */
  handOver: (persona: string, service: string, to: HandOver) => send<Joined>(one(persona, service, 'hand-over'), { method: 'POST', body: to }),
  /** What the stewards recommend, in their order. */
  shelf: (options?: CallOptions) => send<{ services: Shelved[] }>('/house/services', options),
  /** Recommends a contract that was looked at, or a later version; for stewards. 404 `contract_unknown`; 409 `contract_blocked`, `other_service`. */
  shelve: (service: string, wish: { hash: string; note?: string }) => send<Shelved>(path('house', 'services', service), { method: 'PUT', body: wish }),
  /** Recommends it no more; for stewards. */
  unshelve: (service: string) => send<void>(path('house', 'services', service), { method: 'DELETE' }),
  /** Puts what is recommended in an order; what is not named comes after. For stewards. */
  orderShelf: (order: readonly string[]) => send<{ services: Shelved[] }>('/house/services', { method: 'PUT', body: { order } }),
  /** The key log of a pseudonym that has ended. 404 for any other. */
  ended: (persona: string, options?: CallOptions) => send<{ statements: JoinedWhole['keyLog'] }>(path('ended', persona), options),
  /** A later version, where there is one. */
  upgrade: (persona: string, service: string, options?: CallOptions) => send<Upgrade>(one(persona, service, 'upgrade'), options),
  /** Accepts it; `earlier`: what it gives more holds for what is there, too. 409 `contract_blocked`, `not_later`, `not_add_only`. */
  accept: (persona: string, service: string, wish: { hash: string; earlier: boolean }) => send<Joined>(one(persona, service, 'upgrade'), { method: 'POST', body: wish }),
  /** Stays with what is in force; that version is offered no more. */
  stay: (persona: string, service: string, hash: string) => send<Joined>(one(persona, service, 'stay'), { method: 'POST', body: { hash } }),
});
