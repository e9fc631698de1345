import { isObject, type JsonObject } from '../bytes/json.ts';
import { stop } from './place.ts';

/** Relations of the people service, which every contract may name. */
const OF_PEOPLE = ['follow', 'follower', 'close'];
/** Relations with a power of their own: no stranger's write may make them. */
const POWERFUL = ['follow', 'close', 'block', 'mute'];

/**
 * Checks relations across collections: a rule names only relations that some record can make, and where others may add
 * or change links, none of those links opens anything.
 */
export function checkRelations(collections: JsonObject, defs: JsonObject): void {
  const named = new Map<string, string>();
  for (const rule of rulesOf(collections)) for (const relation of rule.linked) named.set(relation, rule.at);
  const made = new Set(OF_PEOPLE);
  for (const [name, collection] of Object.entries(collections) as [string, JsonObject][]) {
    if (collection['kind'] !== 'links') continue;
    const relations = relationsOf(defs[collection['item'] as string] as JsonObject);
    for (const relation of relations) made.add(relation);
    const open = relations.find((relation) => named.has(relation) || POWERFUL.includes(relation));
    const stranger = rulesOf({ [name]: collection }).find((rule) => rule.strangerWrites);
    if (open !== undefined && stranger !== undefined) stop('strangers_make_links', stranger.at, `Others could make the relation ${open}, which opens something.`);
  }
  for (const [relation, at] of named) if (!made.has(relation)) stop('unknown_relation', `${at}/who/linked`, `Nothing makes the relation ${relation}.`);
}

interface RuleSeen { readonly at: string; readonly linked: readonly string[]; readonly strangerWrites: boolean }

function rulesOf(collections: JsonObject): RuleSeen[] {
  return Object.entries(collections).flatMap(([name, collection]) =>
    ((collection as JsonObject)['allow'] as JsonObject[]).map((rule, i) => {
      const who = rule['who'];
      const may = rule['may'] as string[];
      return {
        at: `/collections/${name}/allow/${i}`,
        linked: isObject(who) && 'linked' in who ? (who['linked'] as string[]) : [],
        strangerWrites: who !== 'owner' && (may.includes('add') || may.includes('change')),
      };
    }));
}

function relationsOf(item: JsonObject): string[] {
  const relation = (item['properties'] as JsonObject)['relation'] as JsonObject;
  return 'const' in relation ? [relation['const'] as string] : (relation['enum'] as string[]);
}
