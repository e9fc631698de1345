import { isObject, type Json } from '../bytes/json.ts';
import { CONTRACT_LIMITS as MAX } from './names.ts';
import { closed, identifier, oneOf, step, stop, texts, words } from './place.ts';
import { VERBS, type Audience, type Kind, type Verb } from './types.ts';

/** What a rule is checked against: its collection. */
export interface RuleAround {
  readonly kind: Kind;
  readonly audiences: readonly Audience[];
  readonly fields: ReadonlySet<string>;
  readonly hasService: boolean;
}

const PARTIES = ['owner', 'service', 'member', 'signed-in', 'anyone'] as const;
const WRITES: readonly Verb[] = ['add', 'change', 'remove'];
/** Relations that stay only-me: a rule for them would tell the other side. */
const SECRET = ['block', 'mute'];

/** Checks one line of `allow`; stops at the first thing that could not be enforced or could never apply. */
export function checkRule(value: Json, at: string, around: RuleAround): void {
  const rule = closed(value, at, ['who', 'may'], ['fields', 'rows', 'because']);
  const who = checkWho(rule['who'], `${at}/who`);
  const may = texts(rule['may'], `${at}/may`, VERBS.length).map((verb, i) => oneOf(verb, step(`${at}/may`, i), VERBS, 'unknown_verb'));
  const own = 'rows' in rule;
  if (own) oneOf(rule['rows'], `${at}/rows`, ['own'], 'unknown_rows');
  if ('because' in rule) words(rule['because'], `${at}/because`, MAX.sentence);
  if ('fields' in rule) checkFields(rule['fields'], `${at}/fields`, may, around.fields);
  if (own && may.includes('add')) stop('rows_on_add', `${at}/rows`, 'What somebody adds is always their own.');
  checkParty(who, may, own, at);
  if (who !== 'owner') checkOthers(who, may, own, at, around);
}

function checkWho(value: Json | undefined, at: string): string {
  if (typeof value === 'string') return oneOf(value, at, PARTIES, 'unknown_who');
  if (!isObject(value)) return stop('unknown_who', at, 'A party, linked or house.');
  for (const reserved of ['hops', 'group', 'groups']) if (reserved in value) stop('reserved', step(at, reserved), 'Reserved for a later version.');
  if ('house' in value) {
    closed(value, at, ['house']);
    oneOf(value['house'], `${at}/house`, ['mine'], 'unknown_who');
    return 'house';
  }
  const linked = closed(value, at, ['linked'], ['mutual']);
  for (const [i, relation] of texts(linked['linked'], `${at}/linked`, MAX.names).entries()) {
    identifier(relation, step(`${at}/linked`, i));
    if (SECRET.includes(relation)) stop('secret_relation', step(`${at}/linked`, i), 'Blocking and muting are nobody else’s to know.');
  }
  if ('mutual' in linked && typeof linked['mutual'] !== 'boolean') stop('wrong_type', `${at}/mutual`, 'True or false.');
  return 'linked';
}

function checkFields(value: Json | undefined, at: string, may: readonly Verb[], fields: ReadonlySet<string>): void {
  if (may.some((verb) => WRITES.includes(verb))) stop('fields_on_write', at, 'Fields narrow reading, never writing: say it in two rules.');
  for (const [i, name] of texts(value, at, fields.size).entries()) {
    if (!fields.has(name)) stop('unknown_field', step(at, i), 'No field of the item.');
  }
}

function checkParty(who: string, may: readonly Verb[], own: boolean, at: string): void {
  if (who === 'anyone') {
    const write = may.findIndex((verb) => WRITES.includes(verb));
    if (write >= 0) stop('write_without_proof', step(`${at}/may`, write), 'Whoever writes is proved.');
  }
  if (own && who === 'anyone') stop('rows_of_nobody', `${at}/rows`, 'Whoever proves nothing is the author of nothing.');
}

function checkOthers(who: string, may: readonly Verb[], own: boolean, at: string, around: RuleAround): void {
  if (who === 'service' && !around.hasService) stop('no_service_caller', `${at}/who`, 'A service without a key calls nobody.');
  if (around.kind === 'cache' || around.kind === 'local') stop('served_to_others', `${at}/who`, `A ${around.kind} collection is the owner’s alone.`);
  if (own || may.every((verb) => verb === 'add')) return;
  const reach = who === 'service' ? around.audiences.filter((name) => name === 'members' || name === 'everyone')
    : around.audiences.filter((name) => name !== 'only-me');
  if (reach.length === 0) stop('never_applies', at, 'No audience of this collection reaches them.');
}
