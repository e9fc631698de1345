import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { checkDisk } from '../folder/disk.ts';
import { bomb, damaged, unknownKind } from './refusals.ts';
import { openSource, type Source } from './source.ts';
import { openTar } from './tar-reader.ts';
import { LIMITS, type Archive, type ArchiveLimits } from './types.ts';
import { openZip } from './zip-reader.ts';

/** How much is unpacked between two looks at what it makes of what was packed, and at the room on the disk. */
const LOOKED_AT = 16 * 2 ** 20;
const FULL = 'To unpack this archive the disk of the house has not enough room. Nothing was changed. Make room, then try again; a .zip is read without being unpacked.';

/**
 * Opens a zip or a tar.gz. `spool`: a path that may be written to and is removed on closing, where a tar is unpacked to, as one file:
 * no name from an archive ever reaches the file system. Refuses `archive_unknown`, `archive_damaged`, `archive_too_many`,
 * `archive_bomb`, `no_space`; nothing of it stays open or behind then.
 */
export async function openArchive(path: string, { spool, limits = LIMITS, signal }: { spool: string; limits?: ArchiveLimits; signal?: AbortSignal }): Promise<Archive> {
  const source = await openSource(path);
  try {
    const mark = await source.read(0, Math.min(4, source.size));
    if (mark.length === 4 && mark.readUInt16BE(0) === 0x504b) return await openZip(source, limits);
    if (mark.length < 2 || mark.readUInt16BE(0) !== 0x1f8b) throw unknownKind();
    return await openPackedTar(path, source, { spool, limits, ...(signal && { signal }) });
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function openPackedTar(path: string, packed: Source, { spool, limits, signal }: { spool: string; limits: ArchiveLimits; signal?: AbortSignal }): Promise<Archive> {
  try {
    await unpack(path, spool, { most: limits.total, ratio: limits.ratio, signal });
    const tar = await openSource(spool);
    try {
      const archive = await openTar(tar, limits);
      await packed.close();
      return { ...archive, close: async () => { await archive.close(); await rm(spool, { force: true }); } };
    } catch (error) { await tar.close(); throw error; }
  } catch (error) {
    await rm(spool, { force: true });
    throw error;
  }
}

async function unpack(path: string, spool: string, { most, ratio, signal }: { most: number; ratio: number; signal: AbortSignal | undefined }): Promise<void> {
  const source = createReadStream(path);
  const file = await open(spool, 'w', 0o600);
  let had = 0;
  try {
    await pipeline(source, createGunzip(), async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) {
        if (had % LOOKED_AT < piece.length) await checkDisk(dirname(spool), LOOKED_AT, { say: FULL });
        had += piece.length;
        if (had > most || (had > LOOKED_AT && had > (source.bytesRead + LOOKED_AT / ratio) * ratio)) throw bomb();
        await file.writeFile(piece);
      }
    }, { signal });
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw typeof code === 'string' && code.startsWith('Z_') ? damaged('it cannot be unpacked.', error) : error;
  } finally { await file.close(); }
}
