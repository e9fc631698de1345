import type { Random } from '../random.ts';
import { status, type Answer, type Generator } from './ask.ts';
import { holds, inOrder, nameable, named, someWhere, valueOf, views, type View } from './data-model.ts';
import { anybody, isNotFound } from './reading.ts';
import type { Asker, World } from './world.ts';

/** Where a case goes. */
export interface Place { asker: Asker; owner: string; service: string; collection: string; path: string; keys: string[] }

/** Somebody, somewhere: mostly where there is something. */
export function somePlace(world: World, random: Random): Place {
  const asker = random.pick(world.askers);
  const owner = random.once(8) ? anybody(world, random) : random.pick(world.askers).persona ?? anybody(world, random);
  const service = random.once(16) ? random.pick(['nothing', '__proto__']) : 'notes';
  const collection = random.once(10) ? random.pick(['nothing', '__proto__', 'constructor']) : random.pick(['lines', 'lines', 'lines', 'tallies', 'box', 'guests', 'guests', 'letters']);
  const keys = [...world.notes.filter((note) => note.persona === owner && note.collection === collection).map(({ key }) => key), 'nothing'];
  return { asker, owner, service, collection, keys, path: `/pods/${owner}/${service}/${collection}` };
}

/** The fields that an asker may name there, or null: there is nothing for them. */
export const fieldsAt = (world: World, { asker, owner, service, collection }: Place, verbs: string[]): string[] | null =>
  (service === 'notes' ? nameable(world, asker, owner, collection, verbs) : null);

const seen = (world: World, { asker, owner, collection }: Place, verbs: string[]): View[] => views(world, asker, owner, collection, verbs);

interface Cursor { place: Place; order: string[]; text: string; at: View }
interface Item { key: string; author: string; audience: string; version?: string; body: object }
interface Records { items: Item[]; prev: string | null; next: string | null }

// Cursors of earlier answers, for later questions by anybody.
const cursors: Cursor[] = [];

const query: Generator = (world, random) => {
  const back = cursors.length > 0 && random.once(3) ? random.pick(cursors) : null;
  const place = back && !random.once(6) ? { ...back.place } : somePlace(world, random);
  const fields = fieldsAt(world, place, ['read']);
  const some = fields ?? ['title', '$key'];
  const order = back && !random.once(6) ? back.order : random.once(3) ? ['$at'] : [...new Set([random.pick(some), random.pick(some)])].map((name) => (random.once(2) ? `-${name}` : name));
  const select = random.once(4) ? [...new Set([random.once(6) ? 'secret' : random.pick(some.filter((name) => !name.startsWith('$')).concat('title')), 'title'])] : undefined;
  const where = random.once(5) ? undefined : someWhere(random, some, place.keys);
  const first = 1 + random.below(random.once(2) ? 4 : 40);
  const way = back && random.once(2) ? 'before' : 'after';
  const body = { ...(where && { where }), ...(select && { select }), ...(order.join() === '$at' ? {} : { order }), first, ...(back && { [way]: back.text }) };
  return { asker: place.asker, path: `${place.path}/query`, body, judge: judgeQuery(world, place, { fields, order, select, where: where ?? {}, first, back, way }) };
};

interface Asked { fields: string[] | null; order: string[]; select: string[] | undefined; where: Record<string, unknown>; first: number; back: Cursor | null; way: string }

function judgeQuery(world: World, place: Place, { fields, order, select, where, first, back, way }: Asked): (answer: Answer) => string | null {
  if (place.asker.kind === 'impostor') return status(401);
  if (fields === null) return isNotFound;
  const unknown = [...named(where), ...order.map((name) => name.replace(/^-/, '')), ...(select ?? [])].filter((name) => !fields.includes(name));
  if (unknown.length > 0) return refuses('unknown_field', unknown);
  const same = back === null || (back.order.join() === order.join() && back.place.asker.persona === place.asker.persona && back.place.path === place.path);
  if (!same) return refuses('bad_cursor');
  const compare = inOrder(order);
  const all = seen(world, place, ['read']).filter((view) => holds(view, where)).sort(compare);
  const after = all.filter((view) => !back || compare(view, back.at) > 0);
  const before = all.filter((view) => back && compare(view, back.at) < 0);
  const due = way === 'before' && back ? before.slice(-first) : after.slice(0, first);
  return (answer) => {
    const bad = status(200)(answer);
    if (bad) return bad;
    const { items, prev, next } = answer.json as Records;
    learn(items, due);
    const got = JSON.stringify(items.map(({ key, author, audience, version, body }) => [key, author, audience, version, Object.entries(body).sort()]));
    const want = JSON.stringify(due.map((view) => [view.key, view.author, view.audience, versionOf(view), Object.entries(view.body).filter(([name]) => select?.includes(name) ?? true).sort()]));
    if (got !== want) return `gives ${got} instead of ${want}`;
    const [firstOne, last] = [due[0], due.at(-1)];
    const edges = [firstOne !== undefined && all.some((view) => compare(view, firstOne) < 0), last !== undefined && all.some((view) => compare(view, last) > 0)];
    // What stands at the cursor itself, or on the other side of it, is there as well.
    if ((prev !== null) !== edges[0] || (next !== null) !== edges[1]) return `says ${prev === null ? 'nothing' : 'something'} before and ${next === null ? 'nothing' : 'something'} after, against ${edges.join()}`;
    if (cursors.length < 200 && prev) cursors.push({ place, order, text: prev, at: frozen(firstOne!) });
    if (cursors.length < 200 && next) cursors.push({ place, order, text: next, at: frozen(last!) });
    return null;
  };
}

/** What a cursor remembers of a record, whatever becomes of it. */
const frozen = (view: View): View => ({ ...view, note: { ...view.note } });

// A patch does not tell the versions that it made: the first answer with them does.
function learn(items: readonly Item[], due: readonly View[]): void {
  due.forEach(({ note, key }, i) => { if (note.version === '' && items[i]?.key === key) note.version = items[i].version ?? ''; });
}

const versionOf = ({ whole, note }: View): string | undefined => (whole ? note.version : undefined);

/** Refused with this code; the field that is named is one of these, and named the same whether it exists or not. */
export const refuses = (code: string, fields: readonly string[] = []) => (answer: Answer): string | null => {
  const got = answer.json as { code?: string; field?: string };
  if (answer.status !== 400 || got.code !== code) return `status ${answer.status} ${String(got.code)}, but ${code} was due: ${answer.text.slice(0, 200)}`;
  if (code !== 'unknown_field') return null;
  return fields.some((name) => got.field?.includes(name)) || /^(order|select|by)/.test(got.field ?? '') ? null : `names ${String(got.field)}`;
};

const count: Generator = (world, random) => {
  const place = somePlace(world, random);
  const fields = fieldsAt(world, place, ['read', 'count']);
  const some = fields ?? ['title', '$key'];
  const where = random.once(4) ? undefined : someWhere(random, some, place.keys);
  const by = random.once(2) ? (random.once(8) ? 'secret' : random.pick(some.filter((name) => name !== '$at'))) : undefined;
  const unknown = [...named(where ?? {}), ...(by === undefined ? [] : [by])].filter((name) => fields && !fields.includes(name));
  return {
    asker: place.asker, path: `${place.path}/count`, body: { ...(where && { where }), ...(by !== undefined && { by }) },
    judge: place.asker.kind === 'impostor' ? status(401) : fields === null ? isNotFound : unknown.length > 0 ? refuses('unknown_field', unknown) : (answer) => {
      const due = seen(world, place, ['read', 'count']).filter((view) => holds(view, where ?? {}));
      const groups = new Map<string, number>();
      for (const view of due) if (by !== undefined) groups.set(JSON.stringify(valueOf(view, by)), (groups.get(JSON.stringify(valueOf(view, by))) ?? 0) + 1);
      const got = answer.json as { count: number; groups?: { value: unknown; count: number }[] };
      const told = (got.groups ?? []).map(({ value, count: n }) => `${JSON.stringify(value)} ${n}`).sort().join();
      const want = [...groups].map(([value, n]) => `${value} ${n}`).sort().join();
      return status(200)(answer) ?? (got.count === due.length && told === want ? null : `counts ${answer.text} instead of ${due.length}: ${want}`);
    },
  };
};

const watch: Generator = (world, random) => {
  const place = somePlace(world, random);
  const { asker, owner, service, collection } = place;
  const collections = random.once(4) ? [...new Set([collection, 'lines'])] : [collection];
  const since = random.once(4) ? 'now' : random.once(8) ? 'nonsense' : null;
  const fields = collections.map((one) => fieldsAt(world, { ...place, collection: one }, ['watch']));
  const where = random.once(2) ? someWhere(random, fields.find((some) => some !== null) ?? ['title', '$key'], place.keys) : undefined;
  const unknown = named(where ?? {}).filter((name) => fields.some((some) => some && !some.includes(name)));
  const due = collections.flatMap((one) => views(world, asker, owner, one, ['watch'])).filter((view) => holds(view, where ?? {})).sort((a, b) => a.note.written - b.note.written);
  return {
    asker, until: 'event: ready',
    path: `/pods/${owner}/${service}/watch?collections=${collections.join()}${where ? `&where=${encodeURIComponent(JSON.stringify(where))}` : ''}${since === null ? '' : `&since=${since}`}`,
    judge: asker.kind !== 'member' ? status(401) : fields.some((some, i) => some === null && !unknownBefore(fields, unknown, i)) ? isNotFound : unknown.length > 0 ? refuses('unknown_field', unknown) : since === 'nonsense' ? refuses('bad_cursor') : (answer) => {
      const got = [...answer.text.matchAll(/event: (put|remove)\ndata: (.*)/g)].map(([, type, data]) => {
        const { key, body } = JSON.parse(data!) as Item;
        return `${type} ${key} ${JSON.stringify(Object.entries(body).sort())}`;
      }).join();
      const want = since === 'now' ? '' : due.map(({ key, body }) => `put ${key} ${JSON.stringify(Object.entries(body).sort())}`).join();
      return status(200)(answer) ?? (got === want ? null : `tells ${got} instead of ${want}`);
    },
  };
};

/** Collections are looked at in their order: what is asked wrongly of one before this is what is said. */
const unknownBefore = (fields: readonly (string[] | null)[], unknown: readonly string[], i: number): boolean =>
  fields.slice(0, i).some((some) => some !== null && unknown.some((name) => !some.includes(name)));

/** Cases for the routes of the data API that read. */
export const DATA_READING: Record<string, Generator> = {
  'POST /pods/{persona}/{service}/{collection}/query': query,
  'POST /pods/{persona}/{service}/{collection}/count': count,
  'GET /pods/{persona}/{service}/watch': watch,
};
