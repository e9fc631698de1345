import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { openHouse, type OpenHouse } from '../compose.ts';
import type { Person } from './house.ts';

/** The folders that there are. */
export type FrozenName = 'contracts-1' | 'contracts-2' | 'contracts-3' | 'contracts-4' | 'marks';

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
 * the second contracts, too: news that ada has read, kinds of news that bob does not want, a like taken back. `contracts-3` by one of the
 * third: ada locked, bob let in, dan waiting, cleo close; a post of ada's for each audience, answers kept for few, two edits, forgotten words, a post of
 * bob's that went from everyone to followers, likes, one of them taken back, dan muted by cleo and blocked by bob. `contracts-4` by one of the
 * fourth: ada, bob, cleo, a conversation, a poll with a vote, a quote, a boost, a bookmark, a pin, a list, a filter, a close friend, an answer kept for few.
 * Passphrases: `the passphrase of ada`. The next one is made when a format was released, by the code of that release: docs/old-folders.md.
 */
export function thaw(name: FrozenName): Frozen {
  const packed = readFileSync(join(import.meta.dirname, 'frozen', `${name}.json.br`));
  const { now, files } = JSON.parse(brotliDecompressSync(packed).toString()) as { now: number; files: Record<string, string> };
  const folder = mkdtempSync(join(tmpdir(), 'ch-frozen-'));
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, path), Buffer.from(bytes, 'base64'), { mode: 0o600 });
  }
  return { folder, now };
}

/** A thawed folder with a house of today in it. */
export interface ThawedHouse extends Frozen {
  readonly house: OpenHouse;
  clock: { ms: number };
  /** What the house told its journal of. */
  errors: unknown[];
  signIn(handle: string): Promise<Person>;
  /** Closes the house, lets `meanwhile` look at the folder, and opens it again a second later. */
  reopen(meanwhile?: () => unknown): Promise<void>;
  close(): Promise<void>;
}

/** Thaws a folder and opens it, as whoever updates does. */
export async function openThawed(name: FrozenName): Promise<ThawedHouse> {
  const { folder, now } = thaw(name);
  const clock = { ms: now };
  const errors: unknown[] = [];
  const open = () => openHouse({ data: folder }, (error) => { errors.push(error); }, () => clock.ms);
  let house = await open();
  return {
    folder, now, clock, errors,
    get house() { return house; },
    signIn: async (handle) => {
      const { persona, session } = await house.household.createSession({ handle, passphrase: `the passphrase of ${handle}`, from: '::1' });
      return { kind: 'person', persona, session };
    },
    reopen: async (meanwhile = () => {}) => {
      await house.close();
      await meanwhile();
      clock.ms += 1000;
      house = await open();
    },
    close: async () => { await house.close(); rmSync(folder, { recursive: true }); },
  };
}
