import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { Refusal } from '@commonhold/core';
import type { Env } from './env.ts';

/** How many pods a house may hold: a feature, not a setting. */
export const CAPACITY = 300;

/** Everything that the outside may set, checked. */
export interface Config {
  /** Absolute path of the data folder. */
  data: string;
  /** TCP port; 0 takes any free one. */
  port: number;
  /** The one address to listen on besides this machine's own, or null. */
  host: string | null;
  /** The address people type when something stands in front of the house ("https://choir.example"), or null. */
  origin: string | null;
}

/** Parses and checks the environment; whatever is missing has a default that works. Throws a Refusal with a sentence. */
export function configOf(env: Env): Config {
  return {
    data: resolve(env.data ?? 'data'),
    port: env.port === undefined ? 4300 : portOf(env.port),
    host: env.host === undefined ? null : hostOf(env.host),
    origin: env.origin === undefined ? null : originOf(env.origin),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw bad('COMMONHOLD_PORT', text, 'a number from 0 to 65535');
}

function hostOf(text: string): string {
  if (isIP(text) !== 0) return text;
  throw bad('COMMONHOLD_HOST', text, 'an IP address of this machine, or 0.0.0.0 for all of them');
}

function originOf(text: string): string {
  const url = URL.parse(text);
  const plain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  if (plain) return url.origin;
  throw bad('COMMONHOLD_ORIGIN', text, 'an address without a path, like https://choir.example');
}

const bad = (name: string, value: string, expected: string): Refusal =>
  new Refusal('invalid', 'bad_setting', `${name} is "${value}", but it must be ${expected}.`, { field: name, expected });
