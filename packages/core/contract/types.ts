import type { Json, JsonObject } from '../bytes/json.ts';

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

/** Who one record is for. `house` is stored as `house:<persona id of the house>`; contracts and APIs say `house`. */
export type Audience = 'only-me' | 'close' | 'linked' | 'house' | 'members' | 'followers' | 'everyone';

/** What is known of a caller, gathered before the decision. */
export interface Facts {
  /** The proved persona, or null. */
  readonly persona: string | null;
  /** The persona that owns the pod's namespace asks. */
  readonly owner: boolean;
  /** Proved by the service's key. */
  readonly service: boolean;
  /** Shown a `joined` statement for this service. */
  readonly member: boolean;
  /** At home in the owner's house. */
  readonly house: boolean;
  /** Relations that the owner's pod holds towards the caller, such as close, follow, follower. */
  readonly relations: readonly string[];
  /** Those of them that the other side countersigned. */
  readonly mutual: readonly string[];
  /** The owner blocked the caller. */
  readonly blocked: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One way in which the caller may: these fields (null = all) of these rows in these audiences, by this rule. */
export interface Alternative {
  readonly fields: readonly string[] | null;
  readonly rows: 'all' | 'own';
  readonly audiences: readonly Audience[];
  /** `<collection>.allow[<index>]`, or `owner`. */
  readonly rule: string;
}

/** Why not; for the owner's log only. */
export type DenyReason = 'blocked' | 'paused' | 'unknown_collection' | 'no_rule' | 'narrowed' | 'no_audience';

/** What the firewall may hand out. */
export type Decision = { readonly allow: readonly Alternative[] } | { readonly deny: DenyReason };
