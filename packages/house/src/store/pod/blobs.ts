import { dirname } from 'node:path';
import { Refusal } from '@commonhold/core';
import { checkDisk } from '../../folder/disk.ts';
import type { Arrived, Source } from '../blobs/part.ts';
import { storageRefusal } from '../../sqlite/storage-refusal.ts';
import type { Draft } from './draft.ts';
import type { Batch } from './batch.ts';
import type { Pod } from './pod.ts';

/** Most bytes of one blob. */
export const BLOB_BYTES = 64 * 1024 * 1024;
/** Bytes that the disk keeps for records, whatever is sent. */
const SPARE = 16 * 1024 * 1024;
/** How long a blob waits for a record that names it. */
const UNNAMED_MS = 86_400_000;
const STEP = 1024 * 1024;

/** A persona's namespace of a service, as the pod file numbers it. */
export interface BlobSpace { ref: number; service: string }

/** `length`: bytes that were announced, if they were; `budget`: most bytes of all blobs of the pod. */
export interface Allowed { length: number | undefined; budget: number; now: number }

/**
 * Receives a blob; when it resolves, bytes and name are on disk, and a day is there to name it.
 * Refuses `blob_too_big`, `blob_empty`, `pod_full`, `no_space`, `disk_failed` and what the source throws, and then has left nothing.
 */
export async function receiveBlob(pod: Pod & Batch, { ref, service }: BlobSpace, source: Source, { length, budget, now }: Allowed): Promise<Arrived> {
  const { shelf, sql } = pod;
  const promised = { bytes: 0 };
  const promise = (bytes: number) => { promised.bytes += bytes; shelf.incoming += bytes; };
  try {
    checkSize(length ?? 1);
    promise(length ?? STEP);
    checkRoom(pod, shelf.incoming, budget);
    await checkDisk(dirname(pod.path), length ?? 0, { spare: SPARE });
    const meter = (bytes: number) => {
      checkSize(bytes);
      if (bytes <= promised.bytes) return;
      promise(STEP);
      checkRoom(pod, shelf.incoming, budget);
    };
    const keep = ({ blob, bytes }: Arrived) => pod.write(() => {
      checkSize(bytes);
      if (!sql.blobKnown.get(blob)) checkRoom(pod, bytes, budget);
      sql.putBlob.run(ref, service, blob, bytes, now);
    });
    return await shelf.receive(source, { meter, keep });
  } catch (error) { throw storageRefusal(error); } finally { shelf.incoming -= promised.bytes; }
}

function checkSize(bytes: number): void {
  if (bytes > BLOB_BYTES) throw new Refusal('too_big', 'blob_too_big', `A file may have at most ${BLOB_BYTES / STEP} MiB.`, { expected: `at most ${BLOB_BYTES} bytes` });
  if (bytes === 0) throw new Refusal('invalid', 'blob_empty', 'There are no bytes in it.', { expected: 'at least one byte' });
}

function checkRoom({ sql }: Pod, bytes: number, budget: number): void {
  if ((sql.blobBytes.get()?.bytes ?? 0) + bytes <= budget) return;
  throw new Refusal('conflict', 'pod_full', 'There is no room left for pictures and files. Remove some first.', { expected: `at most ${budget} bytes in all` });
}

/**
 * Notes which blobs the record of a key names from now on. What no record names any more goes: out of the pod with this
 * transaction, and its bytes once that is on disk. Costs nothing in collections that never named any. Inside a transaction only.
 */
export function nameBlobs(pod: Pod, ref: number, { service, collection, key, blobs = [] }: Pick<Draft, 'service' | 'collection' | 'key' | 'blobs'>): void {
  const place = `${service}/${collection}`;
  if (blobs.length === 0 && !pod.naming.has(place)) return;
  pod.naming.add(place);
  const { sql } = pod;
  const had = sql.blobNames.all(ref, service, collection, key).map(({ blob }) => blob);
  for (const blob of new Set(blobs)) if (!had.includes(blob)) sql.putBlobName.run(ref, service, collection, key, blob);
  // What lost against this record may be chosen yet, with its pictures.
  if (sql.conflictsOfKey.get(ref, service, collection, key)) return;
  for (const blob of had) {
    if (blobs.includes(blob)) continue;
    sql.dropBlobName.run(ref, service, collection, key, blob);
    if (sql.blobNamed.get(ref, service, blob)) continue;
    sql.dropBlob.run(ref, service, blob);
    pod.freed.push(blob);
  }
}

/** Lets go of what waited too long for a record that names it. A clock that was wrong keeps nothing for ever. */
export async function sweepBlobs(pod: Pod & Batch, now: number): Promise<void> {
  const { sql } = pod;
  // What waits for its time, or for somebody to decide, is named by nothing yet.
  if (sql.parkedBlobs.get()) return;
  const due = () => sql.unnamedBlobs.all(now - UNNAMED_MS, now + UNNAMED_MS);
  if (due().length === 0) return;
  await pod.write(() => {
    for (const { persona, service, blob } of due()) { sql.dropBlob.run(persona, service, blob); pod.freed.push(blob); }
  });
}
