import { readFileSync } from 'node:fs';
import { domainToASCII } from 'node:url';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { isObject, Refusal } from '@commonhold/core';
import { writeDurably } from './durably.ts';

/** How a house is reached: it fetches certificates itself, something in front of it does, or nobody does. */
export type Tls = 'acme' | 'proxy' | 'none';

/** `config.json` in the data folder, as `commonhold init` writes it; what is left out is as without the file. */
export interface ConfigFile {
  domain?: string;
  tls?: Tls;
  /** The authority for certificates, by its directory, and whom it may write to. */
  acme?: { directory?: string; email?: string };
  /** Whose word about a visitor's address counts, and in which headers it comes. */
  proxy?: { trust?: string[]; headers?: 'x-forwarded' | 'forwarded' };
  /** Where to listen: `host` one address instead of all, `http` and `https` other ports than 80 and 443. */
  listen?: { host?: string; http?: number; https?: number };
}

const NAME = 'config.json';

/** Reads it; null where there is none. Refuses `bad_config` with what is wrong in it. */
export function readConfigFile(data: string): ConfigFile | null {
  const path = join(data, NAME);
  let text: string;
  try { text = readFileSync(path, 'utf8'); } catch (error) {
    // In what is no folder there is none; whoever needs the folder says so.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw bad(path, 'it cannot be read', error);
  }
  let value: unknown;
  try { value = JSON.parse(text); } catch (cause) { throw bad(path, 'it is not JSON', cause); }
  const wrong = faultOf(value);
  if (wrong !== null) throw bad(path, wrong);
  return value as ConfigFile;
}

/** Writes it, whole or not at all. */
export const writeConfigFile = (data: string, file: ConfigFile): void => writeDurably(join(data, NAME), `${JSON.stringify(file, null, 2)}\n`);

/** A name by which the internet may know a house, in its plain form ("bücher.example" → "xn--bcher-kva.example"), or null. */
export function domainOf(typed: string): string | null {
  const bare = typed.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  const name = /[/\\:?#@%\s]/.test(bare) ? '' : domainToASCII(bare).toLowerCase();
  return name.length <= 253 && isIP(name) === 0 && /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(name) ? name : null;
}

/** Whether a text is an address or a network of addresses ("10.0.0.0/8"). */
export function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const kind = isIP(address);
  return kind !== 0 && more === undefined && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128)));
}

type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === 'string';
const port: Check = (value) => Number.isInteger(value) && (value as number) > 0 && (value as number) <= 65535;
const url: Check = (value) => typeof value === 'string' && URL.parse(value)?.protocol === 'https:';
const oneOf = (...all: string[]): Check => (value) => all.includes(value as string);

const FIELDS: Readonly<Record<string, Check>> = {
  domain: (value) => typeof value === 'string' && domainOf(value) === value,
  tls: oneOf('acme', 'proxy', 'none'),
  'acme.directory': url, 'acme.email': text,
  'proxy.trust': (value) => Array.isArray(value) && value.every((one) => typeof one === 'string' && isNetwork(one)),
  'proxy.headers': oneOf('x-forwarded', 'forwarded'),
  'listen.host': (value) => typeof value === 'string' && isIP(value) !== 0, 'listen.http': port, 'listen.https': port,
};

function faultOf(value: unknown): string | null {
  if (!isObject(value)) return 'it is no object';
  for (const [name, one] of Object.entries(value)) {
    const inner = isObject(one) ? Object.entries(one).map(([key, item]) => [`${name}.${key}`, item] as const) : [[name, one] as const];
    for (const [path, item] of inner) {
      if (!Object.hasOwn(FIELDS, path)) return `it knows no "${path}"`;
      if (!FIELDS[path]!(item)) return `its "${path}" is not as it must be`;
    }
  }
  const { tls = 'none', domain } = value as ConfigFile;
  return tls !== 'none' && domain === undefined ? 'it needs a "domain"' : null;
}

const bad = (path: string, why: string, cause?: unknown): Refusal =>
  new Refusal('invalid', 'bad_config', `${path}: ${why}. Run "commonhold init" to write it anew.`, { cause });
