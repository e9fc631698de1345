import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** A data folder as an earlier version of the house left it. */
export interface Frozen {
  folder: string;
  /** When it was closed (ms). */
  now: number;
}

/**
 * Unpacks a frozen folder into one of its own; whoever asks removes it. Each was made once by the version that it is named
 * after and is never made again: `contracts-1` by a house of the first contracts, with ada and bob, three posts of ada's (one
 * removed), two of bob's (one an answer to ada, idempotency key `frozen`), bob following ada. `contracts-2` by one of the second contracts: cleo beside
 * them, likes, a post that moved from everyone to the house, a mute, a block, and cleo's unlike waiting for its end. `marks`, by one of
 * the second contracts, too: news that ada has read, kinds of news that bob does not want, a like taken back.
 * Passphrases: `the passphrase of ada`. The next one is made when a format was released, by the code of that release: docs/old-folders.md.
 */
export function thaw(name: 'contracts-1' | 'contracts-2' | 'marks'): Frozen {
  const packed = readFileSync(join(import.meta.dirname, 'frozen', `${name}.json.br`));
  const { now, files } = JSON.parse(brotliDecompressSync(packed).toString()) as { now: number; files: Record<string, string> };
  const folder = mkdtempSync(join(tmpdir(), 'ch-frozen-'));
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, path), Buffer.from(bytes, 'base64'), { mode: 0o600 });
  }
  return { folder, now };
}
