import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import type { CertificateKeeper, CertificateState } from '../acme/keeper.ts';
import { backup, makeHealth, type HealthDeps } from './health.ts';
import { clock, descriptors, memory } from './machine.ts';
import { certificate, dns, ports, type Outside } from './reach.ts';
import type { Tile } from './tile.ts';
import { wordsFor } from './words.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2027, 0, 15);
const brief = ({ state, code }: Tile): string => `${state} ${code}`;
const state = (more: Partial<CertificateState>): CertificateState => ({ certificate: null, asking: false, failed: null, next: null, ahead: null, ...more });
const failed = { code: 'acme_silent', say: 'Nobody answered.' };
const lasts = (days: number) => ({ from: NOW - DAY, until: NOW + days * DAY, issuer: 'Test' });
const outside = (more: Partial<Outside>): Outside => ({ addresses: async () => ['93.184.216.34'], text: async () => '', ...more });
const fails = (code: string) => async (): Promise<never> => { throw Object.assign(new TypeError('fetch failed'), { cause: { code } }); };

test('a certificate that lasts is good, one that cannot be renewed is watched, and at last it needs somebody', () => {
  const all = [state({ asking: true }), state({ failed }), state({ certificate: lasts(60) }), state({ certificate: lasts(20), failed }), state({ certificate: lasts(3), failed })];
  assert.deepEqual(all.map((one) => brief(certificate(one, NOW))), ['watch certificate_waits', 'act certificate_failed', 'good certificate_good', 'watch certificate_not_renewed', 'act certificate_ends']);
});

test('a name leads to the internet, to a private network, nowhere, or nobody knows', async () => {
  const found = async (addresses: Outside['addresses']): Promise<string> => brief(await dns('choir.example', outside({ addresses })));
  assert.deepEqual(
    [await found(async () => ['93.184.216.34', '10.0.0.1']), await found(async () => ['192.168.1.5']), await found(async () => []), await found(fails('ESERVFAIL'))],
    ['good dns_good', 'watch dns_private', 'act dns_none', 'watch dns_silent'],
  );
});

test('an address leads to this house, to something else, to something untrusted, or to silence', async () => {
  const probe = { origin: 'https://choir.example', id: 'cabc', plain: null };
  const asked: string[] = [];
  const found = async (text: Outside['text'], plain: { url: string; words: string } | null = null): Promise<string> => brief(await ports({ ...probe, plain }, outside({ text: (url) => { asked.push(url); return text(url); } })));
  assert.deepEqual(
    [await found(async () => '{"founded":true,"id":"cabc"}'), await found(async () => '{"id":"cother"}'), await found(fails('DEPTH_ZERO_SELF_SIGNED_CERT')), await found(fails('ECONNREFUSED')),
      await found(async () => 'words', { url: 'http://choir.example/x', words: 'words' })],
    ['good ports_open', 'act ports_other', 'act ports_untrusted', 'watch ports_silent', 'good ports_open'],
  );
  assert.deepEqual(new Set(asked), new Set(['https://choir.example/house', 'http://choir.example/x']));
});

test('machine and backup: from good to needing somebody', () => {
  assert.deepEqual([clock(NOW), clock(NOW, 1000), clock(NOW, -40_000), clock(NOW, 400_000), clock(0)].map(brief), ['good clock_plausible', 'good clock_right', 'watch clock_off', 'act clock_off', 'act clock_wrong']);
  assert.deepEqual([memory(1, 2 ** 30), memory(1, 2 ** 20)].map(brief), ['good memory_room', 'watch memory_low']);
  assert.deepEqual([descriptors(undefined, 4096), descriptors(undefined, 1024), descriptors(undefined, Infinity)].map(brief), ['good descriptors_room', 'watch descriptors_few', 'good descriptors_room']);
  const made = (days: number, ok: boolean, drilledAt: number | null = null) => ({ at: NOW, ok, good: NOW - days * DAY, drilledAt });
  assert.deepEqual([backup(null, NOW), backup(made(0, true), NOW), backup(made(1, true, NOW), NOW), backup(made(1, false), NOW), backup(made(4, false), NOW), backup(made(4, true), NOW), backup(made(9, true), NOW), backup({ ...made(0, false), good: null }, NOW)].map(brief),
    ['watch backup_none', 'good backup_fresh', 'good backup_drilled', 'watch backup_failed', 'act backup_failed', 'watch backup_old', 'act backup_old', 'act backup_failed']);
});

test('a house looks at all of it, asks the outside seldom, and before it has a certificate leaves words at port 80 to be found', async () => {
  const shown = new Map<string, string>();
  let asked = 0;
  const keeper = { state: state({ asking: true, ahead: 0 }), show: (token: string, words: string) => { shown.set(token, words); return () => { shown.delete(token); }; } } as unknown as CertificateKeeper;
  const deps: HealthDeps = {
    data: tmpdir(), id: 'cabc', origin: 'https://choir.example', certificate: keeper, waiting: () => 2, lastBackup: () => null, now: () => NOW,
    outside: outside({ text: async (url) => { asked++; return shown.get(url.split('/').at(-1)!) ?? ''; } }),
  };
  const { look } = makeHealth(deps);
  const tiles = await look();
  assert.deepEqual(tiles.map(({ kind }) => kind), ['certificate', 'dns', 'ports', 'backup', 'disk', 'memory', 'queue', 'clock', 'descriptors']);
  assert.equal(brief(tiles[2]!), 'good ports_open');
  await look();
  assert.deepEqual([asked, shown.size], [1, 0]);
  const home = await makeHealth({ ...deps, origin: null, certificate: null }).look();
  assert.deepEqual(home.map(({ kind }) => kind), ['backup', 'disk', 'memory', 'queue', 'clock', 'descriptors']);
  for (const tile of [...tiles, ...home]) {
    const { what, says, todo } = wordsFor(tile);
    assert.ok(what !== '' && says !== tile.code, tile.code);
    assert.equal(todo === null, tile.state === 'good', tile.code);
  }
});
