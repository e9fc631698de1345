import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fromBase64Url, Refusal, type Contract } from '@commonhold/core';
import { readContract, readRotations, type Rotations } from '@commonhold/sdk/contract';
import { atFile } from '../file.ts';
import { UsageError } from '../usage-error.ts';

const MOST = 1 << 20;

/** The text of a file that a command names, or of what another program says (`<(…)`). */
export function textOf(path: string | undefined): string {
  if (path === undefined) throw new UsageError('Which contract? Name a file.');
  const bytes = readMost(fileAt(path));
  if (bytes.length > MOST) throw new Refusal('too_big', 'too_big', `${path} is too big for a contract.`);
  return bytes.toString('utf8');
}

/** A path that leads to a file; of a folder it is said what may have been meant. */
export function fileAt(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UsageError(`There is nothing at ${path}.`);
  if (!found.isDirectory()) return path;
  const inside = join(path, 'contract.json');
  throw new UsageError(`${path} is a folder.${existsSync(inside) ? ` Did you mean ${inside}?` : ''}`);
}

/* No more than that: a path may lead to something that never ends. */
function readMost(path: string): Buffer {
  const bytes = Buffer.alloc(MOST + 1);
  const file = atFile(path, 'read', () => openSync(path, 'r'));
  try {
    let had = 0;
    for (let read = -1; read !== 0 && had < bytes.length; had += read) read = readSync(file, bytes, had, bytes.length - had, null);
    return bytes.subarray(0, had);
  } finally { closeSync(file); }
}

/** Writes a file anew; what the disk says against it is said in a sentence. */
export const writeOver = (path: string, text: string): void => atFile(path, 'written', () => writeFileSync(path, text));

/** The contract in a file; what is wrong with it is said with the file and the place. */
export function contractIn(path: string | undefined): Contract {
  const text = textOf(path);
  try { return readContract(text); } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal('invalid', error.code, `${path}: ${error.message}${error.field ? ` (at ${error.field})` : lineOf(text)}`);
  }
}

/** Where a text stops being JSON, as editors count; nothing for a text that is JSON. */
export function lineOf(text: string): string {
  try { JSON.parse(text); return ''; } catch (error) {
    // The end has no place of its own in what V8 says.
    const at = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? text.length);
    const lines = text.slice(0, at).split('\n');
    return ` (line ${lines.length}, column ${lines.at(-1)!.length + 1})`;
  }
}

/** The file beside a contract that says how the keys of its service followed each other. */
export const ROTATIONS = 'rotations.json';

/** How they did; nothing where no key was ever replaced. */
export function rotationsBeside(contract: string): Rotations {
  const path = join(dirname(contract), ROTATIONS);
  return existsSync(path) ? readRotations(textOf(path)) : [];
}

/** The seed in a file that `init` wrote. */
export function seedIn(path: string): Uint8Array {
  const seed = fromBase64Url(textOf(path).trim(), 32);
  if (!seed) throw new UsageError(`${path} holds no key.`);
  return seed;
}

/** Writes a new file, and none that is there already; `secret`: for this user alone. */
export function writeNew(path: string, text: string, secret = false): void {
  if (existsSync(path)) throw new Refusal('conflict', 'file_exists', `${path} is there already.`);
  const file = atFile(path, 'written', () => openSync(path, 'wx', secret ? 0o600 : 0o644));
  try { writeSync(file, text); } finally { closeSync(file); }
}

/** A folder, made if it is not there. */
export const makeFolder = (path: string): void => { atFile(path, 'written', () => mkdirSync(path, { recursive: true })); };

export const say = (lines: readonly string[]): void => { process.stdout.write(`${lines.join('\n')}\n`); };
