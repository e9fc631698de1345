import { isObject } from '@commonhold/core';
import { damaged } from './box.ts';
import type { Place } from './place.ts';
import type { Manifest, Summary } from './types.ts';

const BACKUPS = 'backups/', SUMMARIES = 'summaries/', PIECES = 'pieces/';

/** Where a piece lies. */
export const pieceAt = (name: string): string => `${PIECES}${name.slice(0, 2)}/${name}`;

/** Ids of the whole backups at a place, the newest first. */
export async function idsAt({ at }: Place): Promise<string[]> {
  const ids: string[] = [];
  for await (const name of at.list(BACKUPS)) ids.push(name.slice(BACKUPS.length));
  return ids.sort().reverse();
}

/** Names of all pieces at a place. */
export async function piecesAt({ at }: Place): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const name of at.list(PIECES)) names.add(name.slice(name.lastIndexOf('/') + 1));
  return names;
}

/** What a backup holds. Refuses `backup_unknown` by null, `backup_damaged`. */
export const readManifest = (place: Place, id: string): Promise<Manifest | null> => read<Manifest>(place, BACKUPS + id);

/** A backup in short, or null. Refuses `backup_damaged`. */
export const readSummary = (place: Place, id: string): Promise<Summary | null> => read<Summary>(place, SUMMARIES + id);

/** Makes a backup one: all of its pieces are there to stay before, so that what is cut off is none. */
export async function putBackup(place: Place, manifest: Manifest, summary: Summary): Promise<void> {
  await place.at.settle();
  await put(place, SUMMARIES + summary.id, summary);
  await put(place, BACKUPS + manifest.id, manifest);
  await place.at.settle();
}

/** Takes a backup away; its pieces stay until nothing names them. */
export async function dropBackup({ at }: Place, id: string): Promise<void> {
  await at.remove(BACKUPS + id);
  await at.remove(SUMMARIES + id);
}

async function read<T>({ at, box, house }: Place, name: string): Promise<T | null> {
  const shut = await at.get(name);
  if (!shut) return null;
  const value: unknown = JSON.parse((await box.open(name, shut)).toString());
  if (!isObject(value) || value['v'] !== 1 || ('house' in value && value['house'] !== house)) throw damaged(name);
  return value as T;
}

const put = async ({ at, box }: Place, name: string, value: Manifest | Summary): Promise<void> => at.put(name, await box.shut(name, Buffer.from(JSON.stringify(value))));
