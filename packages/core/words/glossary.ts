import type { Audience, Kind, Verb } from '../contract/types.ts';
import type { ChangeKind, Direction } from '../contract/changes.ts';

/** Languages that have a glossary. */
export type Locale = 'en' | 'de';

/** The parties of rules, as a glossary names them; `mutual` = linked, and countersigned by the other side. */
export type Party = 'owner' | 'service' | 'member' | 'signed-in' | 'anyone' | 'house' | 'linked' | 'mutual';

/** What a sentence about a collection is made of. Names come from the contract; the words around them never do. */
export interface CollectionParts {
  readonly name: string;
  readonly kind: Kind;
  /** Its contract is one that houses are built with, so its names are ours. */
  readonly trusted: boolean;
  /** `<service>.<collection>` of such a contract, else null: a language may have names of its own for it. */
  readonly place: string | null;
  /** The service's own names for one and for many, when it gives them. */
  readonly label: { readonly one: string; readonly many: string } | null;
  readonly cluster: string | null;
  readonly fields: readonly string[];
  /** Those of them that hold pictures or other files. */
  readonly files: readonly string[];
  readonly audiences: readonly Audience[];
  readonly defaultAudience: Audience;
  readonly count: number;
  readonly itemBytes: number;
  readonly counts: readonly string[];
  readonly retention: { readonly count: number; readonly unit: string } | null;
}

/** What the sentence of a rule is made of. `service`: its name as the glossary sets it. */
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

/** Why a rule or a collection deserves to be shown above all else. */
export type RedLine = 'service' | 'service-writes' | 'member' | 'non-members' | 'strangers-write' | 'public-by-default' | 'your-people';

/** Circles of readers, from the smallest to the largest. */
export type Circle = 'only-me' | 'makers' | 'linked' | 'house' | 'members' | 'signed-in' | 'everyone';

/** The four questions of every card. */
export interface Questions { readonly keeps: string; readonly readers: string; readonly does: string; readonly leaving: string }

/** What the sentence of a change that is none of a rule is made of; one side of it. */
export interface ChangeParts {
  readonly kind: Exclude<ChangeKind, 'rule'>;
  /** What the contract says there: a text, texts, or null where it says nothing. */
  readonly said: string | readonly string[] | null;
  /** Of a field or a bundle: its name. */
  readonly name: string | null;
  readonly service: string;
  readonly collection: CollectionParts | null;
}

/** How many changes there are of each kind, and how many rules stay as they are. */
export type Tally = { readonly [direction in Direction | 'same']: number };

/** One language. Whole sentences are made here, so that another language may order its words in its own way. */
export interface Glossary {
  readonly questions: Questions;
  /** How a service's title is set in a sentence. */
  readonly service: (title: string, trusted: boolean) => string;
  readonly keeps: (collection: CollectionParts) => string | null;
  readonly audiences: (collection: CollectionParts) => string | null;
  /** Null when some part of the rule has no words. */
  readonly rule: (rule: RuleParts) => string | null;
  readonly nothing: (service: string) => string;
  readonly leaving: (service: string, builtIn: boolean) => readonly string[];
  readonly redLine: (line: RedLine, service: string, collections: readonly CollectionParts[]) => string | null;
  readonly circle: (circle: Circle) => string;
  /** What a circle reads, by the rules that speak of it; of `only-me`, the collections that nobody else reads. */
  readonly reads: (rules: readonly RuleParts[], alone: readonly CollectionParts[]) => string;
  readonly change: (change: ChangeParts) => string | null;
  readonly tally: (tally: Tally) => string;
}

/** One line of an access log, as far as words are made of it. `label`: the contract's own names for one and for many, if it has any. */
export interface Access {
  readonly service: string; readonly collection: string; readonly verb: string;
  readonly who: 'person' | 'app' | 'service' | 'anyone' | 'housemates' | 'others' | 'house';
  readonly audience: string | null; readonly refused: boolean; readonly rule: string | null; readonly n: number;
  readonly label?: { readonly one: string; readonly many: string } | null;
  /** What the service says it is for, in its contract. */
  readonly because?: string | null;
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
