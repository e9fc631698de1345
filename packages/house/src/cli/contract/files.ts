import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { fromBase64Url, Refusal, type Contract } from '@commonhold/core';
import { readContract } from '@commonhold/sdk/contract';
import { UsageError } from '../usage-error.ts';

const MOST = 1 << 20;

/** The text of a file that a command names. */
export function textOf(path: string | undefined): string {
  if (path === undefined) throw new UsageError('Which contract? Name a file.');
  if (!existsSync(path)) throw new UsageError(`There is nothing at ${path}.`);
  const bytes = readFileSync(path);
  if (bytes.length > MOST) throw new Refusal('too_big', 'too_big', `${path} is too big for a contract.`);
  return bytes.toString('utf8');
}

/** The contract in a file; what is wrong with it is said with the file and the place. */
export function contractIn(path: string | undefined): Contract {
  const text = textOf(path);
  try { return readContract(text); } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal('invalid', error.code, `${path}: ${error.message}${error.field ? ` (at ${error.field})` : ''}`);
  }
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
  const file = openSync(path, 'wx', secret ? 0o600 : 0o644);
  try { writeSync(file, text); } finally { closeSync(file); }
}

/** A folder, made if it is not there. */
export const makeFolder = (path: string): void => { mkdirSync(path, { recursive: true }); };

export const say = (lines: readonly string[]): void => { process.stdout.write(`${lines.join('\n')}\n`); };
