import { AssertionError } from 'node:assert';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from './house-process.ts';

interface Test { after(fn: () => unknown): void }

/** An internet of one machine: a network namespace in which every name leads to `address`, and Pebble gives out certificates. */
export interface SmallInternet {
  /** Name of the namespace. */
  inside: string;
  address: string;
  /** A second address of the same machine, for somebody else. */
  other: string;
  /** Pebble's directory, and the file with which a program trusts Pebble's own server and what it gives out. */
  directory: string;
  trust: string;
  /** The root of the certificates that Pebble gives out, as a file. */
  root: string;
  /** A home folder in which a Chromium trusts that root. */
  home: string;
}

/** Why this machine cannot play an internet, or null when it can. */
export function noAuthority(): string | null {
  for (const [name, debian] of [['pebble', 'pebble'], ['pebble-challtestsrv', 'pebble'], ['openssl', 'openssl'], ['certutil', 'libnss3-tools']] as const) {
    try { execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' }); } catch { return `the command ${name} (Debian: ${debian}) is missing`; }
  }
  return null;
}

/** Makes the namespace with names and an authority whose certificates live for `seconds`, and takes all of it away when the test ends. */
export async function makeInternet(t: Test, { seconds = 90 * 86_400 }: { seconds?: number } = {}): Promise<SmallInternet> {
  const folder = tempFolder(t, 'authority');
  const inside = `ch-net-${process.pid}`;
  const address = '10.78.0.1', other = '10.78.0.2';
  const ip = (...args: string[]): void => { execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] }); };
  // Programs within the namespace find this file where they look for /etc/resolv.conf.
  const own = join('/etc/netns', inside);
  mkdirSync(own, { recursive: true });
  t.after(() => { rmSync(own, { recursive: true, force: true }); try { ip('netns', 'del', inside); } catch { /* was not made */ } });
  writeFileSync(join(own, 'resolv.conf'), 'nameserver 127.0.0.1\n');
  ip('netns', 'add', inside);
  ip('-n', inside, 'link', 'set', 'lo', 'up');
  // A browser that sees nothing but loopback says that it is offline.
  ip('-n', inside, 'link', 'add', 'cable0', 'type', 'veth', 'peer', 'name', 'cable1');
  for (const one of [address, other]) ip('-n', inside, 'addr', 'add', `${one}/24`, 'dev', 'cable0');
  for (const link of ['cable0', 'cable1']) ip('-n', inside, 'link', 'set', link, 'up');

  const trust = join(folder, 'api.pem');
  selfSigned(join(folder, 'api.key'), trust);
  writeFileSync(join(folder, 'pebble.json'), JSON.stringify({ pebble: {
    listenAddress: '127.0.0.1:14000', managementListenAddress: '127.0.0.1:15000', certificate: trust, privateKey: join(folder, 'api.key'),
    httpPort: 80, tlsPort: 443, ocspResponderURL: '', externalAccountBindingRequired: false, certificateValidityPeriod: seconds,
  } }));
  await run(t, inside, ['pebble-challtestsrv', '-defaultIPv4', address, '-defaultIPv6', '', '-dns01', '127.0.0.1:53', '-http01', '', '-https01', '', '-tlsalpn01', '', '-management', '127.0.0.1:8055'], /management server/);
  await run(t, inside, ['pebble', '-config', join(folder, 'pebble.json'), '-dnsserver', '127.0.0.1:53'], /Listening on: 127\.0\.0\.1:14000|ACME directory/);
  const root = join(folder, 'root.pem');
  writeFileSync(root, execFileSync('ip', ['netns', 'exec', inside, 'curl', '-sS', '--retry', '20', '--retry-connrefused', '--retry-delay', '0', '--cacert', trust, 'https://localhost:15000/roots/0']));
  appendFileSync(trust, readFileSync(root));
  return { inside, address, other, directory: 'https://localhost:14000/dir', trust, root, home: homeThatTrusts(folder, root) };
}

/** A certificate for this machine that vouches for itself. */
export function selfSigned(key: string, certificate: string, names = 'DNS:localhost,IP:127.0.0.1'): void {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=test', '-addext', `subjectAltName=${names}`], { stdio: 'ignore' });
}

function homeThatTrusts(folder: string, root: string): string {
  const database = join(folder, '.pki', 'nssdb');
  mkdirSync(database, { recursive: true });
  execFileSync('certutil', ['-d', `sql:${database}`, '-N', '--empty-password']);
  execFileSync('certutil', ['-d', `sql:${database}`, '-A', '-t', 'C,,', '-n', 'test root', '-i', root]);
  return folder;
}

/** Starts a program within the namespace and resolves when it says that it is there; it ends with the test. */
export async function run(t: Test, inside: string, command: string[], ready: RegExp, env: Record<string, string> = {}): Promise<ChildProcess> {
  const child = spawn('ip', ['netns', 'exec', inside, ...command], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PEBBLE_VA_NOSLEEP: '1', ...env } });
  t.after(async () => { if (child.exitCode === null && child.signalCode === null) { const gone = once(child, 'exit'); child.kill('SIGTERM'); await gone; } });
  let text = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { text += chunk.toString(); if (ready.test(text)) resolve(); });
    child.once('exit', () => reject(new AssertionError({ message: `${command[0]} ended:\n${text}` })));
  });
  return child;
}
