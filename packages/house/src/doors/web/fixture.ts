import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { restoresOf } from '../../backup/restores.ts';
import { openHouse, type OpenHouse } from '../../compose.ts';
import type { FetchPage } from '../../fetch/page.ts';
import type { EnforcedContract } from '../../firewall/contracts.ts';
import { makeHealth } from '../../health/health.ts';
import { quickPassphrases } from '../../testing/passphrases.ts';
import { carryingOf } from '../../past/open.ts';
import { makeNetwork, type Network } from '../../listen/network.ts';
import type { Limit, LimitClass } from './checks/limits.ts';
import { makeWebDoor, type WebDoor } from './door.ts';

/** A script of the built app as the build packed it. */
export const TIGHT = brotliCompressSync('tight();');

/** What came back. */
export interface Got { status: number; headers: IncomingMessage['headers']; text: string; json: Record<string, unknown> }
/** How to ask. */
export interface Ask { method?: string; body?: unknown; raw?: string | Buffer; headers?: OutgoingHttpHeaders; token?: string; cookie?: string }

/** A whole house behind the web door, on a port of loopback. */
export interface Standing {
  house: OpenHouse; door: WebDoor; network: Network; port: number; origin: string; folder: string; now: { ms: number };
  /** What the door wrote into the log. */
  log: { event: string; facts: Readonly<Record<string, string | number>> }[];
  ask(path: string, options?: Ask): Promise<Got>;
  /** Founds the house; the founder's token and persona. */
  found(): Promise<{ token: string; persona: string }>;
}

/** Opens a real house in a temporary folder and serves it. */
export async function stand(t: TestContext, options: { limits?: Partial<Record<LimitClass, Limit>>; origin?: string; contracts?: ReadonlyMap<string, EnforcedContract>; fetchPage?: FetchPage } = {}): Promise<Standing> {
  const folder = mkdtempSync(join(tmpdir(), 'ch-door-'));
  const now = { ms: Date.now() };
  const house = await openHouse({ data: join(folder, 'data') }, (error) => { throw error; }, () => now.ms, { passphrases: quickPassphrases(), ...options });
  let lan = false;
  const network = makeNetwork({
    port: 0, host: null, origin: options.origin ?? null, remembered: { read: () => lan, write: (value) => { lan = value; } },
    addresses: { lan: () => ['127.0.0.21'], all: () => [] },
  });
  const log: Standing['log'] = [];
  const door = makeWebDoor({
    ...house, ...restoresOf(house, () => {}, (error) => { throw error; }), ...carryingOf(house, () => network.urls[0]!), network, health: makeHealth({ data: join(folder, 'data'), id: house.secrets.persona, origin: null, certificate: null, waiting: house.outbox.waiting, lastBackup: () => null, now: () => now.ms }), version: '0.0.0', dist: makeDist(folder), clock: () => now.ms, log: (event, facts) => { log.push({ event, facts }); },
    ...(options.limits && { limits: options.limits }),
  });
  await network.open(door.handle);
  t.after(async () => {
    door.close();
    await network.close();
    await house.close();
    rmSync(folder, { recursive: true });
  });
  const { port } = network;
  const ask: Standing['ask'] = (path, asked) => send(port, path, asked);
  const found = async (): Promise<{ token: string; persona: string }> => {
    const { json } = await ask('/house/setup', { body: { code: house.household.setupCode(), house: { title: 'Choir' }, person: { handle: 'ada', name: 'Ada', passphrase: 'correct horse' } } });
    return { token: String(json['session']), persona: String(json['persona']) };
  };
  return { house, door, network, folder, port, origin: `http://localhost:${port}`, now, log, ask, found };
}

async function send(port: number, path: string, { method, body, raw, headers = {}, token, cookie }: Ask = {}): Promise<Got> {
  const bytes = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const sent = request({
    port, host: '127.0.0.1', path, method: method ?? (bytes === undefined ? 'GET' : 'POST'), agent: false,
    headers: {
      host: `localhost:${port}`, ...(bytes !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(bytes) }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }), ...(cookie !== undefined && { cookie }), ...headers,
    },
  });
  sent.end(bytes);
  const [answer] = await once(sent, 'response') as [IncomingMessage];
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += String(chunk);
  const isJson = /[/+]json\b/.test(answer.headers['content-type'] ?? '') && text !== '';
  return { status: answer.statusCode ?? 0, headers: answer.headers, text, json: isJson ? JSON.parse(text) as Record<string, unknown> : {} };
}

function makeDist(folder: string): string {
  const dist = join(folder, 'dist');
  mkdirSync(join(dist, 'assets'), { recursive: true });
  writeFileSync(join(dist, 'index.html'), '<!doctype html><html><head><title>app</title></head><body></body></html>');
  writeFileSync(join(dist, 'screens.json'), '{"/":["/assets/main-abc.js","/assets/home.css"]}');
  writeFileSync(join(dist, 'assets', 'main-abc.js'), `export const words = '${'la '.repeat(2000)}';`);
  writeFileSync(join(dist, 'assets', 'tight-abc.js'), 'tight();');
  writeFileSync(join(dist, 'assets', 'tight-abc.js.br'), TIGHT);
  return dist;
}
