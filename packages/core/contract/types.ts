import type { Json, JsonObject } from '../bytes/json.ts';
import type { Audience } from './audience.ts';

/** What a caller may do with the records of a collection. */
export type Verb = 'read' | 'add' | 'change' | 'remove' | 'watch' | 'count' | 'search';

/** Every verb, in the order in which specifications list them. */
export const VERBS: readonly Verb[] = ['read', 'add', 'change', 'remove', 'watch', 'count', 'search'];

/** How a collection keeps its records: spec/contract.md, "Kinds". */
export type Kind = 'single' | 'list' | 'links' | 'cache' | 'local';

/** Whom a rule speaks of. */
export type Who =
  | 'owner' | 'service' | 'member' | 'signed-in' | 'anyone'
  | { readonly linked: readonly string[]; readonly mutual?: boolean }
  | { readonly house: 'mine' };

/** One line of a collection's `allow`. */
export interface Rule {
  readonly who: Who;
  readonly may: readonly Verb[];
  readonly fields?: readonly string[];
  readonly rows?: 'own';
  readonly because?: string;
}

/** What a contract says of one collection. */
export interface Collection {
  readonly kind: Kind;
  readonly item: string;
  readonly of?: string;
  readonly label?: { readonly one: string; readonly many: string };
  readonly cluster?: string;
  readonly audiences?: readonly Audience[];
  readonly defaultAudience?: Audience;
  readonly limits?: { readonly count?: number; readonly itemBytes?: number };
  readonly retention?: string;
  readonly index?: readonly string[];
  readonly counts?: readonly string[];
  readonly allow: readonly Rule[];
}

/** Who publishes the service; `key` (base64url Ed25519) is null for the services built into a house. */
export interface ServiceCard {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly publisher: string;
  readonly key: string | null;
  readonly website?: string;
  readonly support?: string;
  readonly endpoint?: string;
  readonly origins?: readonly string[];
}

/** A whole contract, as parseContract vouches for it (spec/contract.md). Deeply frozen. */
export interface Contract {
  readonly commonhold: 'contract/1';
  readonly service: ServiceCard;
  readonly version: number;
  readonly purpose: string;
  readonly bundles?: { readonly [name: string]: readonly string[] };
  readonly collections: { readonly [name: string]: Collection };
  readonly data: { readonly $schema: string; readonly $defs: { readonly [name: string]: JsonObject } };
  readonly signature?: { readonly key: string; readonly at: string; readonly sig: string };
}

/** A contract seen as plain JSON, for hashing. */
export const asJson = (contract: Contract): { [name: string]: Json } => contract as unknown as { [name: string]: Json };
