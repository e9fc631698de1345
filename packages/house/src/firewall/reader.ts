import { blobsIn, type Json, type JsonObject, type Readable } from '@commonhold/core';
import type { OpenPod } from '../store/pods.ts';
import type { PodStatements } from '../store/pod/statements.ts';
import type { Row } from '../store/pod/types.ts';
import type { Access } from './access.ts';
import { namedAudience } from './audience.ts';
import { rowName, type RowCache } from './row-cache.ts';

/** A record as a caller may see it; `body` holds only the fields that the caller may read. */
export interface Item {
  persona: string;
  key: string;
  /** The persona that made it: the owner, or whoever offered it. */
  author: string;
  at: string;
  /** As the contract names it. */
  audience: string;
  /** JSON text of the body. */
  body: string;
  /** The id of this state of the record, for who may read all of it: to others it would tell of changes they may not see. */
  version: Uint8Array | null;
}

/** A blob that may be read. */
export interface BlobFile { blob: string; bytes: number; pod: Pick<OpenPod, 'shelf'> }

/** Reads one service's namespace of one persona, already narrowed to one caller. It has no way to write. */
export interface Reader {
  /** The record, or null: denied and absent look the same. */
  get(collection: string, key: string): Item | null;
  /** Says that these will be asked for in this turn: they are then fetched in one question. It gives nothing to anybody. */
  expect(collection: string, keys: readonly string[]): void;
  /** A blob that the record names in a field that the caller may read, or null; to be given it is to be given the record. */
  blob(collection: string, key: string, blob: string): BlobFile | null;
  /** Every record of a collection that the caller may read, oldest change first. */
  list(collection: string): Item[];
}

interface Found { row: Row; readable: Exclude<Readable, 'none'> }

/** From so many records on, one question for all is faster than one for each. */
const FEW = 3;

const NONE: ReadonlyMap<string, Row> = new Map();

/** A reader over one access; rows come through the cache, which commits keep true. A class, since a timeline makes two for each of its authors. */
export class AccessReader implements Reader {
  readonly #access: Access;
  readonly #cache: RowCache;
  // Not kept beyond this reader: a look at old posts shall not push out what everybody reads.
  #expected: ReadonlyMap<string, Row> = NONE;

  constructor(access: Access, cache: RowCache) {
    this.#access = access;
    this.#cache = cache;
  }

  get(collection: string, key: string): Item | null {
    const found = this.#find(collection, key);
    return found && this.#show(found.row, found.readable);
  }

  expect(collection: string, keys: readonly string[]): void {
    const { home: { pod, state: { ref, persona } }, contract: { service } } = this.#access;
    if (pod.db.inTransaction) return;
    const asked = keys.filter((key) => !this.#cache.get(persona, rowName(service, collection, key)));
    if (asked.length < FEW) return;
    const rows = this.#access.kept(collection).some.all(ref, service, collection, JSON.stringify(asked));
    this.#expected = new Map(rows.map((row) => [rowName(service, collection, row.key), row]));
  }

  blob(collection: string, key: string, blob: string): BlobFile | null {
    const { home, contract } = this.#access;
    const found = this.#find(collection, key);
    if (!found) return null;
    if (!isNamed(this.#access, found.row, found.readable, blob)) { this.#access.missed(collection, 'read'); return null; }
    const kept = home.pod.sql.blob.get(home.state.ref, contract.service, blob);
    if (!kept) return null;
    this.#access.delivered(found.row, 'read');
    return { blob, bytes: kept.bytes, pod: home.pod };
  }

  list(collection: string): Item[] {
    const access = this.#access;
    const alternatives = access.may(collection, 'read');
    if (!alternatives) return [];
    return access.kept(collection).rows.all(access.home.state.ref, access.contract.service, collection)
      .map((row) => this.#show(row, access.readable(alternatives, row)))
      .filter((item) => item !== null);
  }

  #show(row: Row, readable: Readable): Item | null {
    if (readable === 'none' || row.body === null) return null;
    const { home, house } = this.#access;
    this.#access.delivered(row, 'read');
    return itemOf(home.state.persona, row, readable, house);
  }

  #find(collection: string, key: string): Found | null {
    const access = this.#access;
    const { row, cached } = cachedRow(access, this.#cache, collection, key, this.#expected);
    const isThere = row?.op === 'put' && access.isLive(row);
    const decision = access.decide(collection, 'read');
    const readable = 'allow' in decision && isThere ? access.readable(decision.allow, row) : 'none';
    if (row && readable !== 'none') return { row, readable };
    // Denied and absent do the same: they ask the file, and write a line, the owner's or nobody's.
    if (cached) rowOf(access, collection, key);
    if ('deny' in decision) access.refused(collection, 'read', decision.deny);
    else if (isThere) access.refused(collection, 'read', 'no_audience');
    else access.missed(collection, 'read');
    return null;
  }
}

function isNamed({ contract }: Access, { collection, body }: Row, readable: Exclude<Readable, 'none'>, blob: string): boolean {
  if (body === null) return false;
  return blobsIn(contract.compiled, collection, JSON.parse(body) as Json).some((one) => one.blob === blob && (readable === 'all' || readable.includes(one.field)));
}

const rowOf = (access: Access, collection: string, key: string): Row | undefined =>
  access.kept(collection).row.get(access.home.state.ref, access.contract.service, collection, key);

function cachedRow(access: Access, cache: RowCache, collection: string, key: string, expected: ReadonlyMap<string, Row>): { row: Row | undefined; cached: boolean } {
  const { home: { pod, state: { persona } }, contract } = access;
  // Inside a write the file says what may yet be undone: that is for this write to see, and not to be kept.
  if (pod.db.inTransaction) return { row: rowOf(access, collection, key), cached: false };
  const name = rowName(contract.service, collection, key);
  const had = cache.get(persona, name) ?? expected.get(name);
  if (had) return { row: had, cached: true };
  const row = rowOf(access, collection, key);
  if (row) cache.set(persona, name, row);
  return { row, cached: false };
}

/** A reader of what is not there: it does what is done for what is denied, on a file of nobody's. */
export const absentReader = (nobody: Pick<PodStatements, 'row'>, note: (collection: string) => void): Reader => {
  const get = (collection: string, key: string): null => { nobody.row.get(0, '', collection, key); note(collection); return null; };
  return { get, blob: get, expect: () => {}, list: (collection) => { note(collection); return []; } };
};

/** A row as a caller sees it. */
export function itemOf(persona: string, row: Row, readable: Exclude<Readable, 'none'>, house: string): Item {
  const body = row.body ?? 'null';
  return {
    persona, key: row.key, author: row.author ?? persona, at: row.at, audience: namedAudience(row.audience, house),
    body: readable === 'all' ? body : JSON.stringify(pick(JSON.parse(body) as JsonObject, readable)), version: readable === 'all' ? row.id : null,
  };
}

function pick(body: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => fields.includes(name)));
}

/** The data API's JSON text of a record: `{key, author, at, audience, version?, body}`. */
export const itemJson = ({ key, author, at, audience, version, body }: Item): string =>
  `{"key":${JSON.stringify(key)},"author":"${author}","at":"${at}","audience":"${audience}"${version ? `,"version":"${Buffer.from(version.buffer, version.byteOffset, version.byteLength).toString('base64url')}"` : ''},"body":${body}}`;
