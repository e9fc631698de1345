import { existsSync } from 'node:fs';
import { Refusal } from '@commonhold/core';
import { configOf, THIS_MACHINE, type Config } from '../config/config.ts';
import { readEnv } from '../config/env.ts';
import { domainOf, isNetwork, writeConfigFile, type ConfigFile } from '../config/file.ts';
import { openDataFolder } from '../config/folder.ts';
import { findRunning } from './control.ts';
import type { Command, Given } from './command.ts';
import { UsageError } from './usage-error.ts';

const NEARBY = /\.(local|localhost|internal|home|lan|test|home\.arpa)$/;

/** `commonhold init DOMAIN`: writes how the house is reached, and says what else that needs. */
export const command: Command = {
  summary: 'puts the house on the internet, or takes it off',
  usage: 'DOMAIN [--email ADDRESS] [--behind-proxy [--trust ADDRESSES]] | --no-domain',
  help: [
    '--email ADDRESS     where the authority for certificates may write to',
    '--behind-proxy      something in front of the house does https (docs/guides/behind-a-proxy.md)',
    '--trust ADDRESSES   whose word about visitors counts; without this a proxy on this machine',
    '--acme URL          another authority than Let\'s Encrypt, by its directory',
    '--http N, --https N other ports than 80 and 443, where something passes these on',
    '--no-domain         back to this machine and its own network',
    '--data DIR          the data folder (COMMONHOLD_DATA, else ./data)',
  ],
  options: {
    email: { type: 'string' }, 'behind-proxy': { type: 'boolean' }, trust: { type: 'string' }, acme: { type: 'string' }, http: { type: 'string' }, https: { type: 'string' },
    'no-domain': { type: 'boolean' }, data: { type: 'string' },
  },
  words: 1,
  run: async (given) => {
    const env = readEnv();
    if (typeof given.values['data'] === 'string') env.data = given.values['data'];
    const { data, port } = configOf(env);
    const file = fileOf(given);
    openDataFolder(data);
    writeConfigFile(data, file);
    // What nobody could start is not left behind unsaid.
    configOf(env, file);
    const running = existsSync(data) ? await findRunning(data) : null;
    process.stdout.write(`${[...said(file, port), '', running ? 'The house runs: close it and start it again.' : 'Then start the house: commonhold start', ''].join('\n')}`);
    return 0;
  },
};

function fileOf({ words: [typed], values }: Given): ConfigFile {
  if (values['no-domain'] === true) return { tls: 'none' };
  if (typed === undefined) throw new UsageError('Which domain? Like: commonhold init choir.example');
  const domain = domainOf(typed);
  if (domain === null) throw new Refusal('invalid', 'bad_domain', `"${typed}" is no name that can stand in an address. It must be like choir.example.`);
  if (values['behind-proxy'] === true) return { domain, tls: 'proxy', proxy: { trust: trustOf(values['trust']), headers: 'x-forwarded' } };
  const directory = values['acme'];
  if (directory === undefined && NEARBY.test(domain)) {
    throw new Refusal('invalid', 'bad_domain', `"${domain}" is a name of your own network: no public authority gives a certificate for it. Without a domain, "commonhold start --lan" lets your network in.`);
  }
  const listen = { ...portOf(values, 'http'), ...portOf(values, 'https') };
  const acme = { ...(typeof directory === 'string' && { directory }), ...(typeof values['email'] === 'string' && { email: emailOf(values['email']) }) };
  return { domain, tls: 'acme', ...(Object.keys(acme).length > 0 && { acme }), ...(Object.keys(listen).length > 0 && { listen }) };
}

function portOf(values: Given['values'], name: 'http' | 'https'): { http?: number; https?: number } {
  const text = values[name];
  if (typeof text !== 'string') return {};
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port <= 65535) return { [name]: port };
  throw new UsageError(`--${name} must be a number from 1 to 65535.`);
}

function trustOf(given: string | boolean | undefined): string[] {
  if (typeof given !== 'string') return [...THIS_MACHINE.trust];
  const networks = given.split(',').map((one) => one.trim());
  if (networks.every(isNetwork)) return networks;
  throw new UsageError('--trust must be addresses of proxies, like 127.0.0.1,10.0.0.0/8');
}

function emailOf(text: string): string {
  if (/^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/.test(text)) return text;
  throw new UsageError('--email must be an address like ada@choir.example');
}

function said({ domain, tls, acme, proxy, listen }: ConfigFile, port: Config['port']): string[] {
  if (tls === 'none') return ['The house is for this machine, and for its own network if you let that in (commonhold start --lan).'];
  if (tls === 'proxy') {
    return [
      `The house is https://${domain} and answers what is in front of it at http://127.0.0.1:${port}`,
      `It believes ${proxy!.trust!.join(', ')} about where visitors come from, and nobody else.`,
      'Files for Caddy and nginx that do the rest: docs/guides/proxy',
    ];
  }
  return [
    `The house is https://${domain}. It fetches its certificate by itself, and renews it.`, '',
    'It needs three things:',
    `  1. A DNS record: ${domain} leads to this machine (A for IPv4, AAAA for IPv6).`,
    `  2. Ports ${listen?.http ?? 80} and ${listen?.https ?? 443} of this machine are reachable from the internet.`,
    ...(acme?.directory === undefined
      ? ["  3. You agree to the terms of Let's Encrypt (https://letsencrypt.org/repository), which gives the certificate."]
      : [`  3. You agree to the terms of ${new URL(acme.directory).host}, which gives the certificate.`]),
  ];
}
