import type { Row } from '../../store/pod/types.ts';
import { canonical, Refusal, toBase64Url, type Json, type Verb } from '@commonhold/core';
import type { Access } from '../access.ts';
import { personaOf, type Caller } from '../caller.ts';
import type { Retold } from '../feed.ts';
import { itemJson } from '../reader.ts';
import type { DataDeps } from './deps.ts';
import { sighted, type Sight, type Sighted } from './see.ts';
import { makeTally } from './tally.ts';
import { boundTo, type Target } from './target.ts';
import { parseWhere, type Where } from './where.ts';

/** One event for one watcher; `data` is JSON text, `id` the position to come back with. */
export interface WatchEvent { type: 'put' | 'remove' | 'ready' | 'count'; data: string; id: string }
/** Who watches: `hear` answers false to be told nothing more until `resume`; `end` says that there will be no more. */
export interface Watcher { hear(event: WatchEvent): boolean; end(): void }
/** A watch under way. */
export interface Watch { resume(): void; stop(): void }
/**
 * What is watched, and of which collections the number of records is told; `where` as in a query, of both. `since` is a position, or `now`;
 * without it everything is told from the beginning.
 */
export interface Watched extends Pick<Target, 'persona' | 'service'> { collections: readonly string[]; counts?: readonly string[]; where?: unknown; since?: string }

type Change = Row & { persona: number };
interface Course {
  deps: DataDeps; caller: Caller; watched: Watched; where: Where; bound: readonly string[]; watcher: Watcher; position: number; ready: boolean; again: Retold[];
  /** Where the pod stood when this watch began without a position: what was gone by then was never told. */
  began: number;
}

/** Rows that are looked at before others get their turn. */
const SLICE = 200;

/**
 * Tells of every record that this caller may watch: what there is, or what has changed since a position, then `ready`, then
 * what happens. Nobody hears even the time of what is not for them. Ends when the caller may watch no longer.
 * Refuses `not_found`, `bad_cursor`, `position_gone`.
 */
export const makeWatch = (deps: DataDeps) => (caller: Caller, watched: Watched, watcher: Watcher): Watch => {
  const { persona, service, collections, counts = [] } = watched;
  const where = parseWhere(watched.where);
  const bound = boundTo('watch', caller, { persona, service, collection: [...collections].sort().join() }, ...(where.conditions === 0 ? [] : [toBase64Url(deps.digest(canonical(watched.where as Json)))]));
  const first = deps.open(caller, watched);
  eyesOf(first, watched, where);
  const began = watched.since === undefined ? first.home.pod.told : 0;
  const course: Course = { deps, caller, watched, where, bound, watcher, position: startOf(deps, bound, watched.since, first), ready: false, again: [], began };
  let waiting = false, held = false, over = false;
  const stops: (() => void)[] = [];
  const stop = (): void => { over = true; for (const end of stops) end(); };
  const soon = (): void => {
    if (waiting || over) return;
    waiting = true;
    setImmediate(() => {
      waiting = false;
      if (over) return;
      const went = step(course, held);
      if (went === 'over') { stop(); watcher.end(); } else if (went === 'held') held = true;
      else if (went === 'more') soon();
      else tally.soon();
    });
  };
  const tally = makeTally({ deps, caller, watched, where, hear: (text) => watcher.hear({ type: 'count', data: text, id: idOf(course) }) }, () => over || held, () => { held = true; });
  const { collections: known } = first.contract.compiled;
  stops.push(deps.listen(service, (change) => {
    if (change.persona !== persona && change.persona !== personaOf(caller)) return;
    // What its owner lets others have is another than before, or who is what to whom, on either side.
    if (change.collection === '' || known.get(change.collection)?.kind === 'links') soon();
    if (change.persona !== persona) return;
    if (counts.includes(change.collection)) tally.changed(change.collection);
    if (collections.includes(change.collection) || counts.includes(change.collection)) soon();
  }));
  stops.push(tally.stop);
  // The house hides it from others, or shows it again: nothing was written, and yet it is gone for them, or here.
  stops.push(deps.listenAgain(service, (record) => {
    if (record.persona !== persona || !collections.includes(record.collection) || !course.ready) return;
    course.again.push(record);
    soon();
  }));
  // A block or the end of a relation, on either side, may end this watch.
  stops.push(deps.listen('people', (change) => { if (change.persona === persona || change.persona === personaOf(caller)) soon(); }));
  soon();
  return { stop, resume: () => { held = false; soon(); } };
};

function eyesOf(access: Access, { collections, counts = [] }: Watched, where: Where): Map<string, Sighted> {
  const opened = (collection: string, ...verbs: readonly Verb[]): Sighted => {
    const eyes = sighted(access, collection, ...verbs);
    for (const [field, at] of where.fields) eyes.demand(field, at);
    return eyes;
  };
  for (const collection of counts) opened(collection, 'read', 'count');
  return new Map(collections.map((collection) => [collection, opened(collection, 'watch')]));
}

function startOf({ cursors }: DataDeps, bound: readonly string[], since: string | undefined, { home: { pod } }: Access): number {
  if (since === undefined) return 0;
  const position = since === 'now' ? pod.told : Number(cursors.open(bound, since, 'since'));
  if (position > pod.told) throw new Refusal('gone', 'position_gone', 'This pod was restored to an earlier state. Start again without a position.', { field: 'since' });
  return position;
}

const OVER: readonly string[] = ['not_found', 'denied', 'invalid'];

type Went = 'over' | 'held' | 'more' | 'done';

/** Tells of a slice of what is new. The right to hear it is asked for anew each time. */
function step(course: Course, held: boolean): Went {
  const { deps, caller, watched } = course;
  try {
    const access = deps.open(caller, watched);
    const eyes = eyesOf(access, watched, course.where);
    return held ? 'held' : tell(course, access, eyes);
  } catch (error) {
    // Denied: what its person took from an app, or paused. Invalid: a field of `where` that is not for them any more.
    if (!(error instanceof Refusal && OVER.includes(error.kind))) deps.onError(error);
    return 'over';
  }
}

function tell(course: Course, access: Access, eyes: ReadonlyMap<string, Sighted>): Went {
  const { watcher, watched } = course;
  const { sql, told } = access.home.pod;
  const read = sql.since.all(course.position, SLICE);
  const rows = read.filter(({ pos }) => pos <= told);
  for (const row of rows) {
    const ours = row.persona === access.home.state.ref && row.service === watched.service;
    const sighting = ours ? eyes.get(row.collection) : undefined;
    const found = sighting && eventOf(course, access, sighting, row);
    course.position = row.pos;
    if (found && !watcher.hear({ ...found, id: idOf(course) })) return 'held';
  }
  if (rows.length === SLICE) return 'more';
  if (course.ready) return tellAgain(course, access, eyes);
  course.ready = true;
  return watcher.hear({ type: 'ready', data: '{}', id: idOf(course) }) ? 'done' : 'held';
}

/** Tells of records that are others' now, though they are as they were. */
function tellAgain(course: Course, access: Access, eyes: ReadonlyMap<string, Sighted>): Went {
  for (let record = course.again.shift(); record; record = course.again.shift()) {
    const row = access.home.pod.sql.row.get(access.home.state.ref, record.service, record.collection, record.key);
    const sighting = eyes.get(record.collection);
    if (!row || row.op !== 'put' || !sighting || access.readableUnhidden(sighting.alternatives, row) === 'none') continue;
    const sight = fitting(course, sighting.see(row));
    if (sight) access.delivered(row, 'watch');
    if (!course.watcher.hear({ ...(sight ? putOf(sight) : removeOf(row)), id: idOf(course) })) return 'held';
  }
  return 'done';
}

const idOf = ({ deps, bound, position }: Course): string => deps.cursors.seal(bound, String(position).padStart(16, '0'));

const fitting = ({ where }: Course, sight: Sight | null): Sight | null => (sight && where.matches(sight) ? sight : null);

function eventOf(course: Course, access: Access, eyes: Sighted, row: Change): Omit<WatchEvent, 'id'> | null {
  const seen = eyes.see(row);
  const sight = fitting(course, seen);
  if (sight) {
    access.delivered(row, 'watch');
    return putOf(sight);
  }
  // Who begins has nothing that could be taken away.
  if (row.pos <= course.began) return null;
  return (seen ? wasHere(access, eyes, row) : wasVisible(course, access, eyes, row)) ? removeOf(row) : null;
}

const putOf = ({ item, row }: Sight): Omit<WatchEvent, 'id'> => ({ type: 'put', data: `{"collection":"${row.collection}",${itemJson(item).slice(1)}` });
const removeOf = ({ collection, key }: Row): Omit<WatchEvent, 'id'> => ({ type: 'remove', data: JSON.stringify({ collection, key }) });

/** True when this watcher could see the record before it was removed, or before it went to another audience. */
function wasVisible({ position }: Course, access: Access, eyes: Sighted, row: Change): boolean {
  if (row.op === 'remove' && could(access, eyes, row, row.audience)) return true;
  return movesOf(access, row).some(({ pos, audience }) => pos > position && could(access, eyes, row, audience));
}

/** True when a record that does not fit was there for this watcher before it was written last, so that it may have fitted. Local ones do not say which write is their first. */
function wasHere(access: Access, eyes: Sighted, row: Change): boolean {
  const { kind } = access.contract.compiled.collections.get(row.collection)!;
  if (row.rev === 1 && kind !== 'local') return false;
  const came = movesOf(access, row).find(({ pos }) => pos === row.pos);
  return came === undefined || could(access, eyes, row, came.audience);
}

const movesOf = ({ home }: Access, row: Change): { audience: string; pos: number }[] => home.pod.sql.moves.all(row.persona, row.service, row.collection, row.key);

function could(access: Access, { alternatives }: Sighted, row: Change, audience: string): boolean {
  // A remove does not say who made the record, its key does: others' records have their maker's name in it.
  const author = row.key.includes('/') ? row.key.slice(0, row.key.indexOf('/')) : null;
  return access.readable(alternatives, { ...row, author, audience }) !== 'none';
}
