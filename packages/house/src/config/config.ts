import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { Refusal } from '@commonhold/core';
import type { Env } from './env.ts';
import { isNetwork, type ConfigFile } from './file.ts';

/** How many pods a house may hold: a feature, not a setting. */
export const CAPACITY = 300;

/** The authority that is asked for certificates where nobody says another. */
export const LETS_ENCRYPT = 'https://acme-v02.api.letsencrypt.org/directory';

/** A house that is on the internet by itself: its name, where it listens, who gives it certificates. */
export interface Site { domain: string; host: string | null; http: number; https: number; acme: { directory: string; email: string | null } }

/** What stands in front of a house: whose word about visitors counts, and in which headers. */
export interface Proxy { trust: readonly string[]; headers: 'x-forwarded' | 'forwarded' }

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
  /** What stands in front of it; without this, where there is an origin: this machine, by X-Forwarded-For. */
  proxy?: Proxy;
  /** How it is on the internet by itself, if it is. */
  site?: Site;
}

/** Whose word counts where nobody says: a program on this very machine. */
export const THIS_MACHINE: Proxy = { trust: ['127.0.0.0/8', '::1'], headers: 'x-forwarded' };

/** Parses and checks the environment, and below it `config.json`; whatever is missing has a default that works. Throws a Refusal with a sentence. */
export function configOf(env: Env, file: ConfigFile | null = null): Config {
  const behind = file?.tls === 'proxy' ? { origin: `https://${file.domain!}`, host: file.listen?.host ?? null } : { origin: null, host: null };
  const origin = env.origin === undefined ? behind.origin : originOf(env.origin);
  const host = env.host === undefined ? behind.host : hostOf(env.host);
  return { data: resolve(env.data ?? 'data'), port: portOf(env.port ?? '4300'), host, origin, ...reachOf(origin, file, env) };
}

function reachOf(origin: string | null, file: ConfigFile | null, env: Env): Pick<Config, 'proxy' | 'site'> {
  if (origin !== null) return { proxy: proxyOf(file, env) };
  return file?.tls === 'acme' ? { site: siteOf(file, env) } : {};
}

function proxyOf(file: ConfigFile | null, env: Env): Proxy {
  const { trust, headers } = { ...THIS_MACHINE, ...file?.proxy };
  return { trust: env.trust === undefined ? trust : trustOf(env.trust), headers };
}

function siteOf({ domain, listen, acme }: ConfigFile, env: Env): Site {
  const directory = env.acme === undefined ? acme?.directory ?? LETS_ENCRYPT : directoryOf(env.acme);
  return { domain: domain!, host: listen?.host ?? null, http: listen?.http ?? 80, https: listen?.https ?? 443, acme: { directory, email: acme?.email ?? null } };
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

function trustOf(text: string): string[] {
  const networks = text.split(',').map((one) => one.trim());
  if (networks.every(isNetwork)) return networks;
  throw bad('COMMONHOLD_TRUST', text, 'addresses of proxies, like 127.0.0.1,10.0.0.0/8');
}

function directoryOf(text: string): string {
  if (URL.parse(text)?.protocol === 'https:') return text;
  throw bad('COMMONHOLD_ACME', text, 'the https address of an authority\'s directory');
}

function originOf(text: string): string {
  const url = URL.parse(text);
  const plain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  if (plain) return url.origin;
  throw bad('COMMONHOLD_ORIGIN', text, 'an address without a path, like https://choir.example');
}

const bad = (name: string, value: string, expected: string): Refusal =>
  new Refusal('invalid', 'bad_setting', `${name} is "${value}", but it must be ${expected}.`, { field: name, expected });
