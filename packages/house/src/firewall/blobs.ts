import type { FileHandle } from 'node:fs/promises';
import { Refusal } from '@commonhold/core';
import type { Arrived, Source } from '../store/blobs/part.ts';
import { receiveBlob, sweepBlobs } from '../store/pod/blobs.ts';
import type { OpenPod, Pods } from '../store/pods.ts';
import type { Access } from './access.ts';
import { makeAtOnce } from './at-once.ts';
import { personaOf, type Caller } from './caller.ts';
import type { Home } from './homes.ts';
import type { BlobFile } from './reader.ts';
import { nothingHere } from './verbs/see.ts';

/** A record, by whose right a blob is read. */
export interface BlobTarget { persona: string; service: string; collection: string; key: string }

/** Bytes beside records: received for one's own namespace, served by the records that name them. */
export interface Blobs {
  /** A blob that a record names in a field that the caller may read; null: denied, absent, and not named alike. */
  find(caller: Caller, target: BlobTarget, blob: string): BlobFile | null;
  /** The bytes from the beginning. Refuses `blob_damaged` where they are not there as they came. */
  open(file: BlobFile): Promise<FileHandle>;
  /**
   * Receives the bytes that `source` gives; on disk when it resolves. `length`: how many were announced. Refuses `not_found`,
   * `no_blobs`, `too_many_uploads`, what tokens are refused, what `receiveBlob` refuses, and what the source throws.
   */
  receive(caller: Caller, space: Pick<BlobTarget, 'persona' | 'service'>, source: Source, length?: number): Promise<Arrived>;
}

interface Deps {
  find(caller: Caller, target: BlobTarget, blob: string): BlobFile | null;
  /** The namespace, if the caller may write; null when there is none. */
  open(caller: Caller, persona: string, service: string): Access | null;
  /** Refuses what a pod that lives elsewhere is refused. */
  checkMayWrite(home: Home): void;
  /** Most bytes of a pod's blobs. */
  budget(): number;
  now(): number;
}

/** How many a person may send at once. */
const AT_ONCE = 3;

/** Built by the gate. */
export function makeBlobs({ find, open, checkMayWrite, budget, now }: Deps): Blobs {
  const inTurn = makeAtOnce(AT_ONCE, 'files');
  return {
    find,
    open: openBlob,
    receive: async (caller, { persona, service }, source, length) => {
      const access = open(caller, persona, service);
      if (!access) throw nothingHere();
      if (personaOf(caller) !== persona) {
        access.refused('', 'add', 'no_offer');
        throw nothingHere();
      }
      if (![...access.contract.compiled.collections.values()].some(({ blobFields }) => blobFields.length > 0)) {
        throw new Refusal('invalid', 'no_blobs', 'This service keeps no pictures or files.');
      }
      checkMayWrite(access.home);
      const { pod, state: { ref } } = access.home;
      return inTurn(persona, () => receiveBlob(pod, { ref, service }, source, { length, budget: budget(), now: now() }));
    },
  };
}

async function openBlob({ blob, bytes, pod }: BlobFile): Promise<FileHandle> {
  const file = await pod.shelf.open(blob).catch(() => null);
  if (file && (await file.stat()).size === bytes) return file;
  await file?.close();
  throw new Refusal('unavailable', 'blob_damaged', 'The bytes are not there as they came. Whoever runs this house finds out more by: npx commonhold verify');
}

const EVERY_MS = 3_600_000;

/** Lets go of what nobody has named in a day and, the first time, of what crashes left; an hour goes by before it looks again. */
export function makeBlobSweep(pods: Pods, now: () => number, onError: (error: unknown) => void): (ids: readonly string[]) => Promise<void> {
  let next = -Infinity, last = 0;
  return async (ids) => {
    const at = now();
    // A clock that was set back must not stop it.
    if (at < next && at >= last) return;
    [last, next] = [at, at + EVERY_MS];
    for (const id of ids) {
      // One pod that cannot be opened is no reason to leave the others.
      try { if (pods.hasBlobs(id)) await sweepPod(pods.open(id), at); } catch (error) { onError(error); }
    }
  };
}

async function sweepPod(pod: OpenPod, now: number): Promise<void> {
  await pod.shelf.tidy();
  await sweepBlobs(pod, now);
}
