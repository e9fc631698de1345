import { Refusal, type JsonObject } from '@commonhold/core';
import type { Row } from '../../store/pod/types.ts';
import type { Access } from '../access.ts';
import { itemJson } from '../reader.ts';
import type { Caller } from '../caller.ts';
import type { DataDeps } from './deps.ts';
import { gatherer, pageOf, type Gatherer, type Page, type Placed, type Wish } from './gather.ts';
import { parseOrder, type By, type Place } from './order.ts';
import { reachAll, type Look, type Origin, type Reach, type Reached } from './reach.ts';
import { boundTo, type Target } from './target.ts';
import { sighted, type Sight } from './see.ts';
import { checker, FIELD, objectOf } from './shape.ts';
import { parseWhere } from './where.ts';

/** The most records of one page. */
export const PAGE = 500;
const USUAL_PAGE = 50;

interface Asked { select?: string[]; order?: string[]; first?: number; after?: string; before?: string; reach?: Reach }

const check = checker({
  select: { type: 'array', items: FIELD, minItems: 1, maxItems: 64, uniqueItems: true }, order: { type: 'array', items: FIELD, minItems: 1, maxItems: 4, uniqueItems: true },
  first: { type: 'integer', minimum: 1, maximum: PAGE }, after: { type: 'string', minLength: 1, maxLength: 8192 }, before: { type: 'string', minLength: 1, maxLength: 8192 },
  reach: {
    type: 'object', additionalProperties: false, required: ['linked'],
    properties: { linked: { type: 'array', items: FIELD, minItems: 1, maxItems: 16, uniqueItems: true }, deadlineMs: { type: 'integer', minimum: 1, maximum: 10_000 } },
  },
});

/**
 * A page of records as JSON text `{items: [{key, author, at, audience, version?, body, cursor, origin, proof}], prev, next, origins?}`.
 * Sorting, finding and paging see nothing of a record but what the caller may read of it. With `reach` also those of the pods of
 * one's links, and `origins` says what came of each. Refuses `not_found`, `unknown_field`, `bad_where`, `bad_cursor`, `reach_not_yours`.
 */
export const makeQuery = (deps: DataDeps) => async (caller: Caller, target: Target, input: unknown): Promise<string> => {
  const { where: condition, ...rest } = objectOf(input);
  check(rest);
  const { select, order: names, first = USUAL_PAGE, after, before, reach } = rest as Asked;
  if (after !== undefined && before !== undefined) throw new Refusal('invalid', 'before_or_after', 'Ask for what comes before or for what comes after, not both.', { field: '/before' });
  const where = parseWhere(condition);
  const order = parseOrder(names);
  const look = lookerFor(deps, { where, order, select });
  const bound = boundTo('query', caller, target, ...order.map(({ field, descending }) => `${descending ? '-' : ''}${field}`), ...(reach ? [JSON.stringify([...reach.linked].sort())] : []));
  const from = after ?? before;
  const start = (): Place | null => (from === undefined ? null : deps.cursors.open(bound, from, after === undefined ? '/before' : '/after') as Place);
  const wish = (): Wish => ({ where, order, start: start(), backwards: after === undefined && before !== undefined, first });
  const seal = (place: Place): string => deps.cursors.seal(bound, [...place]);
  if (reach) {
    const wished = wish();
    return reachedText(await reachAll(deps, caller, target, { reach, wish: wished, look }), wished, { select, seal });
  }
  const gathered: Gatherer[] = [];
  await look(caller, target, (access) => { gathered.push(gatherer(access, wish())); return gathered[0]!; });
  return pageText(pageOf(gathered, wish()), { select, seal });
};

interface Question { where: Wish['where']; order: readonly By[]; select: readonly string[] | undefined }

/** How one pod is looked into; refuses before anything is read what the caller may not ask there. */
const lookerFor = ({ open, scan }: DataDeps, { where, order, select }: Question): Look => async (caller, target, takerFor) => {
  const eyes = sighted(open(caller, target), target.collection, 'read');
  for (const [field, at] of where.fields) eyes.demand(field, at);
  order.forEach(({ field }, i) => eyes.demand(field, `/order/${i}`));
  select?.forEach((field, i) => eyes.demand(field, `/select/${i}`));
  const taker = takerFor(eyes.access);
  await scan(eyes.access, target.collection, where.keys, (row) => { const sight = eyes.see(row); if (sight) taker.take(sight); });
};

interface Telling { select: readonly string[] | undefined; seal(place: Place): string }

function pageText(page: Page, telling: Telling, origins?: readonly Origin[]): string {
  tellOf(page.items);
  const edge = (there: boolean, one: Placed | undefined): string | null => (there && one ? telling.seal(one.place) : null);
  return `{"items":[${page.items.map((one) => textOf(one, telling)).join()}],"prev":${JSON.stringify(edge(page.before, page.items[0]))},`
    + `"next":${JSON.stringify(edge(page.after, page.items.at(-1)))}${origins ? `,"origins":${JSON.stringify(origins)}` : ''}}`;
}

function reachedText(reached: readonly Reached[], wish: Wish, telling: Telling): string {
  const page = pageOf(reached.flatMap(({ gathered }) => gathered ?? []), wish);
  const counts = new Map<string, number>();
  for (const { access: { home: { state: { persona } } } } of page.items) counts.set(persona, (counts.get(persona) ?? 0) + 1);
  return pageText(page, telling, reached.map(({ persona, problem }) => (problem === null ? { persona, ok: true, count: counts.get(persona) ?? 0 } : { persona, ok: false, problem })));
}

// One line for all of an audience: a page of 500 is not 500 lines.
function tellOf(items: readonly Placed[]): void {
  const lots = new Map<Access, Map<string, { row: Row; n: number }>>();
  for (const { access, sight: { row } } of items) {
    const audiences = lots.get(access) ?? new Map<string, { row: Row; n: number }>();
    lots.set(access, audiences);
    const told = audiences.get(row.audience);
    if (told) told.n++; else audiences.set(row.audience, { row, n: 1 });
  }
  for (const [access, audiences] of lots) for (const { row, n } of audiences.values()) access.delivered(row, 'read', n);
}

/** A record as it goes out: what this house says of it (`home`), with the place to go on from. */
function textOf({ sight, place }: Placed, { select, seal }: Telling): string {
  return `${recordText(sight, select).slice(0, -1)},"cursor":"${seal(place)}","origin":"${sight.item.persona}","proof":"home"}`;
}

function recordText({ item, body }: Sight, select: readonly string[] | undefined): string {
  if (!select) return itemJson(item);
  const chosen: JsonObject = Object.fromEntries(Object.entries(body).filter(([name]) => select.includes(name)));
  return itemJson({ ...item, body: JSON.stringify(chosen) });
}
