import type { Random } from '../random.ts';
import { status, type Answer, type Generator } from './ask.ts';
import { holds, isNote, named, noteKey, someNote, someWhere, views } from './data-model.ts';
import { fieldsAt, somePlace, type Place } from './data-reading.ts';
import { isNotFound } from './reading.ts';
import type { ModelNote, World } from './world.ts';

let clock = 1_000_000;

/** What the owner may do in each collection, read off the contract by hand; nobody else writes by this way. */
const MAY: Record<string, string[]> = { lines: ['add', 'change', 'remove'], tallies: ['add', 'change', 'remove'], box: ['add', 'remove'] };
const AUDIENCES: Record<string, string[]> = { lines: ['only-me', 'close', 'house', 'everyone'], tallies: ['house'], box: ['house'] };

/** A place for a write: mostly one's own. */
function ownPlace(world: World, random: Random): Place {
  const place = somePlace(world, random);
  if (random.once(4) || place.asker.persona === null) return place;
  const owner = place.asker.persona;
  return {
    ...place, owner, path: `/pods/${owner}/${place.service}/${place.collection}`,
    keys: [...world.notes.filter((note) => note.persona === owner && note.collection === place.collection).map(({ key }) => key), 'nothing'],
  };
}

const mayWrite = ({ asker, owner, service, collection }: Place, ...verbs: string[]): boolean =>
  asker.persona === owner && service === 'notes' && Object.hasOwn(MAY, collection) && verbs.some((verb) => MAY[collection]!.includes(verb));

const noteAt = (world: World, { owner, collection }: Place, key: string): ModelNote | undefined =>
  world.notes.find((note) => note.persona === owner && note.collection === collection && note.key === key);

interface Wanted { key?: string; body: Record<string, unknown>; audience?: string; ifVersion?: string | null }

function someItem(world: World, random: Random, place: Place): Wanted {
  const { body, audience } = someNote(random, Object.hasOwn(AUDIENCES, place.collection) ? place.collection : 'lines');
  const broken = random.once(10) ? random.pick<Record<string, unknown>>([{ title: 1 }, { nosuch: true }, { tags: 'a' }]) : {};
  const key = random.pick([undefined, noteKey(random), random.pick(place.keys)]);
  const there = key === undefined ? undefined : noteAt(world, place, key);
  const version = random.once(3) ? random.pick([there?.version ?? null, there?.version ?? null, null, 'A'.repeat(43)]) : undefined;
  return {
    body: { ...body, ...broken }, ...(key !== undefined && { key }), ...(random.once(2) && { audience: random.once(12) ? 'linked' : audience }), ...(version !== undefined && { ifVersion: version }),
  };
}

/** Every status with which one record could be refused. */
function wrongs(world: World, place: Place, { key, body, audience, ifVersion }: Wanted): number[] {
  const there = key === undefined ? undefined : noteAt(world, place, key);
  const found: number[] = [];
  if (ifVersion !== undefined && (ifVersion !== (there?.version ?? null) || ifVersion === '')) found.push(409);
  if (there && isSame(there, body, audience)) return found;
  if (key !== undefined && !/^[\w-]{21}[AQgw]$/.test(key)) found.push(400);
  if (audience !== undefined && !AUDIENCES[place.collection]!.includes(audience)) found.push(400);
  if (!isNote(body)) found.push(400);
  if (!mayWrite(place, there ? 'change' : 'add')) found.push(404);
  return found;
}

const plain = (body: object): string => JSON.stringify(Object.entries(body).sort());
const isSame = (note: ModelNote, body: object, audience: string | undefined): boolean => plain(note.body) === plain(body) && (audience ?? note.audience) === note.audience;

const put: Generator = (world, random) => {
  const place = ownPlace(world, random);
  const items = Array.from({ length: 1 + random.below(3) }, () => someItem(world, random, place));
  const unique = items.filter((item, i) => item.key === undefined || items.findIndex(({ key }) => key === item.key) === i);
  const judge = (answer: Answer): string | null => {
    if (!mayWrite(place, 'add', 'change')) return isNotFound(answer);
    const wrong = unique.flatMap((item) => wrongs(world, place, item));
    if (wrong.length > 0) return answer.status === 404 ? isNotFound(answer) ?? status(...wrong)(answer) : status(...wrong)(answer);
    const bad = status(200)(answer);
    if (bad) return bad;
    const made = (answer.json as { items: { key: string; version: string }[] }).items;
    return made.map(({ key, version }, i) => keep(world, place, { ...unique[i]!, key }, version)).find((one) => one !== null) ?? null;
  };
  return { asker: place.asker, path: `${place.path}/put`, body: { items: unique }, judge: place.asker.kind === 'member' ? judge : status(401) };
};

function keep(world: World, place: Place, { key, body, audience }: Wanted, version: string): string | null {
  const there = noteAt(world, place, key!);
  if (there && isSame(there, body, audience)) return there.version === version || there.version === '' ? null : `wrote ${key} again though it was the same`;
  if (there?.version === version) return `left the version of ${key} as it was`;
  const fresh = { persona: place.owner, collection: place.collection, key: key!, audience: audience ?? there?.audience ?? 'house', body, version, written: clock++ };
  if (there) Object.assign(there, fresh);
  else world.notes.push(fresh);
  return null;
}

/** The condition, its place, and what of it is wrong beforehand. */
function findable(world: World, random: Random, verb: string) {
  const place = ownPlace(world, random);
  const fields = fieldsAt(world, place, ['read']);
  const where = random.once(12) ? random.pick<Record<string, unknown>>([{}, { all: [] }]) : random.once(2) ? { $key: { in: random.some(place.keys, 1).slice(0, 3) } } : someWhere(random, fields ?? ['title'], place.keys, 2);
  const needed = named(where).length === 0;
  const unknown = named(where).some((name) => fields && !fields.includes(name));
  const early = place.asker.kind !== 'member' ? status(401) : !mayWrite(place, verb) ? isNotFound : needed || unknown ? status(400) : null;
  const due = (): ModelNote[] => views(world, place.asker, place.owner, place.collection, ['read']).filter((view) => holds(view, where)).map(({ note }) => note);
  return { place, where, early, due };
}

const patch: Generator = (world, random) => {
  const { place, where, early, due } = findable(world, random, 'change');
  const set: Record<string, unknown> = random.pick<Record<string, unknown>>([{ rank: 7 }, { done: true, rank: null }, { title: 'patched' }, { secret: 's' }, { title: null }, { rank: 'x' }, { nosuch: 1 }, {}, { tags: ['a'] }]);
  const after = ({ body }: ModelNote): Record<string, unknown> => Object.fromEntries(Object.entries({ ...body, ...set }).filter(([name, value]) => value !== null || !(name in set)));
  return {
    asker: place.asker, path: `${place.path}/patch`, body: { where, set },
    judge: (answer) => {
      // A request without anything to set is refused before anybody is asked who they are to this pod.
      if (place.asker.kind === 'member' && Object.keys(set).length === 0) return status(400)(answer);
      if (early) return early(answer);
      if ('nosuch' in set) return status(400)(answer);
      const changed = due().filter((note) => plain(after(note)) !== plain(note.body));
      if (changed.some((note) => !isNote(after(note)))) return status(400)(answer);
      const bad = status(200)(answer);
      if (bad) return bad;
      // What the new versions are only a query could tell.
      for (const note of changed.sort((a, b) => (a.key < b.key ? -1 : 1))) Object.assign(note, { body: after(note), version: '', written: clock++ });
      const { count } = answer.json as { count: number };
      return count === changed.length ? null : `changed ${count} instead of ${changed.length}`;
    },
  };
};

const remove: Generator = (world, random) => {
  const { place, where, early, due } = findable(world, random, 'remove');
  return {
    asker: place.asker, path: `${place.path}/remove`, body: { where },
    judge: early ?? ((answer) => {
      const gone = due();
      const bad = status(200)(answer);
      if (bad) return bad;
      world.notes = world.notes.filter((note) => !gone.includes(note));
      const { count } = answer.json as { count: number };
      return count === gone.length ? null : `removed ${count} instead of ${gone.length}`;
    }),
  };
};

/** Cases for the routes of the data API that write; afterwards everything is read once more. */
export const DATA_WRITING: Record<string, Generator> = {
  'POST /pods/{persona}/{service}/{collection}/put': put,
  'POST /pods/{persona}/{service}/{collection}/patch': patch,
  'POST /pods/{persona}/{service}/{collection}/remove': remove,
};
