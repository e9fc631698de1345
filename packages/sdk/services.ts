import type { Job } from './jobs.ts';
import { path, type CallOptions, type Send } from './request.ts';

/** What is taken back of single rules, by their ids (`<collection>.allow[<index>]`); `fields` and `audiences` are what is left. */
export interface Narrowing { rules: { [rule: string]: { off?: true; fields?: string[]; audiences?: string[] } } }

/** What keeps a contract from being joined. */
export interface Block { code: string; say: string; field?: string }

/** A contract's document (spec/contract.md); core reads it. */
export type ContractDocument = Record<string, unknown>;

/** A contract as somebody looks at it. `draft`: it is only unsigned; `joined`: what they have of the same service, `wider`: this one gives somebody more. */
export interface ContractPreview {
  hash: string; version: number; contract: ContractDocument; source: 'pasted' | 'address' | 'shelf'; address: string | null; signed: boolean; draft: boolean; blocks: Block[];
  joined: { persona: string; hash: string; version: number; wider: boolean } | null;
}

/** A service that somebody joined. Times in ms. `offered`: a later version that was seen and not declined. */
export interface Joined {
  persona: string; service: string; as: 'pseudonym' | 'self'; title: string; publisher: string; purpose: string; version: number; hash: string; since: number; draft: boolean;
  state: 'active' | 'paused' | 'leaving'; narrowing: Narrowing; offered: { hash: string; version: number } | null;
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

const one = (persona: string, service: string, ...more: string[]): string => path('me', 'services', persona, service, ...more);

/** Services that are not built in. */
export const services = (send: Send) => ({
  /** Looks at a contract, pasted or at an address. 400 with the place of what cannot be read; 503 `page_unreachable`. */
  preview: (of: { contract: ContractDocument } | { address: string }) => send<ContractPreview>('/services/preview', { method: 'POST', body: of }),
  /** Joins by a contract that was looked at. 404 `contract_unknown`; 409 `contract_blocked`, `already_joined`; 400 `bad_narrowing`. */
  join: (wish: { hash: string; as?: 'pseudonym' | 'self'; narrowing?: Narrowing; draft?: true }) => send<Joined>('/me/services', { method: 'POST', body: wish }),
  /** What one has joined, the oldest first. */
  mine: (options?: CallOptions) => send<{ services: Joined[] }>('/me/services', options),
  /** 404 `service_unknown`. */
  get: (persona: string, service: string, options?: CallOptions) => send<JoinedWhole>(one(persona, service), options),
  /** Takes back what is named, and gives back what is not. 400 `bad_narrowing` with the place. */
  narrow: (persona: string, service: string, narrowing: Narrowing) => send<Joined>(one(persona, service, 'narrowing'), { method: 'PUT', body: narrowing }),
  /** Denies everybody but oneself, until `resume`. */
  pause: (persona: string, service: string) => send<Joined>(one(persona, service, 'pause'), { method: 'POST' }),
  resume: (persona: string, service: string) => send<Joined>(one(persona, service, 'resume'), { method: 'POST' }),
  /** Leaves: everything of it goes from the disk. A job of kind `leave`; take an export first, if one is wanted. */
  leave: (persona: string, service: string) => send<{ job: Job }>(one(persona, service), { method: 'DELETE' }),
  /** The key log of a pseudonym that has ended. 404 for any other. */
  ended: (persona: string, options?: CallOptions) => send<{ statements: JoinedWhole['keyLog'] }>(path('ended', persona), options),
  /** A later version, where there is one. */
  upgrade: (persona: string, service: string, options?: CallOptions) => send<Upgrade>(one(persona, service, 'upgrade'), options),
  /** Accepts it; `earlier`: what it gives more holds for what is there, too. 409 `contract_blocked`, `not_later`, `not_add_only`. */
  accept: (persona: string, service: string, wish: { hash: string; earlier: boolean }) => send<Joined>(one(persona, service, 'upgrade'), { method: 'POST', body: wish }),
  /** Stays with what is in force; that version is offered no more. */
  stay: (persona: string, service: string, hash: string) => send<Joined>(one(persona, service, 'stay'), { method: 'POST', body: { hash } }),
});
