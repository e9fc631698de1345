import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { isObject, namedBlobs, type Json, type JsonObject } from '@commonhold/core';
import { piecesOf } from '../../store/blobs/pieces.ts';
import { blobAt, isPart, placeOf, shelfOf } from '../../store/blobs/place.ts';
import type { PodAudit } from '../../store/pod/audit.ts';
import type { Tell } from './damage.ts';
import { parsed } from './signed.ts';

/** How many blobs were looked at, their bytes, and how many files a crash has left, which the next start removes. */
export interface BlobTally { blobs: number; bytes: number; leftovers: number }

/** A pod file, open, and who hears. `file`: its path below the data folder. */
export interface BlobCheck { path: string; file: string; who: string; open: PodAudit; tell: Tell }

const PIECE = 2 ** 20;

/** Checks that all bytes are there as they came, that nothing else lies beside them, and that the pod's list of who names what is what its records say. */
export function checkBlobs(check: BlobCheck): BlobTally {
  const { open: { sql } } = check;
  const known = new Map<string, number>();
  const tally: BlobTally = { blobs: 0, bytes: 0, leftovers: 0 };
  for (const { ref } of sql.personas.all()) {
    for (const { blob, bytes } of check.open.audit.blobs(ref)) known.set(blob, bytes);
    checkNames(check, ref);
  }
  for (const [blob, bytes] of known) {
    checkBytes(check, blob, bytes);
    tally.blobs++;
    tally.bytes += bytes;
  }
  tally.leftovers = checkFolder(check, new Set(known.keys()));
  return tally;
}

function checkBytes({ path, file, who, tell }: BlobCheck, blob: string, bytes: number): void {
  const place = placeOf(shelfOf(path), blob);
  const say = (code: string, says: string) => tell({ file: below(file, path, place), who, thing: `blob ${blob}`, code, says });
  const hash = createHash('sha256');
  let size = 0;
  try {
    for (const piece of piecesOf(place, PIECE)) { hash.update(piece); size += piece.length; }
  } catch { return say('file_damaged', 'The file cannot be read to its end.'); }
  if (size === 0) return say('blob_missing', 'The bytes are not there.');
  if (size !== bytes) return say('blob_changed', `There are ${size} bytes where ${bytes} were received.`);
  if (hash.digest('base64url') !== blob) say('blob_changed', 'The bytes are not those that were received.');
}

// The same as the pod's own path, with slashes, as damage is told.
const below = (file: string, path: string, place: string): string => join(dirname(file), relative(dirname(path), place)).split(sep).join('/');

/** Answers how many files a crash has left; anything that could not come of one is told. */
function checkFolder({ path, file, who, tell }: BlobCheck, known: ReadonlySet<string>): number {
  const folder = shelfOf(path);
  let leftovers = 0;
  const look = (place: string, blob: string | null, left: boolean) => {
    if (left || (blob !== null && !known.has(blob))) leftovers++;
    else if (blob === null) tell({ file: below(file, path, place), who, code: 'blob_stray', says: 'This file is no blob.' });
  };
  for (const one of entries(folder)) {
    if (!one.isDirectory()) { look(join(folder, one.name), null, isPart(one.name)); continue; }
    for (const { name } of entries(join(folder, one.name))) look(join(folder, one.name, name), blobAt(one.name, name), false);
  }
  return leftovers;
}

const entries = (folder: string): ReturnType<typeof list> => { try { return list(folder); } catch { return []; } };
const list = (folder: string) => readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));

type Noted = Map<string, Set<string>>;
type Say = (name: string, blob: string, code: string, says: string) => void;
const nameIn = (...place: string[]): string => JSON.stringify(place);

/** Holds what the pod notes of names against the bodies themselves. */
function checkNames(check: BlobCheck, ref: number): void {
  const { file, who, open: { sql, audit }, tell } = check;
  const say: Say = (name, blob, code, says) => {
    const [service, collection] = JSON.parse(name) as [string, string];
    tell({ file, who, thing: `blob ${blob} (${service}.${collection})`, code, says });
  };
  const noted: Noted = new Map();
  for (const { service, collection, key, blob } of audit.blobNames(ref)) {
    const name = nameIn(service, collection, key);
    noted.set(name, (noted.get(name) ?? new Set()).add(blob));
    if (!sql.blob.get(ref, service, blob)) say(name, blob, 'blob_unknown', 'A record names a blob that the pod never received, or let go of.');
  }
  const found = findNames(check, ref, (name, blob, counts) => {
    if (counts && !noted.get(name)?.has(blob)) say(name, blob, 'blob_names', 'A record names a blob, and the pod has not noted it.');
  });
  // Of a key that holds something, more may be noted than it names: what it named before may have been chosen yet.
  const held = new Set([...found].map((one) => one.slice(0, one.lastIndexOf(' '))));
  for (const [name, blobs] of noted) {
    for (const blob of held.has(name) ? [] : blobs) if (!found.has(`${name} ${blob}`)) say(name, blob, 'blob_names', 'The pod has noted a blob that the record does not name.');
  }
}

/** Tells of every blob that a body names, and answers all of them. */
function findNames({ open: { sql, audit } }: BlobCheck, ref: number, hear: (name: string, blob: string, counts: boolean) => void): Set<string> {
  const contracts = new Map([...sql.earlierContracts.all(ref), ...sql.contracts.all(ref)].filter(({ contract }) => contract.includes('"blob"')).map(({ hash, contract }) => [hash, parsed(contract)]));
  const current = new Map(sql.contracts.all(ref).map(({ service, hash }) => [service, hash]));
  const found = new Set<string>();
  if (contracts.size === 0) return found;
  for (const { service, collection, key, body, envelope, counts } of audit.bodies(ref)) {
    const name = nameIn(service, collection, key);
    const contract = contracts.get(hashIn(envelope) ?? current.get(service) ?? '');
    for (const blob of blobsOf(contract, collection, body)) { found.add(`${name} ${blob}`); hear(name, blob, counts === 1); }
  }
  return found;
}

// Local records have no envelope: they go by the contract in force.
function hashIn(envelope: string | null): string | null {
  const sealed = parsed(envelope ?? '');
  return isObject(sealed) ? String(sealed['contract']) : null;
}

// A body that cannot be read was told with its lane.
function blobsOf(contract: unknown, collection: string, body: string): string[] {
  const value = parsed(body);
  return isObject(contract) && value !== undefined ? namedBlobs(contract as JsonObject, collection, value as Json).map(({ blob }) => blob) : [];
}
