import { Refusal, type JsonObject } from '@commonhold/core';
import type { Row } from '../../store/pod/types.ts';
import type { Access } from '../access.ts';
import { itemJson } from '../reader.ts';
import type { Caller } from '../caller.ts';
import type { DataDeps } from './deps.ts';
import { comparePlaces, parseOrder, placeOf, type By, type Place } from './order.ts';
import { boundTo, type Target } from './target.ts';
import { sighted, type Sight } from './see.ts';
import { checker, FIELD, objectOf } from './shape.ts';
import { parseWhere, type Where } from './where.ts';

/** The most records of one page. */
export const PAGE = 500;
const USUAL_PAGE = 50;

interface Asked { select?: string[]; order?: string[]; first?: number; after?: string; before?: string }
interface Page { items: Placed[]; before: boolean; after: boolean }
interface Placed { place: Place; sight: Sight }

const check = checker({
  select: { type: 'array', items: FIELD, minItems: 1, maxItems: 64, uniqueItems: true }, order: { type: 'array', items: FIELD, minItems: 1, maxItems: 4, uniqueItems: true },
  first: { type: 'integer', minimum: 1, maximum: PAGE }, after: { type: 'string', minLength: 1, maxLength: 8192 }, before: { type: 'string', minLength: 1, maxLength: 8192 },
});

/**
 * A page of records as JSON text `{items: [{key, author, at, audience, version?, body}], prev, next}`. Sorting, finding and
 * paging see nothing of a record but what the caller may read of it. Refuses `not_found`, `unknown_field`, `bad_where`, `bad_cursor`.
 */
export const makeQuery = ({ open, scan, cursors }: DataDeps) => async (caller: Caller, target: Target, input: unknown): Promise<string> => {
  const { where: condition, ...rest } = objectOf(input);
  check(rest);
  const { select, order: names, first = USUAL_PAGE, after, before } = rest as Asked;
  if (after !== undefined && before !== undefined) throw new Refusal('invalid', 'before_or_after', 'Ask for what comes before or for what comes after, not both.', { field: '/before' });
  const where = parseWhere(condition);
  const order = parseOrder(names);
  const eyes = sighted(open(caller, target), target.collection, 'read');
  for (const [field, at] of where.fields) eyes.demand(field, at);
  order.forEach(({ field }, i) => eyes.demand(field, `/order/${i}`));
  select?.forEach((field, i) => eyes.demand(field, `/select/${i}`));
  const bound = boundTo('query', caller, target, ...order.map(({ field, descending }) => `${descending ? '-' : ''}${field}`));
  const from = after ?? before;
  const start = from === undefined ? null : cursors.open(bound, from, after === undefined ? '/before' : '/after') as Place;
  const gather = gatherer(order, where, { start, backwards: after === undefined && before !== undefined, first });
  await scan(eyes.access, target.collection, where.keys, (row) => { const sight = eyes.see(row); if (sight) gather.take(sight); });
  const page = gather.page();
  tellOf(eyes.access, page.items);
  const edge = (there: boolean, one: Placed | undefined): string | null => (there && one ? cursors.seal(bound, [...one.place]) : null);
  return `{"items":[${page.items.map(({ sight }) => textOf(sight, select)).join()}],"prev":${JSON.stringify(edge(page.before, page.items[0]))},"next":${JSON.stringify(edge(page.after, page.items.at(-1)))}}`;
};

// One line for all of an audience: a page of 500 is not 500 lines.
function tellOf(access: Access, items: readonly Placed[]): void {
  const audiences = new Map<string, { row: Row; n: number }>();
  for (const { sight: { row } } of items) {
    const told = audiences.get(row.audience);
    if (told) told.n++; else audiences.set(row.audience, { row, n: 1 });
  }
  for (const { row, n } of audiences.values()) access.delivered(row, 'read', n);
}

interface Range { start: Place | null; backwards: boolean; first: number }

/** Keeps the records nearest to the start of a page, few at a time, whatever comes. */
function gatherer(order: readonly By[], where: Where, { start, backwards, first }: Range): { take(sight: Sight): void; page(): Page } {
  const compare = comparePlaces(order);
  const nearest = (a: Placed, b: Placed): number => (backwards ? compare(b.place, a.place) : compare(a.place, b.place));
  const kept: Placed[] = [];
  let behind = false;
  const cut = (): void => { kept.sort(nearest); kept.length = Math.min(kept.length, first + 1); };
  return {
    take: (sight) => {
      if (!where.matches(sight)) return;
      const place = placeOf(sight, order);
      const side = start === null ? 0 : compare(place, start);
      if (start !== null && (backwards ? side >= 0 : side <= 0)) { behind = true; return; }
      kept.push({ place, sight });
      if (kept.length > 4 * (first + 1)) cut();
    },
    page: () => {
      cut();
      const more = kept.length > first;
      const items = kept.slice(0, first);
      return backwards ? { items: items.reverse(), before: more, after: behind } : { items, before: behind, after: more };
    },
  };
}

function textOf({ item, body }: Sight, select: readonly string[] | undefined): string {
  if (!select) return itemJson(item);
  const chosen: JsonObject = Object.fromEntries(Object.entries(body).filter(([name]) => select.includes(name)));
  return itemJson({ ...item, body: JSON.stringify(chosen) });
}
