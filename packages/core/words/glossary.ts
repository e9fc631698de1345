import type { Audience, Kind, Verb } from '../contract/types.ts';

/** Languages that have a glossary: cards are English as yet, the access log has both. */
export type Locale = 'en' | 'de';

/** The parties of rules, as a glossary names them; `mutual` = linked, and countersigned by the other side. */
export type Party = 'owner' | 'service' | 'member' | 'signed-in' | 'anyone' | 'house' | 'linked' | 'mutual';

/** What a sentence about a collection is made of. Names come from the contract; the words around them never do. */
export interface CollectionParts {
  readonly name: string;
  readonly kind: Kind;
  /** The service's own names for one and for many, when it gives them. */
  readonly label: { readonly one: string; readonly many: string } | null;
  readonly fields: readonly string[];
  /** Those of them that hold pictures or other files. */
  readonly files: readonly string[];
  readonly audiences: readonly Audience[];
  readonly defaultAudience: Audience;
  readonly count: number;
  readonly retention: { readonly count: number; readonly unit: string } | null;
}

/** What the sentence of a rule is made of. */
export interface RuleParts {
  readonly party: Party;
  readonly relations: readonly string[];
  readonly may: readonly Verb[];
  /** The columns it is narrowed to, or null. */
  readonly fields: readonly string[] | null;
  readonly own: boolean;
  /** The service's stated reason, or null. */
  readonly because: string | null;
  readonly service: string;
  readonly collection: CollectionParts;
}

/** Why a rule or a collection deserves to be shown in red. */
export type RedLine = 'service' | 'member' | 'strangers-write' | 'public-by-default';

/** The four questions of every card. */
export interface Questions { readonly keeps: string; readonly readers: string; readonly does: string; readonly leaving: string }

/** One language. Whole sentences are made here, so that another language may order its words in its own way. */
export interface Glossary {
  readonly questions: Questions;
  readonly keeps: (collection: CollectionParts) => string | null;
  readonly audiences: (collection: CollectionParts) => string | null;
  /** Null when some part of the rule has no words. */
  readonly rule: (rule: RuleParts) => string | null;
  readonly nothing: (service: string) => string;
  readonly leaving: (service: string, builtIn: boolean) => readonly string[];
  readonly redLine: (line: RedLine, service: string, collection: CollectionParts) => string | null;
}

/** One line of an access log, as far as words are made of it. `label`: the contract's own names for one and for many, if it has any. */
export interface Access {
  readonly service: string; readonly collection: string; readonly verb: string;
  readonly who: 'person' | 'app' | 'anyone' | 'housemates' | 'others' | 'house';
  readonly audience: string | null; readonly refused: boolean; readonly rule: string | null; readonly n: number;
  readonly label?: { readonly one: string; readonly many: string } | null;
}

/**
 * A line in words. `what`: the part of a sentence that follows a name, "read 3 of your posts"; of what was refused, what they
 * tried: "read your posts". `why`: on which rule, or why not, as a sentence.
 */
export interface AccessWords { readonly what: string; readonly why: string }

/** One language of the access log. */
export interface AccessGlossary {
  readonly things: (of: Pick<Access, 'service' | 'collection' | 'label'>) => { one: string; many: string };
  readonly what: (access: Access) => string;
  readonly why: (access: Access) => string;
}
