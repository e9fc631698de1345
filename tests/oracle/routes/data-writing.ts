import type { Random } from '../random.ts';
import { status, type Answer, type Generator } from './ask.ts';
import { AUDIENCES, holds, isNote, mayAny, mayOne, named, noteKey, someNote, someWhere, USUAL, views, tick } from './data-model.ts';
import { fieldsAt, somePlace, type Place } from './data-reading.ts';
import { isNotFound } from './reading.ts';
import type { ModelNote, World } from './world.ts';

/** A place for a write: mostly one's own. */
function ownPlace(world: World, random: Random): Place {
  const place = somePlace(world, random);
  if (random.once(8) || place.asker.persona === null) return place;
  if (random.once(3)) return strangers(world, random, place);
  const owner = place.asker.persona;
  return {
    ...place, owner, path: `/pods/${owner}/${place.service}/${place.collection}`,
    keys: [...world.notes.filter((note) => note.persona === owner && note.collection === place.collection).map(({ key }) => key), 'nothing'],
  };
}

/** Another's pod, where others may write: keys of their own that are there, that were there, and those of others. */
function strangers(world: World, random: Random, place: Place): Place {
  const owner = random.pick([...world.people.keys()]);
  const collection = random.pick(['guests', 'guests', 'letters', 'box']);
  const mine = [...world.notes.filter((note) => note.persona === owner && note.collection === collection).map(({ key }) => key), ...[...gone].filter((name) => name.startsWith(`${owner} ${collection} `)).slice(-4).map((name) => name.split(' ')[2]!)];
  const own = mine.filter((key) => key.startsWith(`${place.asker.persona}/`));
  return { ...place, owner, service: 'notes', collection, path: `/pods/${owner}/notes/${collection}`, keys: [...own, ...own, ...own, ...mine, 'nothing'] };
}

/** May this caller do one of these at all, in their own pod or by offers in another's? */
const mayWrite = (world: World, { asker, owner, service, collection }: Place, ...verbs: string[]): boolean =>
  service === 'notes' && verbs.some((verb) => mayAny(world, asker, owner, collection, [verb]));

/** How many records there is room for. */
const ROOM: Record<string, number> = { letters: 5 };
/** Keys of others' records that are there no more: `owner collection key`. */
const gone = new Set<string>();
const goneName = ({ owner, collection }: Place, key: string): string => `${owner} ${collection} ${key}`;

function drop(world: World, place: Place, notes: readonly ModelNote[]): void {
  for (const { key } of notes) gone.add(goneName(place, key));
  world.notes = world.notes.filter((note) => !notes.includes(note));
}

const noteAt = (world: World, { owner, collection }: Place, key: string): ModelNote | undefined =>
  world.notes.find((note) => note.persona === owner && note.collection === collection && note.key === key);

interface Wanted { key?: string; body: Record<string, unknown>; audience?: string; ifVersion?: string | null }

function someItem(world: World, random: Random, place: Place): Wanted {
  const { body, audience } = someNote(random, Object.hasOwn(AUDIENCES, place.collection) ? place.collection : 'lines');
  // What only owners may say is said by others now and then.
  const ours = place.asker.persona === place.owner || random.once(10);
  const broken = random.once(10) ? random.pick<Record<string, unknown>>([{ title: 1 }, { nosuch: true }, { tags: 'a' }]) : {};
  const key = random.pick([undefined, noteKey(random), random.pick(place.keys)]);
  const there = key === undefined ? undefined : noteAt(world, place, key);
  const version = random.once(3) && (ours || place.collection === 'guests') ? random.pick([there?.version ?? null, there?.version ?? null, null, 'A'.repeat(43)]) : undefined;
  return {
    body: { ...body, ...broken }, ...(key !== undefined && { key }), ...(ours && random.once(2) && { audience: random.once(12) ? 'linked' : audience }), ...(version !== undefined && { ifVersion: version }),
  };
}

/** Every status with which one record could be refused in one's own pod. */
function wrongs(world: World, place: Place, { key, body, audience, ifVersion }: Wanted): number[] {
  const { asker, owner, collection } = place;
  const there = key === undefined ? undefined : noteAt(world, place, key);
  const found: number[] = [];
  if (ifVersion !== undefined && (ifVersion !== (there?.version ?? null) || ifVersion === '')) found.push(409);
  if (there && isSame(there, body, audience) && there.author === owner) return found;
  if (!isFormed(place, { key, body, audience })) found.push(400);
  if (!there && held(world, place) >= (ROOM[collection] ?? Infinity)) found.push(409);
  const lies = audience ?? there?.audience ?? USUAL[collection]!;
  if (!mayOne(world, asker, owner, collection, there ? 'change' : 'add', { audience: lies, own: !there || there.author === owner })) found.push(404);
  return found;
}

const isFormed = ({ collection }: Place, { key, body, audience }: Pick<Wanted, 'body'> & { key: string | undefined; audience: string | undefined }): boolean =>
  (key === undefined || OWN_KEY.test(key)) && (audience === undefined || AUDIENCES[collection]!.includes(audience)) && isNote(body);

const held = (world: World, { owner, collection }: Place): number => world.notes.filter((note) => note.persona === owner && note.collection === collection).length;

const plain = (body: object): string => JSON.stringify(Object.entries(body).sort());
const isSame = (note: ModelNote, body: object, audience: string | undefined): boolean => plain(note.body) === plain(body) && (audience ?? note.audience) === note.audience;

const put: Generator = (world, random) => {
  const place = ownPlace(world, random);
  const items = Array.from({ length: 1 + random.below(3) }, () => someItem(world, random, place));
  const unique = items.filter((item, i) => item.key === undefined || items.findIndex(({ key }) => key === item.key) === i);
  if (place.asker.kind === 'member' && place.asker.persona !== place.owner) return { asker: place.asker, path: `${place.path}/put`, body: { items: unique }, judge: judgeOffer(world, place, unique) };
  const judge = (answer: Answer): string | null => {
    if (!mayWrite(world, place, 'add', 'change')) return isNotFound(answer);
    // As many as are new want room together.
    const fresh = unique.filter(({ key }) => key === undefined || !noteAt(world, place, key)).length;
    if (held(world, place) + fresh > (ROOM[place.collection] ?? Infinity)) return status(400, 404, 409)(answer);
    const wrong = unique.flatMap((item) => wrongs(world, place, item));
    if (wrong.length > 0) return answer.status === 404 ? isNotFound(answer) ?? status(...wrong)(answer) : status(...wrong)(answer);
    const bad = status(200)(answer);
    if (bad) return bad;
    const made = (answer.json as { items: { key: string; version: string }[] }).items;
    return made.map(({ key, version }, i) => keep(world, place, { ...unique[i]!, key }, version)).find((one) => one !== null) ?? null;
  };
  return { asker: place.asker, path: `${place.path}/put`, body: { items: unique }, judge: place.asker.kind === 'member' ? judge : status(401) };
};

const OWN_KEY = /^[\w-]{21}[AQgw]$/;

/** The whole key of what somebody offers, or null for what is no key of theirs. */
function keyOf({ asker }: Place, key: string): string | null {
  const own = key.startsWith(`${asker.persona}/`) ? key.slice(54) : key;
  return OWN_KEY.test(own) ? `${asker.persona}/${own}` : null;
}

/** Putting into another's pod: taken or not, and no more than that beyond what they may read. */
function judgeOffer(world: World, place: Place, items: readonly Wanted[]): (answer: Answer) => string | null {
  const { collection } = place;
  if (!mayWrite(world, place, 'add', 'change')) return isNotFound;
  const own = { audience: USUAL[collection]!, own: true };
  const reads = mayOne(world, place.asker, place.owner, collection, 'read', own);
  const changes = mayOne(world, place.asker, place.owner, collection, 'change', own);
  const form = items.some(({ key, body, audience, ifVersion }) => audience !== undefined || (ifVersion !== undefined && !reads) || !isNote(body) || (key !== undefined && keyOf(place, key) === null));
  if (form) return status(400);
  const wanted = items.map((item) => ({ ...item, key: item.key === undefined ? undefined : keyOf(place, item.key)! }));
  if (new Set(wanted.flatMap(({ key }) => key ?? [])).size < wanted.filter(({ key }) => key).length) return status(200, 404, 409);
  const conflict = wanted.some(({ key, ifVersion }) => ifVersion !== undefined && ifVersion !== ((key && noteAt(world, place, key)?.version) ?? null));
  const fresh = wanted.filter(({ key }) => key === undefined || (!noteAt(world, place, key) && !gone.has(goneName(place, key))));
  const isFull = held(world, place) + fresh.length > (ROOM[collection] ?? Infinity) && fresh.length > 0;
  if (conflict || isFull) return (answer) => (isFull && answer.status === 404 ? isNotFound(answer) : status(conflict ? 409 : 404)(answer));
  return (answer) => {
    const bad = status(200)(answer);
    if (bad) return bad;
    const made = (answer.json as { items: { key: string; version?: string }[] }).items;
    for (const [i, { key, body }] of wanted.entries()) {
      const got = made[i]!;
      if (key !== undefined && got.key !== key) return `put ${got.key} instead of ${key}`;
      const there = noteAt(world, place, got.key);
      if (!there && !gone.has(goneName(place, got.key))) {
        world.notes.push({ persona: place.owner, author: place.asker.persona!, collection, key: got.key, audience: own.audience, body, version: got.version ?? '', written: tick() });
      } else if (there && changes && !isSame(there, body, undefined)) Object.assign(there, { body, version: got.version ?? '', written: tick() });
      if ((got.version !== undefined) !== (reads && noteAt(world, place, got.key) !== undefined)) return `tells ${answer.text}`;
    }
    return null;
  };
}

function keep(world: World, place: Place, { key, body, audience }: Wanted, version: string): string | null {
  const there = noteAt(world, place, key!);
  if (there && isSame(there, body, audience)) return there.version === version || there.version === '' ? null : `wrote ${key} again though it was the same`;
  if (there?.version === version) return `left the version of ${key} as it was`;
  const fresh = { persona: place.owner, author: there?.author ?? place.asker.persona!, collection: place.collection, key: key!, audience: audience ?? there?.audience ?? USUAL[place.collection]!, body, version, written: tick() };
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
  const early = place.asker.kind !== 'member' ? status(401) : !mayWrite(world, place, verb) ? isNotFound : needed || unknown ? status(400) : null;
  // In another's pod only what one made oneself; and in one's own, what others made is not to be changed.
  const ours = ({ author }: ModelNote): boolean => author === place.asker.persona || (verb === 'remove' && place.asker.persona === place.owner);
  const due = (): ModelNote[] => views(world, place.asker, place.owner, place.collection, ['read']).filter((view) => holds(view, where)).map(({ note }) => note).filter(ours);
  const blind = place.asker.kind === 'member' && mayWrite(world, place, verb) && !mayAny(world, place.asker, place.owner, place.collection, ['read']);
  return { place, where, early, due, blind };
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
      for (const note of changed.sort((a, b) => (a.key < b.key ? -1 : 1))) Object.assign(note, { body: after(note), version: '', written: tick() });
      const { count } = answer.json as { count: number };
      return count === changed.length ? null : `changed ${count} instead of ${changed.length}`;
    },
  };
};

/** Who may not read names keys, and is told how many they named. */
function judgeBlind(world: World, place: Place, where: Record<string, unknown>): (answer: Answer) => string | null {
  const { eq, in: list } = (Object.keys(where).join() === '$key' ? where['$key'] : {}) as { eq?: string; in?: string[] };
  const keys = typeof eq === 'string' ? [eq] : list;
  if (!keys) return status(400);
  const mine = new Set(keys.map((key) => keyOf(place, key)).filter((key) => key !== null));
  return (answer) => {
    const bad = status(200)(answer);
    if (bad) return bad;
    drop(world, place, world.notes.filter((note) => note.persona === place.owner && note.collection === place.collection && mine.has(note.key)));
    const { count } = answer.json as { count: number };
    return count === mine.size ? null : `counts ${count} instead of ${mine.size}`;
  };
}

const remove: Generator = (world, random) => {
  const { place, where, early, due, blind } = findable(world, random, 'remove');
  if (blind) return { asker: place.asker, path: `${place.path}/remove`, body: { where }, judge: judgeBlind(world, place, where) };
  return {
    asker: place.asker, path: `${place.path}/remove`, body: { where },
    judge: early ?? ((answer) => {
      const found = due();
      const bad = status(200)(answer);
      if (bad) return bad;
      drop(world, place, found);
      const { count } = answer.json as { count: number };
      return count === found.length ? null : `removed ${count} instead of ${found.length}`;
    }),
  };
};

/** Cases for the routes of the data API that write; afterwards everything is read once more. */
export const DATA_WRITING: Record<string, Generator> = {
  'POST /pods/{persona}/{service}/{collection}/put': put,
  'POST /pods/{persona}/{service}/{collection}/patch': patch,
  'POST /pods/{persona}/{service}/{collection}/remove': remove,
};
